import { keywords, rest } from '@tensormark/python';
import type { MethodDefinition, PyValue, Runtime } from '@tensormark/python';
import { DTYPES, isFloatingPoint, Raised } from '@tensormark/network';
import type { DType, Layer } from '@tensormark/network';
import { DTypeObject } from '../objects/dtype.js';
import { DeviceObject, readDevice } from '../objects/device.js';
import { TensorObject } from '../tensor/tensor.js';
import { namedModules, namedTensors } from './module-object.js';
import type { ModuleObject } from './module-object.js';

type Methods = Readonly<Record<string, MethodDefinition<ModuleObject>>>;

function allTensors(rt: Runtime, self: ModuleObject): TensorObject[] {
  const found = (['parameters', 'buffers'] as const).map((kind) => namedTensors(self, kind, '', true, rt));
  return found.flat().map(({ tensor }) => tensor);
}

/** Floating-point tensors change type; integers (a batch norm's counter) keep theirs. */
function convert(rt: Runtime, self: ModuleObject, dtype: DType): ModuleObject {
  for (const tensor of allTensors(rt, self)) {
    if (!isFloatingPoint(tensor.dtype)) continue;
    tensor.dtype = dtype;
    tensor.elements = undefined;
  }
  for (const { module } of namedModules(self, '', true, rt))
    if (module.layer !== undefined) module.layer = retyped(module.layer, dtype);
  return self;
}

/** A layer of another type works with that type from then on. */
function retyped(layer: Layer, dtype: DType): Layer {
  if (!('dtype' in layer.definition.signature)) return layer;
  try {
    return layer.definition.build({ positional: [], named: { ...layer.written, dtype: `torch.${dtype}` } });
  } catch (raised) {
    if (raised instanceof Raised) return layer;
    throw raised;
  }
}

function move(rt: Runtime, self: ModuleObject, device: PyValue): ModuleObject {
  const place = readDevice(rt, device);
  for (const tensor of allTensors(rt, self)) tensor.device = place;
  return self;
}

function train(rt: Runtime, self: ModuleObject, mode: boolean): ModuleObject {
  for (const { module } of namedModules(self, '', true, rt)) module.training = mode;
  return self;
}

/** Changing type, device, mode, and whether anything is trainable. */
export const conversions: Methods = {
  'to(*args, **kwargs)': (rt, self, args, kwargs) => {
    for (const value of [...rest(args ?? null), ...keywords(kwargs ?? null).values()]) {
      if (
        value instanceof DTypeObject &&
        !isFloatingPoint(value.dtype) &&
        DTYPES[value.dtype].category !== 'complex'
      )
        rt.raise(
          'TypeError',
          `nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.${value.dtype}`,
        );
      if (value instanceof DTypeObject) convert(rt, self, value.dtype);
      else if (value instanceof TensorObject) convert(rt, self, value.dtype);
      else if (value instanceof DeviceObject || typeof value === 'string' || typeof value === 'bigint')
        move(rt, self, value);
    }
    return self;
  },
  'cuda(device=None)': (rt, self, device) => move(rt, self, device ?? 'cuda'),
  'cpu()': (rt, self) => move(rt, self, 'cpu'),
  'xpu(device=None)': (rt, self, device) => move(rt, self, device ?? 'xpu'),
  'to_empty(*, device, recurse=True)': (rt, self, device) => move(rt, self, device ?? null),
  'float()': (rt, self) => convert(rt, self, 'float32'),
  'double()': (rt, self) => convert(rt, self, 'float64'),
  'half()': (rt, self) => convert(rt, self, 'float16'),
  'bfloat16()': (rt, self) => convert(rt, self, 'bfloat16'),
  'type(dst_type)': (rt, self, dtype) =>
    dtype instanceof DTypeObject ? convert(rt, self, dtype.dtype) : self,
  'train(mode=True)': (rt, self, mode) =>
    typeof mode === 'boolean'
      ? train(rt, self, mode)
      : rt.raise('ValueError', 'training mode is expected to be boolean'),
  'eval()': (rt, self) => train(rt, self, false),
  'requires_grad_(requires_grad=True)': (rt, self, requiresGrad) => {
    for (const { tensor } of namedTensors(self, 'parameters', '', true, rt))
      tensor.requiresGrad = rt.truth(requiresGrad ?? true);
    return self;
  },
  'zero_grad(set_to_none=True)': (rt, self) => {
    for (const { tensor } of namedTensors(self, 'parameters', '', true, rt)) tensor.gradient = null;
    return null;
  },
  'share_memory()': (_rt, self) => self,
  'compile(*args, **kwargs)': () => null,
};
