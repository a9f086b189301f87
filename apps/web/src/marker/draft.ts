import type { AnswerForMarking, ItemMarks, NewMark } from '../api/types.js';
import { tooLong } from '../text/lengths.js';
import { readMarks, writeMarks, wrongMarks } from '../text/marks.js';

/** What a marker has typed and not saved. Kept in the browser: a reload, a lost session or a closed tab loses nothing. */
export interface Draft {
  /** As typed, by item. */
  readonly items: Readonly<Record<string, string>>;
  /** What the student is to read of an item in place of the scheme's words, by item. */
  readonly feedback?: Readonly<Record<string, string>>;
  /** As typed, or null while it is the sum of the items. */
  readonly total: string | null;
  readonly reason: string;
  /** The mark that stood when it was begun; null for none. */
  readonly on?: string | null;
}

/** One line of the scheme to give marks for, whether or not the machine proposed anything. */
export interface Line {
  readonly item: string;
  readonly says: string;
  /** What it gives or, where negative, takes when it is applied whole. */
  readonly available: string;
  readonly least: string;
  readonly most: string;
  readonly proposed: string | null;
  readonly feedback: string | null;
  /** For markers alone. */
  readonly note: string | null;
  /** It stands beside what the machine looks at. */
  readonly adjustment: boolean;
}

/** What the items of a part are held between. */
export type Bounds = Pick<AnswerForMarking['part'], 'floor' | 'cap'>;

export function linesOf({ part, proposal }: AnswerForMarking): Line[] {
  const proposed = new Map(proposal?.items.map((line) => [line.item, line.proposed]));
  return part.rubric.map(({ item, says, marks, least, most, feedback, note, adjustment }) => ({
    item,
    says,
    available: marks,
    least,
    most,
    feedback,
    note,
    adjustment,
    proposed: proposed.get(item) ?? null,
  }));
}

/**
 * Begins from the mark that stands, or else from the machine's proposal. By keys, an item that nobody has decided on is
 * one that is not applied; while typing, it is left open, so that it is not passed over.
 */
export function draftOf(answer: AnswerForMarking, how: 'typing' | 'keys' = 'typing'): Draft {
  const lines = linesOf(answer);
  const { current, proposal } = answer;
  const given = new Map((current?.items ?? []).map((line) => [line.item, line]));
  const open = how === 'keys' ? '0' : '';
  if (current !== null && given.size === 0 && how === 'typing') {
    return {
      items: Object.fromEntries(lines.map(({ item }) => [item, ''])),
      total: current.marks,
      reason: '',
    };
  }
  const items = Object.fromEntries(
    lines.map(({ item, proposed, adjustment }) => [
      item,
      given.get(item)?.marks ?? proposed ?? (adjustment ? '0' : open),
    ]),
  );
  const feedback = Object.fromEntries(
    [...given.values()].flatMap(({ item, feedback: said }) => (said === undefined ? [] : [[item, said]])),
  );
  return {
    items,
    ...(Object.keys(feedback).length === 0 ? {} : { feedback }),
    total: lines.length === 0 ? (current?.marks ?? proposal?.marks ?? '') : null,
    reason: '',
  };
}

/** Whether anything is given or taken for this item. */
export function isApplied(draft: Draft, { item }: Line): boolean {
  return (readMarks(draft.items[item] ?? '') ?? 0) !== 0;
}

/** Applies an item whole, or takes it back where it is. */
export function toggled(draft: Draft, line: Line): Draft {
  const whole = readMarks(draft.items[line.item] ?? '') === readMarks(line.available);
  return { ...draft, items: { ...draft.items, [line.item]: whole ? '0' : line.available }, total: null };
}

/** The sum of the items within floor and cap; null while one of them is not yet a number. */
export function sumOf(draft: Draft, lines: readonly Line[], { floor, cap }: Bounds): string | null {
  if (lines.length === 0) return null;
  let sum = 0;
  for (const { item } of lines) {
    const marks = readMarks(draft.items[item] ?? '');
    if (marks === null) return null;
    sum += marks;
  }
  return writeMarks(Math.min(Math.max(sum, readMarks(floor) ?? 0), readMarks(cap) ?? sum));
}

