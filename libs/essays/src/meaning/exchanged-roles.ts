import { AUXILIARIES, DETERMINERS, isFunctionWord, PREPOSITIONS } from '../text/function-words.js';
import type { Conflict, Core } from './conflict.js';
import type { Reading, Said } from './reading.js';
import { remembered } from './remembered.js';

type Role = 'agent' | 'patient' | 'goal';

/** Who does something to what, and to whom or into what. */
interface Deed {
  readonly verb: string;
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  readonly words: string;
}

const PAIRS: readonly (readonly [Role, Role])[] = [
  ['agent', 'patient'],
  ['agent', 'goal'],
  ['patient', 'goal'],
];

/** "the sender informs the receiver" against "the receiver informs the sender". */
export function exchangedRoles(statement: Reading, sentence: Reading, core: Core): Conflict[] {
  const theirs = deedsIn(sentence);
  return deedsIn(statement).flatMap(({ verb, roles, words }) =>
    PAIRS.flatMap(([one, other]): Conflict[] => {
      const [x, y] = [roles[one], roles[other]];
      if (x === undefined || y === undefined || x === y || !core.has(x) || !core.has(y)) return [];
      const same = theirs.filter((deed) => deed.verb === verb);
      const turned = same.find((deed) => deed.roles[one] === y && deed.roles[other] === x);
      if (turned === undefined || same.some((deed) => deed.roles[one] === x && deed.roles[other] === y))
        return [];
      return [{ kind: 'swapped', strength: 'weak', wanted: words, found: turned.words }];
    }),
  );
}

/** "a is used instead of b" against "b is used instead of a". */
export function exchangedChoices(statement: Reading, sentence: Reading): Conflict[] {
  const theirs = choicesIn(sentence);
  return choicesIn(statement).flatMap(({ taken, left, words }): Conflict[] => {
    const turned = theirs.find((each) => taken.has(each.left) && each.taken.has(left) && each.left !== left);
    const isSame = theirs.some((each) => each.left === left);
    if (turned === undefined || isSame) return [];
    return [{ kind: 'swapped', strength: 'weak', wanted: words, found: turned.words }];
  });
}

interface Choice {
  readonly taken: ReadonlySet<string>;
  readonly left: string;
  readonly words: string;
}

const choicesIn = remembered(({ said, tokens, clauseOf }: Reading): readonly Choice[] =>
  tokens.flatMap(({ word }, at): Choice[] => {
    const next = tokens[at + 1]?.word;
    if (!(word === 'instead' && next === 'of') && !(word === 'rather' && next === 'than')) return [];
    const left = said.find((each) => each.at > at + 1 && each.at - at <= FAR);
    if (left === undefined) return [];
    const before = said.filter((each) => each.at < at && clauseOf[each.at] === clauseOf[at]);
    const taken = new Set(before.map(({ unit }) => unit));
    const words = `${before[0]?.unit ?? ''} instead of ${left.unit}`;
    return [{ taken, left: left.unit, words }];
  }),
);

/** "a falls and b rises" against "b falls and a rises". */
export function exchangedChanges(statement: Reading, sentence: Reading): Conflict[] {
  const theirs = changesIn(sentence);
  const turned = (change: Change): Change | undefined =>
    theirs.some((each) => each.of === change.of && each.axis === change.axis && each.sign === change.sign)
      ? undefined
      : theirs.find((each) => each.of === change.of && each.axis === change.axis);
  const mine = changesIn(statement);
  const both = mine.filter((change) => turned(change) !== undefined);
  const [first] = both;
  const isBoth = both.some(
    ({ of, axis, sign }) => of !== first?.of && axis === first?.axis && sign !== first.sign,
  );
  if (first === undefined || !isBoth) return [];
  return [
    {
      kind: 'swapped',
      strength: 'weak',
      wanted: first.words,
      found: turned(first)?.words ?? '',
    },
  ];
}

interface Change {
  readonly of: string;
  readonly axis: string;
  readonly sign: 1 | -1;
  readonly words: string;
}

