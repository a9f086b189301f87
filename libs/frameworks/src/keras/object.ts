import type { PyObject, PyValue, Runtime } from '@tensormark/python';
import type { Argument } from '@tensormark/network';
import { ModuleObject } from '../torch/nn/module-object.js';
import type { Step } from './tensor.js';
import type { KerasTensor } from './tensor.js';

/** A model put together from inputs to outputs. */
export interface FunctionalGraph {
  readonly inputs: PyValue;
  readonly outputs: PyValue;
  readonly steps: readonly Step[];
}

/** A layer or model of Keras, or an instance of a class of the program derived from one. */
export class KerasObject extends ModuleObject {
  /** As `summary()` shows it: `conv2d_1`. */
  label = '';
  trainable = true;
  built = false;
  /** The layers of a `Sequential` in order. */
  sequence: KerasObject[] | undefined = undefined;
  /** What a `Sequential` begins with and, so far, ends with. */
  declared: KerasTensor | undefined = undefined;
  current: PyValue = null;
  graph: FunctionalGraph | undefined = undefined;
  /** What it was told of its input, where it is no layer of the table: `input_shape=`. */
  told: Readonly<Record<string, Argument>> | undefined = undefined;
  /** The layer inside a wrapper, which may say what the input is. */
  declaredBy: KerasObject | undefined = undefined;
  /** What it was last called on, and gave, while a model was put together. */
  lastInput: PyValue = null;
  lastOutput: PyValue = null;
  /** What a model that is no graph was called on or built for. */
  calledOn: readonly KerasTensor[] | undefined = undefined;
  /** Whether the program compiles or trains it: then it is the model that the program is about. */
  compiled = false;
  /** The layer of the table that refused its input, so that it need not be told again. */
  refused = false;

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    super.copyPayload(source, copy);
    if (!(source instanceof KerasObject)) return;
    const { label, trainable, built, graph, declared, current, sequence } = source;
    Object.assign(this, { label, trainable, built, graph, declared, current });
    this.sequence = sequence?.map((layer) => {
      const copied = copy(layer);
      return copied instanceof KerasObject ? copied : layer;
    });
  }
}

class Names {
  readonly counts = new Map<string, number>();
  readonly models: KerasObject[] = [];
}

function makeNames(): Names {
  return new Names();
}

/** The name that Keras gives by itself: `dense`, `dense_1`, … */
export function uniqueName(rt: Runtime, base: string): string {
  const { counts } = rt.state(makeNames);
  const count = counts.get(base) ?? 0;
  counts.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Models that the program made, in order; the first many. */
export function kerasModelsMade(rt: Runtime): KerasObject[] {
  return rt.state(makeNames).models;
}
