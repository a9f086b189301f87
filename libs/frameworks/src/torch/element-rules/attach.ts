import type { OperationDefinition } from '@tensormark/network';
import type { Outcome } from '../apply.js';
import { TensorObject } from '../tensor/tensor.js';
import { MOST_ELEMENTS, countOf } from '../values/elements.js';
import { pointwiseRules } from './pointwise.js';
import { reductionRules, severalRules } from './reductions.js';
import { shapeRules } from './shapes.js';

/** By operation; adding one is adding it to its family's file. */
const RULES = { ...pointwiseRules, ...shapeRules, ...reductionRules };

/** Works out the elements of a result where those it comes from are known. */
export function attachElements(definition: OperationDefinition, { result, bound }: Outcome): void {
  if (bound === undefined || result === undefined || result === null) return;
  const args = Object.keys(definition.signature).map((name) => bound[name] ?? null);
  if (result instanceof TensorObject) {
    const rule = Object.hasOwn(RULES, definition.name) ? RULES[definition.name] : undefined;
    if (rule !== undefined && countOf(result.shape) <= MOST_ELEMENTS) result.elements ??= rule(args, result);
    return;
  }
  const rule = severalRules[definition.name];
  const results = result.filter((item) => item instanceof TensorObject);
  if (rule === undefined || results.some((item) => countOf(item.shape) > MOST_ELEMENTS)) return;
  for (const [at, elements] of rule(args, results).entries()) {
    const target = results[at];
    if (target !== undefined) target.elements ??= elements;
  }
}