/** What rises and what falls: a word of a pair of opposites right behind its subject. */
const changesIn = remembered(({ said, tokens }: Reading): readonly Change[] =>
  said.flatMap((each, index): Change[] => {
    const subject = said[index - 1];
    if (each.pole === undefined || subject === undefined || subject.pole !== undefined) return [];
    if (subject.clause !== each.clause || isGoverned(tokens, subject)) return [];
    const between = tokens.slice(subject.to, each.at).map(({ word }) => word);
    if (!between.every((word) => AUXILIARIES.has(word) || isAdverb(word))) return [];
    const words = tokens
      .slice(subject.at, each.to)
      .map(({ word }) => word)
      .join(' ');
    return [{ of: subject.unit, ...each.pole, words }];
  }),
);

/** What holds of both where it holds of one. */
const MUTUAL =
  /^(?:compar|connect|equal|differ|interact|correlat|combin|meet|met$|touch|relat|match|resembl|attract|repel|balanc|overlap|link|join|intersect|alternat|exchang|separat|distinguish|mix|bond|coincid|correspond)/;
const EACH_OTHER = /^(?:each|one|mutual|mutually|both|vice)$/;
const BE = /^(?:is|are|was|were|be|been|being|gets?|got)$/;
const PARTICIPLE =
  /(?:ed|en|wn|nt|ght|lt|pt)$|^(?:put|set|cut|made|held|found|fed|led|sent|built|kept|taught|drawn|read)$/;
const BY = /^(?:by|using|through|via)$/;
const TO = /^(?:to|into|onto)$/;
const ADVERB =
  /^(?:also|then|always|often|only|just|even|now|thus|not|together|apart|away|back|out|off|up|down|again|here|there|once|twice)$/;
const FAR = 4;

const deedsIn = remembered((reading: Reading): readonly Deed[] => {
  const { said, tokens } = reading;
  if (
    tokens.some(
      ({ word }, at) => EACH_OTHER.test(word) && /^(?:other|another|versa)$/.test(tokens[at + 1]?.word ?? ''),
    )
  )
    return [];
  return said.flatMap((verb, index): Deed[] => {
    const before = said[index - 1];
    const word = tokens[verb.at]?.word ?? '';
    if (before === undefined || before.clause !== verb.clause || verb.negated) return [];
    if (MUTUAL.test(word) || isAdverb(word)) return [];
    const between = tokens.slice(before.to, verb.at).map((token) => token.word);
    if (between.length > FAR || !between.every((each) => AUXILIARIES.has(each) || isAdverb(each))) return [];
    if (isGoverned(tokens, before)) return [];
    const isPassive = between.some((each) => BE.test(each)) && PARTICIPLE.test(word);
    if (between.some((each) => BE.test(each)) && !isPassive && !word.endsWith('ing')) return [];
    const after = behind(reading, verb, index);
    const roles = isPassive
      ? { patient: before.unit, agent: after.by, goal: after.to }
      : { agent: before.unit, patient: after.plain, goal: after.to };
    const last = Math.max(verb.to, after.end);
    const words = tokens
      .slice(before.at, last)
      .map((token) => token.word)
      .join(' ');
    return [{ verb: verb.unit, roles, words }];
  });
});

function isAdverb(word: string): boolean {
  return word.endsWith('ly') || ADVERB.test(word);
}

/** "of the network", "in the cell": no subject. */
function isGoverned(tokens: Reading['tokens'], { at }: Said): boolean {
  let place = at - 1;
  while (place >= 0 && DETERMINERS.has(tokens[place]?.word ?? '')) place -= 1;
  return place >= 0 && PREPOSITIONS.has(tokens[place]?.word ?? '');
}

/** The things behind a verb, by what stands before them, up to the end of its clause. */
function behind(
  { said, tokens }: Reading,
  verb: Said,
  index: number,
): { plain?: string; to?: string; by?: string; end: number } {
  const found: { plain?: string; to?: string; by?: string; end: number } = { end: verb.to };
  for (const each of said.slice(index + 1, index + 4)) {
    if (each.clause !== verb.clause) break;
    const between = tokens.slice(found.end, each.at).map(({ word }) => word);
    if (between.includes('and') || between.includes('or') || between.includes('than')) break;
    const ties = between.filter((word) => isFunctionWord(word) && !DETERMINERS.has(word));
    const tie = ties.at(-1);
    if (tie === undefined && found.end === verb.to) found.plain = each.unit;
    else if (tie !== undefined && TO.test(tie)) found.to ??= each.unit;
    else if (between.some((word) => BY.test(word))) found.by ??= each.unit;
    found.end = each.to;
  }
  return found;
}
