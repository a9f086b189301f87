import type { Marks } from '../../marks.js';
import type { Evidence, ItemProposal } from '../../proposal.js';
import type { Ask } from './ask.js';
import type { Cost } from './policies.js';

/** What is proposed for one asked quantity, and why. */
export interface Judged {
  readonly marks: Marks | null;
  readonly outcome: ItemProposal['outcome'];
  readonly verdict: Extract<Evidence, { kind: 'quantity' }>['verdict'];
  readonly says: string;
}

export function undecided(verdict: Judged['verdict'], says: string): Judged {
  return { marks: null, outcome: 'undecided', verdict, says };
}

export function nothing(says: string): Judged {
  return { marks: 0n, outcome: 'not-met', verdict: 'wrong', says };
}

/** The marks of the method; for a person where the scheme has none. */
export function partly(ask: Ask, says: string): Judged {
  if (ask.method === undefined) return undecided('method', says);
  return { marks: ask.method, outcome: 'partly', verdict: 'method', says };
}

/** What is left of a judgement where something besides costs as a scheme says. */
export function costing(judged: Judged, cost: Cost, ask: Ask, because: string): Judged {
  const says = `${judged.says} ${because}`;
  if (judged.marks === null || cost === 'accepted') return { ...judged, says };
  if (cost === 'person') return undecided(judged.verdict, says);
  if (cost === 'nothing') return { ...nothing(says), verdict: judged.verdict };
  if (cost === 'method' && ask.method === undefined) return undecided(judged.verdict, says);
  const left = cost === 'method' ? (ask.method ?? 0n) : judged.marks - cost.less;
  const marks = left < 0n ? 0n : left < judged.marks ? left : judged.marks;
  return { ...judged, says, marks, outcome: marks === 0n ? 'not-met' : 'partly' };
}
