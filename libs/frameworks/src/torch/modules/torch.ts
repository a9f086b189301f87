import {
  asString,
  defineModule,
  PyList,
  PyTuple,
  rawFunction,
  rest,
  toArray,
  typeOf,
} from '@tensormark/python';
import type { NativeImplementation, NativeModule, PyValue, Runtime } from '@tensormark/python';
import { DTYPES, formatShape, isFloatingPoint, promoteTypes } from '@tensormark/network';
import { broadcastShapes } from '../broadcasting.js';
import { asDType, asSizes, asTensor } from '../arguments.js';
import { beyondTheTable } from '../functions/beyond-the-table.js';
import { creation } from '../functions/creation.js';
import { filledByUnknowns } from '../functions/filled-by-unknowns.js';
import { functionsAt } from '../functions/table.js';
import { TORCH_NAMES } from '../names/torch.js';
import { deviceClass } from '../objects/device.js';
import { dtypeClass, dtypeNames, dtypeObject } from '../objects/dtype.js';
import { GeneratorObject, generatorClass } from '../objects/generator.js';
import { sizeClass, sizeOf } from '../objects/size.js';
import { legacyClasses } from '../tensor/constructors.js';
import { tensorClass, TensorObject } from '../tensor/tensor.js';
import { readingOf, report } from '../../trace/reading.js';
import { changesNothing, contextFunction, gradients, identityDecorator, withMore } from './decorators.js';
import { alsoKnowing } from './known-names.js';
import { finfo, iinfo } from './number-limits.js';

/** Where a tensor is and how it lies there: what it holds does not hang on it. */
const OF_PLACE: ReadonlySet<string> = new Set([
  'device',
  'generator',
  'layout',
  'memory_format',
  'pin_memory',
]);

const nothing: NativeImplementation = () => null;

function shapeOf(value: PyValue): readonly number[] {
  return value instanceof TensorObject ? value.shape : [];
}

const functions: Readonly<Record<string, NativeImplementation>> = {
  ...creation,
  ...beyondTheTable,
  'is_tensor(obj)': (_rt, value) => value instanceof TensorObject,
  'is_floating_point(input)': (_rt, value) => value instanceof TensorObject && isFloatingPoint(value.dtype),
  'is_complex(input)': (_rt, value) =>
    value instanceof TensorObject && DTYPES[value.dtype].category === 'complex',
  'numel(input)': (rt, value) =>
    rt.call(tensorClass.lookup('numel') ?? null, [asTensor(rt, value ?? null, 'numel', 'input', 1)]),
  'manual_seed(seed)': (rt, seed) =>
    rt.call(rt.bind(generatorClass.lookup('manual_seed') ?? null, new GeneratorObject(generatorClass)), [
      seed ?? null,
    ]),
  'seed()': () => 0n,
  'initial_seed()': () => 0n,
  'set_default_dtype(d)': nothing,
  'set_default_tensor_type(t)': nothing,
  'set_default_device(device)': nothing,
  'get_default_dtype()': () => dtypeObject('float32'),
  'set_printoptions(*args, **kwargs)': nothing,
  'set_num_threads(n)': nothing,
  'get_num_threads()': () => 1n,
  'set_float32_matmul_precision(precision)': nothing,
  'use_deterministic_algorithms(mode, *, warn_only=False)': nothing,
  'is_grad_enabled()': (rt) => readingOf(rt).gradients,
  'is_autocast_enabled(*args)': () => false,
  'is_inference_mode_enabled()': () => false,
  'save(obj, f, *args, **kwargs)': nothing,
  'load(f, *args, **kwargs)': (rt) => rt.unknown('what a file holds'),
  '_assert(condition, message)': (rt, condition, message) => {
    if (!rt.truth(condition ?? null)) rt.raise('AssertionError', asString(message ?? ''));
    return null;
  },
  'finfo(type=None)': (rt, type) => rt.call(finfo, [type ?? null]),
  'iinfo(type=None)': (rt, type) => rt.call(iinfo, [type ?? null]),
  'result_type(a, b)': (_rt, a, b) =>
    a instanceof TensorObject && b instanceof TensorObject
      ? dtypeObject(promoteTypes(a.dtype, b.dtype))
      : dtypeObject('float32'),
  'promote_types(a, b)': (rt, a, b) =>
    dtypeObject(promoteTypes(asDType(rt, a ?? null, 'float32'), asDType(rt, b ?? null, 'float32'))),
  'broadcast_shapes(*shapes)': (rt, shapes) => {
    const all = rest(shapes ?? null).map((shape) => asSizes(rt, [shape]));
    const result = broadcastShapes(all);
    return result === undefined
      ? rt.raise('RuntimeError', 'Shape mismatch: objects cannot be broadcast to a single shape')
      : sizeOf(result);
  },
  '_shape_as_tensor(input)': (rt, input) =>
    rt.call(creationFunction('tensor'), [new PyList(shapeOf(input ?? null).map(BigInt))]),
  'typename(obj)': (_rt, value) => typeOf(value ?? null).name,
  'meshgrid(*tensors, indexing=None)': (rt, tensors, indexing) =>
    meshgrid(rt, rest(tensors ?? null), indexing ?? null),
  'broadcast_tensors(*tensors)': (rt, tensors) => {
    const all = rest(tensors ?? null);
    const shape = broadcastShapes(all.map(shapeOf)) ?? [];
    const expand = tensorClass.lookup('expand') ?? null;
    return new PyTuple(all.map((tensor) => rt.call(expand, [tensor, new PyTuple(shape.map(BigInt))])));
  },
  'atleast_1d(*tensors)': (rt, tensors) => atLeast(rt, rest(tensors ?? null), 1),
  'atleast_2d(*tensors)': (rt, tensors) => atLeast(rt, rest(tensors ?? null), 2),
  'atleast_3d(*tensors)': (rt, tensors) => atLeast(rt, rest(tensors ?? null), 3),
  'compile(model=None, **kwargs)': (rt, model) =>
    model === null
      ? rawFunction('compile', (_inner, [decorated]) => withMore(rt, 'compile', decorated ?? null))
      : withMore(rt, 'compile', model ?? null),
};

