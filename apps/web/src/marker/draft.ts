import type { AnswerForMarking, ItemMarks, NewMark } from '../api/types.js';
import { readMarks, writeMarks } from '../text/marks.js';

/** What a marker has typed and not saved. Kept in the tab's storage: a reload or a lost session loses nothing. */
export interface Draft {
  /** As typed, by item. */
  readonly items: Readonly<Record<string, string>>;
  /** As typed, or null while it is the sum of the items. */
  readonly total: string | null;
  readonly reason: string;
}

/** One line of the scheme to give marks for, whether or not the machine proposed anything. */
export interface Line {
  readonly item: string;
  readonly says: string;
  readonly available: string;
  readonly proposed: string | null;
}

export function linesOf(answer: AnswerForMarking): Line[] {
  const proposed = answer.proposal?.items ?? [];
  if (proposed.length > 0) {
    return proposed.map(({ item, says, available, proposed: marks }) => ({
      item,
      says,
      available,
      proposed: marks,
    }));
  }
  return answer.part.rubric.map(({ item, says, marks }) => ({
    item,
    says,
    available: marks,
    proposed: null,
  }));
}

/** Begins from the mark that stands, or else from the machine's proposal. */
export function draftOf(answer: AnswerForMarking): Draft {
  const lines = linesOf(answer);
  const { current, proposal } = answer;
  const given = new Map((current?.items ?? []).map(({ item, marks }) => [item, marks]));
  if (current !== null && given.size === 0) {
    return {
      items: Object.fromEntries(lines.map(({ item }) => [item, ''])),
      total: current.marks,
      reason: '',
    };
  }
  const items = Object.fromEntries(
    lines.map(({ item, proposed }) => [item, given.get(item) ?? proposed ?? '']),
  );
  return { items, total: lines.length === 0 ? (current?.marks ?? proposal?.marks ?? '') : null, reason: '' };
}

/** The sum of the items within 0 and what the part gives; null while one of them is not yet a number. */
export function sumOf(draft: Draft, lines: readonly Line[], available: string): string | null {
  if (lines.length === 0) return null;
  let sum = 0;
  for (const { item } of lines) {
    const marks = readMarks(draft.items[item] ?? '');
    if (marks === null) return null;
    sum += marks;
  }
  return writeMarks(Math.min(Math.max(sum, 0), readMarks(available) ?? sum));
}

export interface Complaints {
  readonly items: Readonly<Record<string, string>>;
  readonly total: string | null;
  readonly reason: string | null;
}

/** What is to be mended before the draft can be saved. */
export function complaintsOf(draft: Draft, answer: AnswerForMarking): Complaints {
  const lines = linesOf(answer);
  const available = answer.part.marks;
  const items: Record<string, string> = {};
  if (draft.total === null) {
    for (const line of lines) {
      const wrong = outside(draft.items[line.item] ?? '', line.available);
      if (wrong !== null) items[line.item] = wrong;
    }
  }
  return {
    items,
    total: draft.total === null ? null : outside(draft.total, available),
    reason:
      draft.reason.trim() === '' && reasonIsDue(draft, answer)
        ? 'Say why in a few words; the student reads it'
        : null,
  };
}

/** A reason is due for replacing a mark, and for deciding otherwise than the machine proposed. */
export function reasonIsDue(draft: Draft, answer: AnswerForMarking): boolean {
  if (answer.current !== null) return true;
  const proposed = answer.proposal?.marks ?? null;
  if (proposed === null) return false;
  const given = draft.total ?? sumOf(draft, linesOf(answer), answer.part.marks);
  return given === null || readMarks(given) !== readMarks(proposed);
}

function outside(typed: string, available: string): string | null {
  const marks = readMarks(typed);
  const most = readMarks(available);
  if (marks === null) return typed.trim() === '' ? `Give 0 to ${available}` : 'Not a number';
  if (most !== null && marks > Math.max(most, 0)) return `At most ${available}`;
  return marks < Math.min(most ?? 0, 0) ? `At least ${writeMarks(Math.min(most ?? 0, 0))}` : null;
}

export function isSound({ items, total, reason }: Complaints): boolean {
  return Object.keys(items).length === 0 && total === null && reason === null;
}

/** What the marker had before them when they decided. */
export type Seen = Pick<NewMark, 'expectedCurrent' | 'proposal'>;

export const seenIn = ({ current, proposalId }: AnswerForMarking): Seen => ({
  expectedCurrent: current?.id ?? null,
  ...(proposalId === null ? {} : { proposal: proposalId }),
});

/** The draft as the API wants it. Items go along only when they are what the total is made of. */
export function changeOf(draft: Draft, lines: readonly Line[], available: string, seen: Seen): NewMark {
  const sum = sumOf(draft, lines, available);
  const marks = draft.total ?? sum ?? '0';
  const items: ItemMarks[] = lines.map(({ item }) => ({ item, marks: normal(draft.items[item] ?? '0') }));
  return {
    action: 'change',
    marks: normal(marks),
    ...(draft.total === null ? { items } : {}),
    ...(draft.reason.trim() === '' ? {} : { reason: draft.reason.trim() }),
    ...seen,
  };
}

const normal = (typed: string): string => writeMarks(readMarks(typed) ?? 0);

const keyOf = (answer: string) => `tensormark-draft:${answer}`;

export function keepDraft(answer: string, draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(keyOf(answer));
    else sessionStorage.setItem(keyOf(answer), JSON.stringify(draft));
  } catch {
    // A full or closed storage must not stop anybody from marking.
  }
}

export function keptDraft(answer: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(answer)) ?? 'null');
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { items, total, reason } = value as Record<string, unknown>;
  if (typeof items !== 'object' || items === null || typeof reason !== 'string') return false;
  return (
    (total === null || typeof total === 'string') &&
    Object.values(items).every((each) => typeof each === 'string')
  );
}
