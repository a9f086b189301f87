import type { Barrier, ReadAnswer } from '../answer.js';
import { AS_NEAR_AGAINST, type Found } from '../find.js';
import type { Conflict } from '../meaning/conflict.js';
import { claimsTooLittle } from './claimed.js';
import { inWords } from '../meaning/in-words.js';
import { leavesLetters, leavesUnlabelled } from '../meaning/labels.js';
import { stanceOf, type Stance } from '../meaning/stance.js';
import { likenessOf } from '../match/likeness.js';
import type { Statement } from '../match/statement.js';
import { overlaps, type Span } from '../text/span.js';
import type { FoundMisconception, Verdict } from '../assessment.js';
import { leavesAffirmed } from './affirmed.js';
import { leavesUncompared } from './compared.js';
import { leavesAPartner, namesAnotherPartner } from './coordinated.js';
import { leavesUndecided } from './deciding.js';
import { breaksRun } from './broken-run.js';
import { chanceOf } from './model.js';
import { namesOther, type Choice } from './offered.js';
import { measuresOther } from './measured.js';
import { leavesAnEnd } from './ranges.js';
import { saysItOfOne } from './reciprocal.js';
import { leavesASide } from './reasons.js';
import { leavesUnreckoned } from './reckoned.js';
import { leavesTheOrder } from './sequence.js';
import { singlesOut } from './singled-out.js';
import { saysTheKindred } from './told-apart.js';
import { addsNothing, isScattered, leavesUnnamed, saysNothingOfIt, saysTooFew } from './scattered.js';
import { leavesOneOfTwo, leavesPartOfTheWhole } from './whole.js';
import { leavesUnqualified } from './unqualified.js';
import type { Coefficients } from './scorer.js';
import { isInterleaved } from './interleaved.js';
import { isMisplaced } from './misplaced.js';
import { isShuffled } from './shuffled.js';
import { saysWordForWord } from './word-for-word.js';

export interface Judged {
  readonly verdict: Verdict;
  readonly span?: Span;
  readonly because: readonly string[];
  /** Whether likeness alone decided: no barrier, no doubt, no conflict. */
  readonly open: boolean;
  /** Whether what is said is enough for the item, however like the rest is. */
  readonly enough: boolean;
}

/** What a question is like, whatever is answered. */
export interface Asked {
  readonly choices: readonly Choice[];
  /** Whether it lies outside what the scorer was tried on. */
  readonly outside: boolean;
  /** Whether it has a single item. */
  readonly alone: boolean;
  /** In how many wordings the item stands. */
  readonly wordings: number;
  /** These wordings, read. */
  readonly statements: readonly Statement[];
}

const PLAINLY: Asked = { choices: [], outside: false, alone: false, wordings: 1, statements: [] };

const BARRIER_SAYS: Readonly<Record<Barrier, string>> = {
  copied: 'The sentence repeats the question.',
  salad: 'The words stand there, but in no sentence that says how they hang together.',
  formula: 'There is a formula here and no sentence that says what it means.',
  language: 'The sentence does not seem to be in English.',
  truncated: 'The answer breaks off here.',
  unclosed: 'The answer breaks off here.',
  heading: 'This is a heading.',
  disguised: 'Words here hold characters that cannot be seen, or letters of another script.',
};

const STANCE_SAYS: Readonly<Record<Exclude<Stance, 'asserted'>, string>> = {
  hedged: 'The sentence says itself that it is not sure.',
  asked: 'The sentence asks and does not say.',
  rejected: 'The sentence says of something that it is not so.',
  addressed: 'The answer speaks to whoever marks it.',
};

