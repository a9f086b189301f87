import type { Conflict, Core } from './conflict.js';
import { denyAlike } from './denial.js';
import { poleOfStem } from './poles.js';
import type { Reading, Said } from './reading.js';

/**
 * "a fast sender and a slow receiver" against "a fast receiver and a slow sender"; "larger than b" said of a against said of b. A
 * word that has an opposite, and the thing that stands right behind it. `boundAlike` are the opposites of which the sentence says, for one
 * side or both, what the statement says: "above one it is flatter, below one sharper".
 */
export function exchangedAttachments(
  statement: Reading,
  sentence: Reading,
  core: Core,
  boundAlike: readonly string[],
): Conflict[] {
  return [
    ...exchangedQualities(statement, sentence, core, boundAlike),
    ...exchangedObjects(statement, sentence, core, boundAlike),
    ...exchangedSides(statement, sentence, core),
  ];
}

/** "lowers the variance": nothing but an article between, and no comma, as in "if it is too large, gradients explode". */
function isRightBehind(tokens: Reading['tokens'], { to }: Said, { at }: Said): boolean {
  return (
    at >= to &&
    tokens.slice(to, at).every(({ word }) => word === 'the' || word === 'a' || word === 'an') &&
    tokens.slice(to, at + 1).every(({ start }, index) => start - (tokens[to + index - 1]?.end ?? start) <= 1)
  );
}

function qualitiesIn({ said, tokens }: Reading): { pole: Said; thing: Said }[] {
  return said.flatMap((pole, index) => {
    const thing = said[index + 1];
    return pole.pole !== undefined &&
      thing !== undefined &&
      thing.pole === undefined &&
      isRightBehind(tokens, pole, thing) &&
      thing.clause === pole.clause
      ? [{ pole, thing }]
      : [];
  });
}

function exchangedQualities(
  statement: Reading,
  sentence: Reading,
  core: Core,
  boundAlike: readonly string[],
): Conflict[] {
  const theirs = qualitiesIn(sentence);
  const mine = qualitiesIn(statement);
  return mine.flatMap(({ pole, thing }): Conflict[] => {
    // "late layers build on early layers" speaks of both.
    if (mine.some((each) => each.thing.unit === thing.unit && isOpposite(each.pole, pole))) return [];
    if (isOneOfBoth(statement, pole) || boundAlike.includes(pole.pole?.axis ?? '')) return [];
    const same = theirs.filter(
      (each) =>
        each.thing.unit === thing.unit &&
        each.pole.pole?.axis === pole.pole?.axis &&
        !denyAlike(statement, pole.at, sentence, each.pole.at),
    );
    if (!core.has(thing.unit) || same.length === 0) return [];
    if (same.some((each) => each.pole.pole?.sign === pole.pole?.sign)) return [];
    const isOpen =
      pole.pole === undefined ||
      sentence.said.some(
        (each) => each.pole?.axis === pole.pole?.axis && each.pole?.sign === pole.pole?.sign,
      ) ||
      namesBothSides(statement, pole.pole.axis) ||
      mayBeToldFromTheOtherSide(statement, sentence, pole.pole.axis);
    return [
      {
        kind: 'swapped',
        strength: isOpen ? 'weak' : 'strong',
        wanted: `${pole.unit} ${thing.unit}`,
        found: `${same[0]?.pole.unit ?? ''} ${thing.unit}`,
      },
    ];
  });
}

/** "large weights are punished, so they stay small". */
export function namesBothSides({ said }: Reading, axis: string): boolean {
  const signs = new Set(said.flatMap(({ pole }) => (pole?.axis === axis ? [pole.sign] : [])));
  return signs.size === 2;
}

