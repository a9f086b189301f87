import { asString, extendClass, PyTuple } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { DTYPES, elementCount, isFloatingPoint } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { asCount } from '../arguments.js';
import { dtypeObject } from '../objects/dtype.js';
import { TENSOR_NAMES } from '../names/torch.js';
import { sizeOf } from '../objects/size.js';
import { contiguousStrides, Elements } from '../values/elements.js';
import { changedInPlace } from '../operations.js';
import { detached } from './derive.js';
import { legacyType } from './legacy-types.js';
import { tensorClass, TensorObject } from './tensor.js';

/** `dim` counted from the front, with PyTorch's error where there is no such axis. */
export function axisOf(rt: Runtime, dim: number, rank: number): number {
  const size = Math.max(rank, 1);
  if (dim < -size || dim >= size)
    return rt.raise(
      'IndexError',
      `Dimension out of range (expected to be in range of [${-size}, ${size - 1}], but got ${dim})`,
    );
  return dim < 0 ? dim + size : dim;
}

function sizes(rt: Runtime, self: TensorObject, dim: PyValue): PyValue {
  if (dim === null) return sizeOf(self.shape);
  const asked = asCount(rt, dim);
  const size = self.shape[axisOf(rt, asked, self.shape.length)];
  return size === undefined
    ? rt.raise('IndexError', `Dimension specified as ${asked} but tensor has no dimensions`)
    : BigInt(size);
}

function transposed(rt: Runtime, self: TensorObject): PyValue {
  const transpose = tensorClass.lookup('permute') ?? null;
  const axes = self.shape.map((_, axis) => BigInt(self.shape.length - 1 - axis));
  return rt.call(transpose, [self, ...axes]);
}

/** The last two axes changed places. @throws as `Tensor.mT` and `Tensor.mH` */
function matrixTransposed(rt: Runtime, self: TensorObject, name: string): PyValue {
  if (self.shape.length < 2)
    return rt.raise(
      'RuntimeError',
      `tensor.${name} is only supported on matrices or batches of matrices. Got ${self.shape.length}-D tensor.`,
    );
  return rt.call(tensorClass.lookup('transpose') ?? null, [self, -2n, -1n]);
}

/** @throws as `Tensor.H` */
function conjugated(rt: Runtime, self: TensorObject): PyValue {
  const rank = self.shape.length;
  if (rank === 0 || rank === 2) return transposed(rt, self);
  const more = rank > 2 ? ' For batches of matrices, consider using tensor.mH' : '';
  return rt.raise(
    'RuntimeError',
    `tensor.H is only supported on matrices (2-D tensors). Got ${rank}-D tensor.${more}`,
  );
}

const strides = (self: TensorObject): readonly number[] =>
  self.known?.strides ?? contiguousStrides(self.shape);