/** Turns what was found for an item into what the marker is told. Whatever is in doubt is never `likely-covered`. */
export function verdictOf(
  found: Found | undefined,
  answer: ReadAnswer,
  misconceptions: readonly FoundMisconception[],
  coefficients: Coefficients,
  { choices, outside, alone, wordings, statements }: Asked = PLAINLY,
): Judged {
  if (found === undefined) return NOTHING;
  const chance = chanceOf(found.features, coefficients);
  const doubts = [...(outside ? [OUTSIDE] : []), ...doubtsOf(found, answer, choices, statements)];
  const thin = thinnessOf(found, answer, alone);
  const enough = thin.length === 0;
  const conflict = conflictOf(found, misconceptions);
  const open = doubts.length === 0 && conflict === undefined;
  if (chance < coefficients.silent) return { ...NOTHING, open, enough };
  if (conflict !== undefined) return { ...conflict, enough };
  const { span, stretch, statement } = found;
  // Decided without the fit, which such a place tells nothing of.
  const broken = breaksRun(
    statement,
    answer.sentences.slice(stretch.from, stretch.to),
    answer.sentences.length === stretch.to,
  );
  // Whoever says one of several wordings as it stands has not come near to it by chance.
  const read = answer.sentences.slice(stretch.from, stretch.to).map(({ reading }) => reading);
  const own = alone && !saysWordForWord(statement.reading, read) ? wordings : 1;
  const isLikely = chance >= (alone && wordings === 1 ? coefficients.alone : leastChance(coefficients, own));
  if (!broken && open && enough && isLikely) {
    const because = ['The sentence says what the item asks for, in the same or in synonymous words.'];
    return { verdict: 'likely-covered', span, because, open, enough };
  }
  const isNear = !isLikely && chance >= coefficients.covered;
  const because = [
    ...new Set([
      ...(broken ? [BARRIER_SAYS.truncated] : []),
      ...doubts,
      ...thin,
      ...(isNear ? [NEAR_TO_ONE] : []),
    ]),
  ];
  return {
    verdict: 'unclear',
    span,
    because: because.length === 0 ? ['The sentence speaks of some of what the item asks for.'] : because,
    open,
    enough,
  };
}

/**
 * Held against several wordings, an answer comes near to one of them by chance the more easily, the more there are: each may miss as
 * often as all of them together would. Where a question has several items, most of an answer speaks of the others.
 */
function leastChance({ covered }: Coefficients, wordings: number): number {
  return Math.max(covered, wordings === 1 ? 0 : 1 - EVEN / Math.min(wordings, MANY));
}

/** What is as likely as not misses as often as it may where all wordings are taken together. */
const EVEN = 0.5;

/** Of more wordings than this none were tried. */
const MANY = 6;

function conflictOf(
  { span, features, against, conflicts }: Found,
  misconceptions: readonly FoundMisconception[],
): Omit<Judged, 'enough'> | undefined {
  const conflict = (place: Span, because: readonly string[]): Omit<Judged, 'enough'> => ({
    verdict: 'possible-conflict',
    span: place,
    because,
    open: false,
  });
  const strong = conflicts.filter(({ strength }) => strength === 'strong');
  if (strong.length > 0) return conflict(span, strong.map(saysConflict));
  const wrong = misconceptions.some(
    (each) => each.nearness > likenessOf(features) && overlaps(each.span, span),
  );
  if (wrong) return conflict(span, ['The sentence is close to a wrong statement that the scheme lists.']);
  return against !== undefined && against.recall >= AS_NEAR_AGAINST * (features.recall + features.joined)
    ? conflict(against.span, against.conflicts.map(saysConflict))
    : undefined;
}

const NOTHING: Judged = {
  verdict: 'no-evidence-found',
  because: ['No sentence was found that speaks to this item; it may be said in other words.'],
  open: false,
  enough: false,
};

/** A sentence in the question's words that says this much of what the question does not say is more than a copy. */
const MORE_THAN_COPIED = 0.6;

/** A last sentence without its stop that says all of a statement has not lost any of it. */
const WHOLE = 0.9;

function doubtsOf(
  { statement, features, stretch, conflicts }: Found,
  { sentences, disowned }: ReadAnswer,
  choices: readonly Choice[],
  statements: readonly Statement[],
): string[] {
  const read = sentences.slice(stretch.from, stretch.to);
  const barriers = new Set(read.flatMap(({ barriers }) => [...barriers]));
  const fresh = statement.wanted.filter(({ asked }) => !asked);
  const said = fresh.filter(({ unit }) => read.some(({ reading }) => reading.units.has(unit)));
  const isMore = fresh.length > 0 && said.length >= MORE_THAN_COPIED * fresh.length;
  if (isMore && features.recall >= MORE_THAN_COPIED) barriers.delete('copied');
  if (features.full >= WHOLE) barriers.delete('unclosed');
  const readings = read.map(({ reading }) => reading);
  const tokens = readings.flatMap((reading) => reading.tokens);
  if (
    isShuffled(statement.reading.tokens, tokens) ||
    [statement, ...statements].some(
      ({ reading }) => isMisplaced(reading.tokens, tokens) || isInterleaved(reading, readings),
    )
  )
    barriers.add('salad');
  const stance = stanceOf(statement.text);
  const rejects = stance === 'rejected';
  const rejected = read.some(({ stance, reading }) => stance === 'rejected' || reading.denied.length > 0);
  // What an item itself rejects, or says might be, is said so by whoever says it.
  const stances = new Set(read.map((each) => (each.stance === stance ? 'asserted' : each.stance)));
  return [
    ...[...barriers].map((barrier) => BARRIER_SAYS[barrier]),
    ...[...stances].flatMap((stance) => (stance === 'asserted' ? [] : [STANCE_SAYS[stance]])),
    ...(claimsTooLittle(statement, readings, disowned) ? [CLAIMS_NOT] : []),
    ...(rejects && !rejected ? [DENIES_NOT] : []),
    ...(features.missing >= TOO_MUCH ? [LEAVES_OUT] : []),
    ...(leavesUncompared(statement.reading, readings) ? [COMPARES_NOT] : []),
    ...(read.some(({ reading }) => namesOther(choices, statement.reading, reading)) ? [NAMES_OTHER] : []),
    ...conflicts.map(saysConflict),
  ];
}

