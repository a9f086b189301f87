import { defineClass, PyObject } from '@tensormark/python';
import type { PyClass, PyValue } from '@tensormark/python';
import { tensorType } from '@tensormark/network';
import type { DType, Start, TensorType } from '@tensormark/network';
import { CPU } from '../objects/device.js';
import type { DeviceObject } from '../objects/device.js';
import type { Elements } from '../values/elements.js';

/**
 * A tensor as reading sees it: shape and type always, elements where they are known and few (tables of indices), and
 * the place in the network being traced where the tensor is computed from its inputs or parameters.
 */
export class TensorObject extends PyObject implements TensorType {
  shape: readonly number[];
  dtype: DType;
  elements: Elements | undefined = undefined;
  requiresGrad = false;
  /** Computed by operations that gradients flow through; a leaf otherwise. */
  computed = false;
  /** Something unknown may have been written into it, which may need gradients. */
  mayNeedGradients = false;
  /** The leaf this is a view of, if any: writing into it in place is refused while it needs gradients. */
  viewOf: TensorObject | undefined = undefined;
  /** Whether some view of it was taken. */
  viewed = false;
  device: DeviceObject = CPU;
  /** How its elements start, where they are drawn or set by a rule that is followed. */
  start: Start | undefined = undefined;
  /** The recording in which it was drawn at random: it is drawn anew each time that this is run. */
  drawnIn: object | undefined = undefined;
  /** The parameter whose numbers these are: `weight.data`. */
  dataOf: TensorObject | undefined = undefined;
  gradient: PyValue = null;
  /** What a watcher knows of where it comes from. */
  provenance: object | undefined = undefined;

  constructor(type: TensorType, cls: PyClass = tensorClass) {
    super(cls);
    this.shape = type.shape;
    this.dtype = type.dtype;
  }

  /** A tensor whose elements may be known. */
  static holding(elements: Elements | undefined, type: TensorType): TensorObject {
    const tensor = new TensorObject(type);
    tensor.elements = elements;
    return tensor;
  }

  /** The elements, where nothing unknown has been written over them. */
  get known(): Elements | undefined {
    return this.elements?.storage.known === true ? this.elements : undefined;
  }

  /** How its elements start, unless what it is a view of has been written over since. */
  get startStill(): Start | undefined {
    return this.viewOf === undefined || this.viewOf.start === this.start ? this.start : undefined;
  }

  /** Its elements, and those of what it shares them with, start like this from now on. */
  restart(start: Start): void {
    this.start = start;
    const shared = this.dataOf ?? this.viewOf;
    if (shared === undefined) return;
    shared.restart(shared.shape.join() === this.shape.join() ? start : { kind: 'unknown' });
  }

  override get keepsState(): boolean {
    return true;
  }

  override forgetContents(): boolean {
    if (this.elements !== undefined) this.elements.storage.known = false;
    this.mayNeedGradients = true;
    return true;
  }

  get isParameter(): boolean {
    return this.cls.isSubclassOf(parameterClass);
  }

  /** An `nn.Buffer`, which a module registers where it is assigned. */
  get isBuffer(): boolean {
    return this.cls.isSubclassOf(bufferClass);
  }
}

const EMPTY = tensorType([0]);

/** `torch.Tensor`; its methods are added by the files that know them. */
export const tensorClass = defineClass({
  name: 'Tensor',
  module: 'torch',
  written: 'c',
  payload: TensorObject,
  allocate: (cls) => new TensorObject(EMPTY, cls),
});

/** `torch.nn.Parameter` */
export const parameterClass = defineClass({
  name: 'Parameter',
  module: 'torch.nn.parameter',
  bases: [tensorClass],
  payload: TensorObject,
  allocate: (cls) => new TensorObject(EMPTY, cls),
});

/** `torch.nn.Buffer`; whether it is kept in `state_dict` is its attribute `persistent`. */
export const bufferClass = defineClass({
  name: 'Buffer',
  module: 'torch.nn.parameter',
  bases: [tensorClass],
  payload: TensorObject,
  allocate: (cls) => new TensorObject(EMPTY, cls),
});
