import { evaluate, type Formula, type Layer, type Role } from '@tensormark/network';
import type { Convention } from '../../convention.js';
import { draft, written, type Draft } from '../../draft.js';
import type { What } from '../../what.js';

/** What one layer's own parameters come to, and the results that one writes on the way. */
export interface LayerCount {
  readonly weights: Formula;
  readonly weightRoutes?: readonly Formula[];
  readonly biases: Formula;
  /** All that it learns, as one would write it. */
  readonly learnable: Formula;
  readonly learnableRoutes?: readonly Formula[];
}

/** What a family needs in order to count one of its layers. */
export interface LayerInPlace {
  readonly of: string;
  readonly layer: Layer;
  readonly convention: Convention;
  /** A size that the layer was given, as what comes into it where it is that. */
  incoming(role: Role, size: number): Formula;
  /** Keeps a result on the way under its name, and gives it to be written out. */
  step(what: What, formula: Formula, otherRoutes?: readonly Formula[]): Formula;
}

export type CountsLayer = (at: LayerInPlace) => LayerCount;

/** A layer in its place, and the steps that counting it has kept. */
export function placed(
  facts: Omit<LayerInPlace, 'step'>,
): LayerInPlace & { readonly steps: ReadonlyMap<What, Draft> } {
  const steps = new Map<What, Draft>();
  return {
    ...facts,
    steps,
    step(what, formula, otherRoutes = []) {
      const kept = draft(facts.of, what, formula, otherRoutes);
      steps.set(what, kept);
      return written(kept);
    },
  };
}

export function isZero(formula: Formula): boolean {
  return evaluate(formula).numerator === 0n;
}

/** A number of the layer's arguments; the arguments have been checked when it was built. */
export function size(layer: Layer, name: string): number {
  const value = layer.config[name];
  if (typeof value !== 'number') throw new TypeError(`${layer.type} has no size '${name}'`);
  return value;
}

/** The sizes of a list among the layer's arguments. */
export function sizes(layer: Layer, name: string): readonly number[] {
  const value = layer.config[name];
  if (!Array.isArray(value)) throw new TypeError(`${layer.type} has no sizes '${name}'`);
  const items: readonly unknown[] = value;
  return items.flatMap((item) => (typeof item === 'number' ? [item] : []));
}

export function flag(layer: Layer, name: string): boolean {
  return layer.config[name] === true;
}