/** "freeze the early layers" against "freeze the last layers and train the early ones": which of two a verb takes. */
function exchangedObjects(
  statement: Reading,
  sentence: Reading,
  core: Core,
  boundAlike: readonly string[],
): Conflict[] {
  if (statement.tokens.some(({ word }) => word === 'than')) return [];
  return statement.said.flatMap((verb, index): Conflict[] => {
    const quality = statement.said[index + 1];
    const pole = quality?.pole;
    if (quality === undefined || pole === undefined || quality.negated || !core.has(verb.unit)) return [];
    if (quality.clause !== verb.clause || quality.at - verb.to > 1) return [];
    if (isOneOfBoth(statement, quality) || boundAlike.includes(pole.axis)) return [];
    const taken = sentence.said.flatMap((use) => {
      if (use.unit !== verb.unit || use.negated !== verb.negated) return [];
      const behind = sentence.tokens
        .slice(use.to, use.to + NEAR)
        .filter((_, at) => sentence.clauseOf[use.to + at] === use.clause && !isDenied(sentence, use.to + at));
      const found = behind.find(({ stem }) => poleOfStem(stem)?.axis === pole.axis);
      return found === undefined ? [] : [{ word: found.word, sign: poleOfStem(found.stem)?.sign }];
    });
    const [first] = taken;
    if (first === undefined || taken.some(({ sign }) => sign === pole.sign)) return [];
    return [
      {
        kind: 'swapped',
        strength: 'weak',
        wanted: `${verb.unit} ${quality.unit}`,
        found: `${verb.unit} ${first.word}`,
      },
    ];
  });
}

/** "between positive and negative examples": both of an axis together, in either order. */
function isOneOfBoth({ said, tokens }: Reading, quality: Said): boolean {
  return said.some((other) => {
    if (!isOpposite(quality, other)) return false;
    const [first, second] = other.at < quality.at ? [other, quality] : [quality, other];
    const between = tokens.slice(first.to, second.at).map(({ word }) => word);
    const and = between.indexOf('and');
    return and !== -1 && and <= 1 && between.slice(and + 1).every((word) => word === 'the' || word === 'a');
  });
}

function isDenied({ said, tokens }: Reading, at: number): boolean {
  return said.some(
    (each) => (each.negated || tokens[each.at]?.word === 'not') && each.at <= at && at < each.to,
  );
}

const NEAR = 3;

function isOpposite({ pole: one }: Said, { pole: other }: Said): boolean {
  return one !== undefined && one.axis === other?.axis && one.sign !== other.sign;
}

interface Comparison {
  readonly axis: string;
  readonly sign: 1 | -1;
  readonly left: ReadonlySet<string>;
  readonly right: ReadonlySet<string>;
}

/** "fewer weights", which is a term of its own, compares as well as "fewer" does. */
function namedIn(
  before: readonly Said[],
  tokens: Reading['tokens'],
): { readonly axis: string; readonly sign: 1 } | undefined {
  const term = before.findLast(
    ({ at, to }) =>
      to - at > 1 && tokens.slice(at, to).some(({ word }) => /^(?:fewer|less|more)$/.test(word)),
  );
  return term === undefined ? undefined : { axis: term.unit, sign: 1 };
}

/** "… faster … than …": what stands on either side, and which way it points. */
function comparisonsIn({ said, tokens }: Reading): Comparison[] {
  return tokens.flatMap(({ word }, at): Comparison[] => {
    if (word !== 'than') return [];
    const before = said.filter((each) => each.at < at);
    const axis = before.findLast(({ pole }) => pole !== undefined)?.pole ?? namedIn(before, tokens);
    const right = said.find((each) => each.at > at);
    if (axis === undefined || right === undefined) return [];
    return [{ ...axis, left: new Set(before.map(({ unit }) => unit)), right: new Set([right.unit]) }];
  });
}

/** "deep needs fewer than wide" is "wide needs more": which side a sentence without "than" speaks of is not plain. */
export function mayBeToldFromTheOtherSide(statement: Reading, sentence: Reading, axis: string): boolean {
  return (
    sentence.tokens.every(({ word }) => word !== 'than') &&
    comparisonsIn(statement).some((comparison) => comparison.axis === axis)
  );
}

function exchangedSides(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const theirs = comparisonsIn(sentence);
  return comparisonsIn(statement).flatMap((mine): Conflict[] =>
    theirs.flatMap((other): Conflict[] => {
      if (mine.axis !== other.axis) return [];
      const [wanted] = mine.right;
      const [found] = other.right;
      if (wanted === undefined || found === undefined || !core.has(wanted)) return [];
      const isTurned = other.left.has(wanted) && mine.left.has(found) && found !== wanted;
      const isKept = found === wanted;
      if (!isTurned && !isKept) return [];
      if (isKept === (mine.sign === other.sign)) return [];
      return [{ kind: 'swapped', strength: 'strong', wanted: `than ${wanted}`, found: `than ${found}` }];
    }),
  );
}