export interface Complaints {
  readonly items: Readonly<Record<string, string>>;
  readonly feedback: Readonly<Record<string, string>>;
  readonly total: string | null;
  readonly reason: string | null;
}

/** What is to be mended before the draft can be saved. */
export function complaintsOf(draft: Draft, answer: AnswerForMarking): Complaints {
  const lines = linesOf(answer);
  const available = answer.part.marks;
  const items: Record<string, string> = {};
  const feedback: Record<string, string> = {};
  if (draft.total === null) {
    for (const line of lines) {
      const wrong = wrongMarks(draft.items[line.item] ?? '', line.least, line.most);
      if (wrong !== null) items[line.item] = wrong;
      const long = isApplied(draft, line) ? tooLong(draft.feedback?.[line.item] ?? '', 'feedback') : null;
      if (long !== null) feedback[line.item] = long;
    }
  }
  return {
    items,
    feedback,
    total: draft.total === null ? null : wrongMarks(draft.total, '0', available),
    reason:
      draft.reason.trim() === '' && reasonIsDue(draft, answer)
        ? 'Say why in a few words; the student reads it'
        : tooLong(draft.reason, 'reason'),
  };
}

/** A reason is due for replacing a mark, and for deciding otherwise than the machine proposed. */
export function reasonIsDue(draft: Draft, answer: AnswerForMarking): boolean {
  if (linesOf(answer).some((line) => line.adjustment && draft.total === null && isApplied(draft, line)))
    return false; // It says why by itself.
  if (answer.current !== null) return true;
  const proposed = answer.proposal?.marks ?? null;
  if (proposed === null) return false;
  const given = draft.total ?? sumOf(draft, linesOf(answer), answer.part);
  return given === null || readMarks(given) !== readMarks(proposed);
}

export function isSound({ items, feedback, total, reason }: Complaints): boolean {
  return (
    Object.keys(items).length === 0 && Object.keys(feedback).length === 0 && total === null && reason === null
  );
}

/** What the marker had before them when they decided. */
export type Seen = Pick<NewMark, 'expectedCurrent' | 'proposal'>;

export const seenIn = ({ expectedCurrent, proposalId }: AnswerForMarking): Seen => ({
  expectedCurrent,
  ...(proposalId === null ? {} : { proposal: proposalId }),
});

/** The draft as the API wants it. Items go along only when they are what the total is made of. */
export function changeOf(draft: Draft, lines: readonly Line[], bounds: Bounds, seen: Seen): NewMark {
  const sum = sumOf(draft, lines, bounds);
  const marks = draft.total ?? sum ?? '0';
  const items: ItemMarks[] = lines.map((line) => {
    const said = isApplied(draft, line) ? (draft.feedback?.[line.item]?.trim() ?? '') : '';
    const given = { item: line.item, marks: normal(draft.items[line.item] ?? '0') };
    return said === '' ? given : { ...given, feedback: said };
  });
  return {
    action: 'change',
    marks: normal(marks),
    ...(draft.total === null ? { items } : {}),
    ...(draft.reason.trim() === '' ? {} : { reason: draft.reason.trim() }),
    ...seen,
  };
}

const normal = (typed: string): string => writeMarks(readMarks(typed) ?? 0);

/** By person: whoever uses this browser next finds nothing of it. */
const keyOf = (person: string, answer: string) => `tensormark-draft:${person}:${answer}`;

/** Whether it will be there again. */
export function keepDraft(person: string, answer: string, draft: Draft | null): boolean {
  try {
    if (draft === null) localStorage.removeItem(keyOf(person, answer));
    else localStorage.setItem(keyOf(person, answer), JSON.stringify(draft));
    return true;
  } catch {
    // A full or closed storage must not stop anybody from marking.
    return false;
  }
}

export function keptDraft(person: string, answer: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(person, answer)) ?? 'null');
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const { items, total, reason, feedback = {}, on = null } = value as Record<string, unknown>;
  return (
    (on === null || typeof on === 'string') &&
    isTyped(items) &&
    isTyped(feedback) &&
    typeof reason === 'string' &&
    (total === null || typeof total === 'string')
  );
}

function isTyped(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => typeof each === 'string')
  );
}
