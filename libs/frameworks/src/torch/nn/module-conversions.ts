import { keywords, rest } from '@tensormark/python';
import type { MethodDefinition, PyValue, Runtime } from '@tensormark/python';
import { isFloatingPoint } from '@tensormark/network';
import type { DType } from '@tensormark/network';
import { DTypeObject } from '../objects/dtype.js';
import { DeviceObject, readDevice } from '../objects/device.js';
import { TensorObject } from '../tensor/tensor.js';
import { namedModules, namedTensors } from './module-object.js';
import type { ModuleObject } from './module-object.js';

type Methods = Readonly<Record<string, MethodDefinition<ModuleObject>>>;

function allTensors(self: ModuleObject): TensorObject[] {
  return [...namedTensors(self, 'parameters'), ...namedTensors(self, 'buffers')].map(({ tensor }) => tensor);
}

/** Floating-point tensors change type; integers (a batch norm's counter) keep theirs. */
function convert(self: ModuleObject, dtype: DType): ModuleObject {
  for (const tensor of allTensors(self)) {
    if (!isFloatingPoint(tensor.dtype)) continue;
    tensor.dtype = dtype;
    tensor.elements = undefined;
  }
  return self;
}

function move(rt: Runtime, self: ModuleObject, device: PyValue): ModuleObject {
  const place = readDevice(rt, device);
  for (const tensor of allTensors(self)) tensor.device = place;
  return self;
}

function train(self: ModuleObject, mode: boolean): ModuleObject {
  for (const { module } of namedModules(self)) module.training = mode;
  return self;
}

/** Changing type, device, mode, and whether anything is trainable. */
export const conversions: Methods = {
  'to(*args, **kwargs)': (rt, self, args, kwargs) => {
    for (const value of [...rest(args ?? null), ...keywords(kwargs ?? null).values()]) {
      if (value instanceof DTypeObject) convert(self, value.dtype);
      else if (value instanceof TensorObject) convert(self, value.dtype);
      else if (value instanceof DeviceObject || typeof value === 'string' || typeof value === 'bigint')
        move(rt, self, value);
    }
    return self;
  },
  'cuda(device=None)': (rt, self, device) => move(rt, self, device ?? 'cuda'),
  'cpu()': (rt, self) => move(rt, self, 'cpu'),
  'xpu(device=None)': (rt, self, device) => move(rt, self, device ?? 'xpu'),
  'to_empty(*, device, recurse=True)': (rt, self, device) => move(rt, self, device ?? null),
  'float()': (_rt, self) => convert(self, 'float32'),
  'double()': (_rt, self) => convert(self, 'float64'),
  'half()': (_rt, self) => convert(self, 'float16'),
  'bfloat16()': (_rt, self) => convert(self, 'bfloat16'),
  'type(dst_type)': (_rt, self, dtype) => (dtype instanceof DTypeObject ? convert(self, dtype.dtype) : self),
  'train(mode=True)': (rt, self, mode) => train(self, rt.truth(mode ?? true)),
  'eval()': (_rt, self) => train(self, false),
  'requires_grad_(requires_grad=True)': (rt, self, requiresGrad) => {
    for (const { tensor } of namedTensors(self, 'parameters'))
      tensor.requiresGrad = rt.truth(requiresGrad ?? true);
    return self;
  },
  'zero_grad(set_to_none=True)': (_rt, self) => {
    for (const { tensor } of namedTensors(self, 'parameters')) tensor.gradient = null;
    return null;
  },
  'share_memory()': (_rt, self) => self,
  'compile(*args, **kwargs)': () => null,
};
