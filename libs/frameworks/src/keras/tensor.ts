import { defineClass, PyTuple } from '@tensormark/python';
import type { Keywords, PyValue, Span } from '@tensormark/python';
import { tensorType } from '@tensormark/network';
import type { TensorType } from '@tensormark/network';
import type { ModuleObject } from '../torch/nn/module-object.js';
import { TensorObject } from '../torch/tensor/tensor.js';

/**
 * What stands for a size that is not known (`None`): shapes are reckoned with this one and with twice it, and what comes out
 * differently is not known either. It has many divisors, so that halving and reshaping go as they would.
 */
export const OPEN_SIZE = 20_160;

/** Something done to symbolic tensors, to be done again when the model that is made of it is called. */
export interface Step {
  /** The layer or model that was called; undefined for an operation. */
  readonly layer: ModuleObject | undefined;
  /** The operation, where it is none. */
  readonly operation: string;
  readonly args: readonly PyValue[];
  readonly keywords: Keywords | undefined;
  /** The symbolic tensors among what it was given. */
  readonly inputs: readonly KerasTensor[];
  readonly span: Span | undefined;
  /** Whether it was refused: then it has been told already. */
  readonly failed: boolean;
}

/** Where a tensor comes from, for one that stands for the inputs of a model still to be made. */
export interface History {
  readonly step: Step;
  /** Which of the step's outputs it is. */
  readonly at: number;
}

/** A tensor as Keras has it: of a known shape but for the axes that are open, and symbolic while a model is being put together. */
export class KerasTensor extends TensorObject {
  /** `keras.Input`, which a model may begin with. */
  isInput = false;
  history: History | undefined = undefined;
  /** The name of an input. */
  label: string | undefined = undefined;
  /** Where the program made it. */
  origin: Span | undefined = undefined;
  /** `tf.Variable`: a weight where a layer holds it. */
  isVariable = false;
  /** For a weight: whether training may change it at all. */
  learns = true;

  constructor(
    type: TensorType,
    /** The axes whose size is not known; the shape has {@link OPEN_SIZE} there. */
    readonly open: ReadonlySet<number> = new Set(),
  ) {
    super(type, kerasTensorClass);
  }

  /** A tensor whose sizes may be `null`, as Keras's `None`. */
  static of(shape: readonly (number | null)[], dtype: TensorType['dtype'] = 'float32'): KerasTensor {
    return new KerasTensor(
      tensorType(
        shape.map((size) => size ?? OPEN_SIZE),
        dtype,
      ),
      new Set(shape.flatMap((size, axis) => (size === null ? [axis] : []))),
    );
  }

  /** Its sizes, `null` where they are not known. */
  get sizes(): readonly (number | null)[] {
    return this.shape.map((size, axis) => (this.open.has(axis) ? null : size));
  }

  /** Whether a model may be put together from what is done to it. */
  get isSymbolic(): boolean {
    return this.isInput || this.history !== undefined;
  }
}

/** `keras.KerasTensor`; operators and attributes are added by the files that know them. */
export const kerasTensorClass = defineClass({
  name: 'KerasTensor',
  module: 'keras',
  payload: KerasTensor,
  allocate: () => new KerasTensor(tensorType([])),
});

/** A shape as a program sees it: a tuple of ints and None. */
export function shapeTuple(sizes: readonly (number | null)[]): PyValue {
  return new PyTuple(sizes.map((size) => (size === null ? null : BigInt(size))));
}

/** What Keras says of a shape, with None where a size is open. */
export function saidOf(message: string): string {
  return message.replaceAll(new RegExp(String.raw`\b${OPEN_SIZE}\b`, 'g'), 'None');
}
