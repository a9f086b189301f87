import type { Span } from '../text/span.js';
import type { Words } from './words.js';

/** A stretch that stands in both texts. */
export interface Passage {
  readonly one: Span;
  readonly other: Span;
  /** Words of it that are the same in both. */
  readonly words: number;
  /** The most of them in a row. */
  readonly longest: number;
}

interface Match {
  readonly one: number;
  readonly other: number;
  readonly length: number;
  /** Those of them that are no common ground. */
  readonly own: number;
}

/** Words in a row that are worth telling of. */
const LEAST = 8;
/** Matches are one passage while no more words than this lie between them, in either text. */
const GAP = 4;

/** The passages that two texts share, from places where both have the same run of words. */
export function alignedPassages(
  one: Words,
  other: Words,
  seeds: readonly { readonly one: number; readonly other: number }[],
): readonly Passage[] {
  const matches: Match[] = [];
  for (const seed of seeds) {
    if (matches.some((match) => covers(match, seed))) continue;
    const match = grown(one, other, seed);
    if (match.own >= LEAST) matches.push(match);
  }
  return joined(
    withoutOverlap(matches).toSorted((a, b) => a.one - b.one || a.other - b.other),
    one,
    other,
  );
}

function covers(match: Match, seed: { one: number; other: number }): boolean {
  const step = seed.one - match.one;
  return step >= 0 && step < match.length && seed.other - match.other === step;
}

/** As far as the words are the same to the left and to the right. */
function grown(one: Words, other: Words, seed: { one: number; other: number }): Match {
  let left = 0;
  while (
    seed.one - left > 0 &&
    seed.other - left > 0 &&
    one.ids[seed.one - left - 1] === other.ids[seed.other - left - 1]
  )
    left += 1;
  let right = 0;
  while (
    seed.one + right < one.length &&
    seed.other + right < other.length &&
    one.ids[seed.one + right] === other.ids[seed.other + right]
  )
    right += 1;
  const from = seed.one - left;
  let own = 0;
  for (let at = from; at < seed.one + right; at++) if (one.common[at] === 0) own += 1;
  return { one: from, other: seed.other - left, length: left + right, own };
}

/** The longest first; a word is part of one passage at most, on either side. */
function withoutOverlap(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of matches.toSorted((a, b) => b.own - a.own || a.one - b.one)) {
    const clashes = kept.some(
      (each) =>
        (match.one < each.one + each.length && each.one < match.one + match.length) ||
        (match.other < each.other + each.length && each.other < match.other + match.length),
    );
    if (!clashes) kept.push(match);
  }
  return kept;
}

function joined(matches: readonly Match[], one: Words, other: Words): Passage[] {
  const groups: Match[][] = [];
  for (const match of matches) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const isNext =
      before !== undefined &&
      match.one - (before.one + before.length) <= GAP &&
      match.other >= before.other + before.length &&
      match.other - (before.other + before.length) <= GAP;
    if (isNext && group !== undefined) group.push(match);
    else groups.push([match]);
  }
  return groups.flatMap((group): Passage[] => {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      {
        one: spanOf(one, first.one, last.one + last.length),
        other: spanOf(other, first.other, last.other + last.length),
        words: group.reduce((sum, { own }) => sum + own, 0),
        longest: Math.max(...group.map(({ own }) => own)),
      },
    ];
  });
}

function spanOf({ starts, ends }: Words, from: number, to: number): Span {
  return { start: starts[from] ?? 0, end: ends[to - 1] ?? 0 };
}
