import { PyDict, PyList, PyTuple, UnknownContents } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { childrenOf, namedModules, nameOf } from '../torch/nn/module-object.js';
import { KerasObject } from './object.js';
import { KerasTensor } from './tensor.js';

const DEPTH = 4;

/**
 * Registers the layers that stand in lists and dicts of a model's attributes, which Keras follows too. What is put into a list after
 * it was assigned counts as well, so that this is done when the model is looked at.
 */
export function followTracked(rt: Runtime, root: KerasObject): void {
  const seen = new Set<KerasObject>();
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    rt.step(2);
    const { attributes } = next;
    for (const [name, value] of attributes ?? []) {
      if (value instanceof UnknownContents) continue;
      follow(rt, next, name, value, 0);
    }
    for (const [, child] of childrenOf(next)) if (child instanceof KerasObject) waiting.push(child);
  }
}

function follow(rt: Runtime, owner: KerasObject, name: string, value: PyValue, depth: number): void {
  const { modules, parameters } = owner.registries ?? owner.initialise(rt);
  if (value instanceof KerasObject) {
    if (modules.get(rt, name) === undefined) modules.set(rt, name, value);
    return;
  }
  if (value instanceof KerasTensor && value.isVariable) {
    for (const { value: known } of parameters.entries()) if (known === value) return;
    parameters.set(rt, name, value);
    return;
  }
  if (depth >= DEPTH) return;
  if (value instanceof PyList || value instanceof PyTuple)
    for (const [at, item] of value.items.entries()) follow(rt, owner, `${name}.${at}`, item, depth + 1);
  else if (value instanceof PyDict)
    for (const { key, value: item } of value.entries())
      follow(rt, owner, `${name}.${nameOf(key)}`, item, depth + 1);
}

/** The layers directly inside, in order. */
export function childLayers(self: KerasObject): KerasObject[] {
  return childrenOf(self).flatMap(([, child]) => (child instanceof KerasObject ? [child] : []));
}

/** The weights of a layer and of all below it, each once. */
export function weightsOf(self: KerasObject): KerasTensor[] {
  const weights = new Set<KerasTensor>();
  for (const { module } of namedModules(self))
    for (const { value } of module.registries?.parameters.entries() ?? [])
      if (value instanceof KerasTensor) weights.add(value);
  return [...weights];
}

/** Settles which weights training changes: those of layers that neither are frozen nor stand in a frozen one. */
export function settleTrainable(root: KerasObject): void {
  const frozen = new Set<KerasTensor>();
  for (const weight of weightsOf(root)) weight.requiresGrad = weight.learns;
  for (const { module } of namedModules(root))
    if (module instanceof KerasObject && !module.trainable)
      for (const weight of weightsOf(module)) frozen.add(weight);
  for (const weight of frozen) weight.requiresGrad = false;
}
