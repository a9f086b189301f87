import type { QueueEntry } from '../api/types.js';

/** Where one is in the queue: neighbours for going back and forth, and what still awaits a mark. */
export interface Place {
  /** From 1; null when the answer is not in this queue, as after following a link. */
  readonly position: number | null;
  readonly total: number;
  readonly awaiting: number;
  readonly previous: string | null;
  readonly next: string | null;
  /** The unmarked answers after this one and then those before it, without those that colleagues were seen to hold. */
  readonly toCome: readonly string[];
}

const awaits = ({ state }: QueueEntry) => state !== 'marked';

/** As the queue is once the decisions that are being saved are there. */
export function withGiven(entries: readonly QueueEntry[], given: ReadonlySet<string>): readonly QueueEntry[] {
  return given.size === 0
    ? entries
    : entries.map((entry) => (given.has(entry.answer) ? { ...entry, state: 'marked' as const } : entry));
}

export function placeIn(entries: readonly QueueEntry[], answer: string): Place {
  const at = entries.findIndex((entry) => entry.answer === answer);
  const others = [...entries.slice(at + 1), ...entries.slice(0, Math.max(0, at))];
  return {
    position: at < 0 ? null : at + 1,
    total: entries.length,
    awaiting: entries.filter(awaits).length,
    previous: at > 0 ? (entries[at - 1]?.answer ?? null) : null,
    next: entries[at + 1]?.answer ?? null,
    toCome: others.filter((entry) => awaits(entry) && entry.heldBy === null).map(({ answer }) => answer),
  };
}
