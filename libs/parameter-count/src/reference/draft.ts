import { evaluate, part, quantity, type Formula, type Role } from '@tensormark/network';
import type { CountedNode, NodeId } from './reference.js';
import { WHATS, type What } from './what.js';

/** A node before it is known whether anything needs it. */
export type Draft = Omit<CountedNode, 'names' | 'value'>;

export function nodeId(of: string, what: What): NodeId {
  return `${of}/${what}`;
}

export function draft(of: string, what: What, formula: Formula, otherRoutes: readonly Formula[] = []): Draft {
  const { measure, words } = WHATS[what];
  return { id: nodeId(of, what), of, measure, words, formula, otherRoutes };
}

/** Stands for a node of another layer: its value is what one writes. */
export function valueOf({ id, formula }: Draft, role: Role): Formula {
  const { numerator, denominator } = evaluate(formula);
  const value = quantity(role, numerator);
  return part(
    id,
    denominator === 1n
      ? value
      : { kind: 'quotient', numerator: value, denominator: { kind: 'literal', value: denominator } },
  );
}

/** Stands for a step of the same layer: its formula is what one writes. */
export function written({ id, formula }: Draft): Formula {
  return part(id, formula);
}