/** A row becomes a matrix with one row, and that the only slice of a block. */
function raisedTo(rank: number, shape: readonly number[]): readonly number[] {
  const [rows = 1, columns] = shape;
  if (shape.length >= rank) return shape;
  if (rank === 1) return [1];
  if (columns !== undefined) return [rows, columns, 1];
  return shape.length === 0 ? Array.from({ length: rank }, () => 1) : [1, rows, 1].slice(0, rank);
}

function atLeast(rt: Runtime, tensors: readonly PyValue[], rank: number): PyValue {
  const reshape = tensorClass.lookup('reshape') ?? null;
  const raised = tensors.map((tensor) =>
    rt.call(reshape, [tensor, new PyTuple(raisedTo(rank, shapeOf(tensor)).map(BigInt))]),
  );
  return raised.length === 1 ? (raised[0] ?? null) : new PyTuple(raised);
}

function creationFunction(name: string): PyValue {
  return rawFunction(name, (rt, args) => {
    const found = Object.entries(creation).find(([signature]) => signature.startsWith(`${name}(`))?.[1];
    return found === undefined ? null : found(rt, ...args, null, null, false);
  });
}

/** Grids of coordinates: each tensor stretched along an axis of its own. */
function meshgrid(rt: Runtime, given: readonly PyValue[], indexing: PyValue): PyValue {
  const [only] = given;
  const tensors = given.length === 1 && !(only instanceof TensorObject) ? toArray(rt, only ?? null) : given;
  const swap = indexing === 'xy' && tensors.length >= 2;
  for (const tensor of tensors)
    if (shapeOf(tensor).length > 1)
      report(rt, {
        type: 'RuntimeError',
        message: `torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ${formatShape(shapeOf(tensor))}`,
        exact: false,
      });
  const order = swap ? [tensors[1] ?? null, tensors[0] ?? null, ...tensors.slice(2)] : tensors;
  const shape = order.map((tensor) => BigInt(shapeOf(tensor)[0] ?? 1));
  const [reshape, expand] = ['reshape', 'expand'].map((name) => tensorClass.lookup(name) ?? null);
  const grids = order.map((tensor, axis) => {
    const column = rt.call(reshape ?? null, [tensor, ...shape.map((_, at) => (at === axis ? -1n : 1n))]);
    return rt.call(expand ?? null, [column, ...shape]);
  });
  return new PyTuple(swap ? [grids[1] ?? null, grids[0] ?? null, ...grids.slice(2)] : grids);
}

export const torch: NativeModule = alsoKnowing(
  defineModule({
    name: 'torch',
    functions,
    aside: OF_PLACE,
    classes: [tensorClass, dtypeClass, deviceClass, sizeClass, generatorClass, ...legacyClasses],
    values: {
      ...functionsAt('torch', functions),
      ...filledByUnknowns(),
      ...dtypeNames(),
      __version__: '2.13.0',
      pi: Math.PI,
      e: Math.E,
      inf: Infinity,
      nan: Number.NaN,
      newaxis: null,
      strided: 'torch.strided',
      contiguous_format: 'torch.contiguous_format',
      channels_last: 'torch.channels_last',
      channels_last_3d: 'torch.channels_last_3d',
      preserve_format: 'torch.preserve_format',
      no_grad: contextFunction(
        'no_grad',
        gradients(() => false),
      ),
      inference_mode: contextFunction(
        'inference_mode',
        gradients(() => false),
      ),
      enable_grad: contextFunction(
        'enable_grad',
        gradients(() => true),
      ),
      set_grad_enabled: contextFunction(
        'set_grad_enabled',
        gradients((rt, [mode]) => rt.truth(mode ?? true)),
      ),
      autocast: contextFunction('autocast', changesNothing),
      _jit_internal: identityDecorator('_jit_internal'),
    },
  }),
  TORCH_NAMES,
);