/** What a tensor says of itself. */
extendClass(tensorClass, {
  payload: TensorObject,
  unfollowed: TENSOR_NAMES,
  methods: {
    'size(dim=None)': (rt, self, dim) => sizes(rt, self, dim ?? null),
    'dim()': (_rt, self) => BigInt(self.shape.length),
    'ndimension()': (_rt, self) => BigInt(self.shape.length),
    'numel()': (_rt, self) => elementCount(self.shape),
    'nelement()': (_rt, self) => elementCount(self.shape),
    'element_size()': (_rt, self) => BigInt(DTYPES[self.dtype].bytes),
    'stride(dim=None)': (rt, self, dim) =>
      dim === null || dim === undefined
        ? new PyTuple(strides(self).map(BigInt))
        : BigInt(strides(self)[axisOf(rt, asCount(rt, dim), self.shape.length)] ?? 1),
    'storage_offset()': () => 0n,
    'data_ptr()': (rt) => rt.unknown('the address of a tensor'),
    'is_floating_point()': (_rt, self) => isFloatingPoint(self.dtype),
    'is_complex()': (_rt, self) => DTYPES[self.dtype].category === 'complex',
    'is_contiguous(*args, **kwargs)': (_rt, self) => self.known?.isContiguous ?? true,
    'is_pinned()': () => false,
    'is_shared()': () => false,
    'adjoint()': (rt, self) => matrixTransposed(rt, self, 'adjoint()'),
    'get_device()': (_rt, self) => (self.device.type === 'cpu' ? -1n : BigInt(self.device.index ?? 0)),
    'type(dtype=None, non_blocking=False)': (rt, self, dtype) => {
      if (dtype === null || dtype === undefined) return `torch.${DTYPES[self.dtype].scalarName}Tensor`;
      const legacy = legacyType(dtype);
      return rt.call(rt.bind(tensorClass.lookup('to') ?? null, self), [
        legacy === undefined ? dtype : dtypeObject(legacy),
      ]);
    },
    'register_hook(hook)': (rt, self) => {
      const { trace } = readingOf(rt);
      if (trace?.contains(self) === true) trace.depart('a hook may change a gradient', rt.span);
      return null;
    },
    'retain_grad()': () => null,
    'share_memory_()': (_rt, self) => self,
    'pin_memory(device=None)': (_rt, self) => self,
    'has_names()': () => false,
    // Asked only where nothing else has the name: what PyTorch has and is not interpreted is unknown.
    '__getattr__(name)': (rt, self, named) => {
      const name = asString(named ?? null);
      if (!TENSOR_NAMES.has(name))
        return rt.raise('AttributeError', `'${self.cls.name}' object has no attribute '${name}'`);
      if (name.endsWith('_')) self.forgetContents();
      return rt.unknown(`Tensor.${name} is not interpreted`);
    },
    '__deepcopy__(memo)': (rt, self) => {
      const copy = new TensorObject(self, self.cls);
      copy.elements = self.known && Elements.of(self.shape, self.known.toArray().slice());
      copy.requiresGrad = self.requiresGrad;
      copy.computed = self.computed;
      copy.device = self.device;
      rt.step();
      return copy;
    },
    '__hash__()': (rt, self) => rt.state(makeIdentities).of(self),
    '__len__()': (rt, self) =>
      self.shape.length === 0 ? rt.raise('TypeError', 'len() of a 0-d tensor') : BigInt(self.shape[0] ?? 0),
    'backward(gradient=None, retain_graph=None, create_graph=False, inputs=None)': (rt, self, gradient) => {
      if (!self.requiresGrad && !self.mayNeedGradients && readingOf(rt).trace === undefined)
        return rt.raise(
          'RuntimeError',
          'element 0 of tensors does not require grad and does not have a grad_fn',
        );
      if (gradient === null && elementCount(self.shape) !== 1n)
        return rt.raise('RuntimeError', 'grad can be implicitly created only for scalar outputs');
      return null;
    },
  },
  properties: {
    shape: (_rt, self) => sizeOf(self.shape),
    ndim: (_rt, self) => BigInt(self.shape.length),
    dtype: (_rt, self) => dtypeObject(self.dtype),
    device: (_rt, self) => self.device,
    layout: () => 'torch.strided',
    is_cuda: (_rt, self) => self.device.type === 'cuda',
    is_cpu: (_rt, self) => self.device.type === 'cpu',
    is_mps: (_rt, self) => self.device.type === 'mps',
    is_meta: (_rt, self) => self.device.type === 'meta',
    is_sparse: () => false,
    is_quantized: () => false,
    is_nested: () => false,
    is_leaf: (_rt, self) => !self.computed,
    itemsize: (_rt, self) => BigInt(DTYPES[self.dtype].bytes),
    nbytes: (_rt, self) => elementCount(self.shape) * BigInt(DTYPES[self.dtype].bytes),
    grad_fn: (rt, self) => (self.computed ? rt.unknown('a grad_fn') : null),
    grad: {
      get: (_rt, self) => self.gradient,
      set: (_rt, self, value) => {
        self.gradient = value;
      },
    },
    requires_grad: {
      get: (_rt, self) => self.requiresGrad,
      set: (rt, self, value) => {
        self.requiresGrad = rt.truth(value);
      },
    },
    data: {
      get: (rt, self) => {
        return detached(rt, self);
      },
      set: (rt, self, value) => {
        changedInPlace(rt, self);
        if (!(value instanceof TensorObject)) return;
        self.start = value.start ?? (value.known === undefined ? { kind: 'unknown' } : undefined);
        self.shape = value.shape;
        self.dtype = value.dtype;
        self.elements = value.elements;
      },
    },
    T: (rt, self) => transposed(rt, self),
    mT: (rt, self) => matrixTransposed(rt, self, 'mT'),
    mH: (rt, self) => matrixTransposed(rt, self, 'mH'),
    H: (rt, self) => conjugated(rt, self),
    real: (_rt, self) => self,
  },
});

/** Tensors hash by identity. */
class Identities {
  readonly #numbers = new WeakMap<TensorObject, bigint>();
  #next = 1n;

  of(tensor: TensorObject): bigint {
    let number = this.#numbers.get(tensor);
    if (number === undefined) {
      number = this.#next++;
      this.#numbers.set(tensor, number);
    }
    return number;
  }
}

function makeIdentities(): Identities {
  return new Identities();
}