/** What keeps a place from being covered, however like it is: too little of the statement is said for what likeness tells. */
function thinnessOf(
  { statement, features, told, stretch }: Found,
  { sentences }: ReadAnswer,
  alone: boolean,
): string[] {
  const read = sentences.slice(stretch.from, stretch.to);
  const readings = read.map(({ reading }) => reading);
  const isReckoned = !leavesUnreckoned(
    statement.reading,
    readings,
    read.map(({ sentence }) => sentence.prose),
    statement.asked,
  );
  return [
    ...(saysTooFew(told, features) ||
    leavesUnnamed(told) ||
    addsNothing(told) ||
    (alone && leavesPartOfTheWhole(statement, told)) ||
    leavesOneOfTwo(statement, told) ||
    leavesUnqualified(statement.reading, readings, statement.asked) ||
    leavesUndecided(statement.reading, readings, statement.asked) ||
    leavesAnEnd(statement.reading, readings, statement.asked) ||
    leavesUnlabelled(statement.reading, readings) ||
    leavesLetters(statement.reading, statement.text, readings) ||
    leavesAPartner(statement.reading, readings) ||
    namesAnotherPartner(statement.reading, readings) ||
    leavesTheOrder(statement.reading, readings) ||
    saysNothingOfIt(told)
      ? [LEAVES_OUT]
      : []),
    ...(leavesAffirmed(statement.reading, readings) ? [DENIES_NOT] : []),
    ...(isReckoned ? [] : [RECKONS_NOT]),
    ...(measuresOther(statement.reading, readings) ? [MEASURES_OTHER] : []),
    ...(singlesOut(statement, readings) || saysItOfOne(statement.reading, readings) ? [SINGLES_OUT] : []),
    ...(leavesASide(statement, told, readings) ? [SIDE] : []),
    ...(saysTheKindred(statement.reading, readings) ? [KINDRED] : []),
    ...(isScattered(features) ? [SCATTERED] : []),
  ];
}

/** A single thing that is so much of what an item asks for has to be said, whatever else is. */
const TOO_MUCH = 0.35;
const LEAVES_OUT = 'The sentence leaves out much of what the item asks for.';
const COMPARES_NOT = 'The item compares, and the sentence does not.';
const DENIES_NOT = 'The item says what is not so, and the sentence denies nothing.';
const RECKONS_NOT = 'The item says how it is reckoned or measured, and the sentence does not.';
const MEASURES_OTHER = 'The sentence counts or measures something else than the item does.';
const SINGLES_OUT = 'The item speaks of things in general, and the sentence of one of them.';
const SIDE = 'The item says what is so and why, and the sentence says only one of the two.';
const KINDRED = 'The sentence names something close to what the item names, and not the same.';
const SCATTERED = 'The words stand in two sentences, and in neither as the item has them.';
const NEAR_TO_ONE = 'The sentence comes near to one of several wordings, and not near enough for so many.';
const OUTSIDE = 'The question is outside what suggestions were tried on, so nothing is suggested as covered.';
const CLAIMS_NOT = 'The words stand in what the answer quotes, takes back, or tells as what is not so.';
const NAMES_OTHER = 'The question lets choose, and the sentence names what the item does not choose.';

function saysConflict({ kind, ...conflict }: Conflict): string {
  const wanted = inWords(conflict.wanted);
  const found = inWords(conflict.found);
  switch (kind) {
    case 'opposite':
    case 'negation':
      return `It may say the opposite: the item has "${wanted}", the sentence "${found}".`;
    case 'number':
      return `The numbers differ: the item has "${wanted}", the sentence "${found}".`;
    case 'counterpart':
    case 'swapped':
      return `Two things may be swapped: the item has "${wanted}", the sentence "${found}".`;
  }
}
