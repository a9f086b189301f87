import { childrenOf, type Formula } from '@tensormark/network';
import type { Reference } from './reference.js';

const KNOWN = new WeakMap<Reference, ReadonlySet<string>>();

/** The whole numbers that the question gives with its network: kernels, channels, features, as they are written. */
export function givenNumbers(reference: Reference): ReadonlySet<string> {
  const known = KNOWN.get(reference);
  if (known !== undefined) return known;
  const given = new Set<string>();
  for (const node of reference.nodes.values()) {
    if (node.measure === 'expression') continue;
    const open: Formula[] = [node.formula];
    for (let formula = open.pop(); formula !== undefined; formula = open.pop()) {
      // What another node stands for was worked out.
      if (formula.kind === 'part' && reference.nodes.has(formula.name)) continue;
      if (formula.kind === 'quantity') given.add(formula.value.toString());
      open.push(...childrenOf(formula));
    }
  }
  KNOWN.set(reference, given);
  return given;
}
