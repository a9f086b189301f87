import type { Conflict } from './conflict.js';
import type { Reading } from './reading.js';

/** Two things that one is reckoned of, and which stands first: "a divided by b", "the share of a that is b". */
interface Operands {
  readonly kind: 'quotient' | 'difference' | 'share' | 'derivative';
  readonly first: ReadonlySet<string>;
  readonly second: ReadonlySet<string>;
  readonly words: string;
}

/** "the overlap divided by the union" against "the union divided by the overlap": what is reckoned from two things is another of the two exchanged. */
export function exchangedOperands(statement: Reading, sentence: Reading): Conflict[] {
  const theirs = operandsIn(sentence);
  return operandsIn(statement).flatMap((mine): Conflict[] => {
    const other = theirs.find(({ kind, first, second }) => {
      if (kind !== mine.kind) return false;
      const crossed = shared(mine.first, second) + shared(mine.second, first);
      return crossed > 0 && crossed > shared(mine.first, first) + shared(mine.second, second);
    });
    const straight = theirs.some(
      ({ kind, first, second }) =>
        kind === mine.kind && shared(mine.first, first) > 0 && shared(mine.second, second) > 0,
    );
    if (other === undefined || straight) return [];
    return [{ kind: 'swapped', strength: 'strong', wanted: mine.words, found: other.words }];
  });
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...one].filter((unit) => other.has(unit)).length;
}

const DIVIDES = /^divid(?:e|es|ed|ing)$/;
const RATIO = /^(?:ratio|quotient)$/;
const PARTS = /^(?:share|fraction|proportion|percentage|percent|portion|part)$/;
const DERIVES = /^(?:gradient|derivative)s?$/;
const SUBTRACTS = /^subtract(?:s|ed|ing)?$/;
const IS = /^(?:is|are|was|were|equals?|means?)$/;
const FAR = 14;

function operandsIn(reading: Reading): readonly Operands[] {
  const { tokens } = reading;
  const between = (kind: Operands['kind'], from: number, middle: number, to: number): readonly Operands[] =>
    operands(reading, kind, [from, middle], [middle, to]);
  return tokens.flatMap(({ word }, at): readonly Operands[] => {
    const end = endOf(reading, at);
    const find = (pattern: RegExp, from = at + 1): number | undefined => {
      const found = tokens.slice(from, end).findIndex((token) => pattern.test(token.word));
      return found === -1 ? undefined : from + found;
    };
    if (word === 'divided' && tokens[at + 1]?.word === 'by')
      return between('quotient', startOf(reading, at), at, end);
    if (word === 'minus') return between('difference', startOf(reading, at), at, end);
    if (DERIVES.test(word) && tokens[at + 1]?.word === 'of') {
      const respect = find(/^(?:respect|wrt)$/, at + 2);
      return respect === undefined ? [] : between('derivative', at + 2, respect, end);
    }
    const middle = DIVIDES.test(word)
      ? find(/^by$/)
      : RATIO.test(word)
        ? find(/^(?:to|over|and|by)$/)
        : SUBTRACTS.test(word)
          ? find(/^from$/)
          : undefined;
    if (middle !== undefined)
      return SUBTRACTS.test(word)
        ? operands(reading, 'difference', [middle, end], [at + 1, middle])
        : between('quotient', at + 1, middle, end);
    const relative = PARTS.test(word) ? find(/^(?:that|which|who)$/, at + 1) : undefined;
    return relative === undefined || tokens[at + 1]?.word !== 'of'
      ? []
      : operands(reading, 'share', [at + 2, relative], [relative, endOf(reading, relative)]);
  });
}

function operands(
  { said, tokens }: Reading,
  kind: Operands['kind'],
  one: readonly [number, number],
  other: readonly [number, number],
): readonly Operands[] {
  const unitsOf = ([from, to]: readonly [number, number]): Set<string> =>
    new Set(said.flatMap(({ unit, at }) => (at >= from && at < to ? [unit] : [])));
  const [left, right] = [unitsOf(one), unitsOf(other)];
  const first = new Set([...left].filter((unit) => !right.has(unit)));
  const second = new Set([...right].filter((unit) => !left.has(unit)));
  if (first.size === 0 && second.size === 0) return [];
  const words = tokens
    .slice(Math.min(one[0], other[0]), Math.max(one[1], other[1]))
    .map(({ word }) => word)
    .join(' ');
  return [{ kind, first, second, words }];
}

/** Where what stands before a token begins: behind the "is" of its clause, if it has one. */
function startOf({ tokens, clauseOf }: Reading, at: number): number {
  let from = at;
  while (
    from > 0 &&
    at - from < FAR &&
    clauseOf[from - 1] === clauseOf[at] &&
    !IS.test(tokens[from - 1]?.word ?? '')
  )
    from -= 1;
  return from;
}

/** A relative clause belongs to what it tells of. */
function endOf({ tokens, clauseOf }: Reading, at: number): number {
  let to = at + 1;
  while (
    to < tokens.length &&
    to - at < FAR &&
    (clauseOf[to] === clauseOf[at] ||
      /^(?:that|which|who|where)$/.test(tokens[to]?.word ?? '') ||
      clauseOf[to] === clauseOf[to - 1])
  )
    to += 1;
  return to;
}
