import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const FRACTIONS: Readonly<Record<string, number>> = {
  half: 50,
  third: 100 / 3,
  quarter: 25,
  fifth: 20,
  tenth: 10,
};
const AMOUNT = String.raw`(?:(\d+(?:\.\d+)?)\s?(?:%|per ?cent)|\b(?:an?|one)\s+(${Object.keys(FRACTIONS).join('|')})|\b(half))`;
/** "20 % of the data is used for testing", "a quarter goes into the test set". */
const SHARE = new RegExp(
  String.raw`${AMOUNT}\s+(?:of (?:the |all |its )?(?:\w+ )?(?:data(?:set)?|examples|samples|images|rows|training set)\s+)?(?:(?:is|are|goes?|serves?)\s+)?(?:(?:used|held out|held back|kept|reserved|set aside|split off|taken)\s+)?(?:for|as|into)\s+(?:the\s+|an?\s+)?(test\w*|validat\w+|evaluat\w+|train\w*)`,
  'i',
);
/** "An 80/20 split". */
const RATIO = /\b(\d{2})\s?(?:\/|:|-)\s?(\d{2})\s+(?:train\w*[-/ ](?:test|validation)\s+)?split\b/i;
const COUNTS =
  /\b(\d[\d,]*)\s+(?:train\w*)(?:\s+\w+)?\s+and\s+(\d[\d,]*)\s+(?:for\s+)?(?:validat\w+|test\w*)/i;
/** Shares by what they are split off for. */
const WRITTEN: readonly (readonly [purpose: RegExp, name: RegExp])[] = [
  [/^(?:test|eval)/i, /\b(?:test_size|test_split|test_ratio|test_frac)\s*=\s*(0?\.\d+)/g],
  [
    /^(?:valid|eval)/i,
    /\b(?:validation_split|val_split|val_size|val_ratio|val_frac|test_size)\s*=\s*(0?\.\d+)/g,
  ],
];
const NEGATED = /\b(?:no|not|never|without|instead|rather|should|better|only)\b|n't\b/i;

/** How the data are split. */
export const shares: Topic = {
  *read(clause, facts) {
    if (NEGATED.test(clause.text)) return;
    const share = SHARE.exec(clause.text);
    const ratio = share === null ? RATIO.exec(clause.text) : null;
    const match = share ?? ratio;
    if (match !== null) {
      const [, percent, fraction, half, purpose = 'test'] = share ?? [];
      const stated =
        ratio !== null ? Number(ratio[2]) : (FRACTIONS[fraction ?? half ?? ''] ?? Number(percent));
      const split = splitOff(facts.text, ratio === null ? purpose : undefined);
      if (split !== undefined) {
        const fits = split.values.map((value) => Math.abs(value * 100 - stated) < 0.5);
        yield claimAt(
          clause,
          rangeOf(match),
          'split',
          judged(fits.includes(true) ? true : fits.length === 1 ? false : undefined, clause.mood),
          `The share is ${split.values.join(' or ')}.`,
          { code: facts.quote(split.line) },
        );
      }
    }
    const counts = COUNTS.exec(clause.text);
    const split = /random_split\([^[\]]*\[\s*(\d+)\s*,\s*(\d+)\s*\]/.exec(facts.text);
    if (counts !== null && split !== null) {
      const [stated, actual] = [counts, split].map(([, one = '', other = '']) =>
        [one, other].map((number) => Number(number.replaceAll(',', ''))).join(),
      );
      const line = facts.text.slice(0, split.index).split('\n').length;
      yield claimAt(
        clause,
        rangeOf(counts),
        'split',
        judged(stated === actual, clause.mood),
        `The data are split into ${split[1]} and ${split[2]}.`,
        { code: facts.quote(line) },
      );
    }
  },
};

interface Split {
  readonly values: readonly number[];
  readonly line: number;
}

/** The shares that code writes for a purpose, or for any; of training, what is left of the only one. */
function splitOff(text: string, purpose: string | undefined): Split | undefined {
  const isOfTraining = purpose !== undefined && /^train/i.test(purpose);
  const parts = /random_split\([^[\]]*\[\s*(0?\.\d+)\s*,\s*(0?\.\d+)\s*\]/.exec(text);
  const first = parts ?? /\bint\(\s*(0?\.\d+)\s*\*\s*len\(/.exec(text);
  if (first !== null) {
    const of = Number(first[1]);
    const line = text.slice(0, first.index).split('\n').length;
    const left = Number((1 - of).toFixed(6));
    return { values: purpose === undefined ? [of, left] : isOfTraining ? [of] : [left], line };
  }
  return namedShare(text, purpose, isOfTraining);
}

/** A share that is given under a name that says what for. */
function namedShare(text: string, purpose: string | undefined, isOfTraining: boolean): Split | undefined {
  const meant = WRITTEN.filter(([words]) => purpose === undefined || isOfTraining || words.test(purpose));
  const found = meant.flatMap(([, name]) => [...text.matchAll(name)]);
  const values = [...new Set(found.map(([, value]) => Number(value)))];
  const [first] = found;
  if (first === undefined || (isOfTraining && values.length > 1)) return undefined;
  return {
    values: isOfTraining ? values.map((value) => Number((1 - value).toFixed(6))) : values,
    line: text.slice(0, first.index).split('\n').length,
  };
}
