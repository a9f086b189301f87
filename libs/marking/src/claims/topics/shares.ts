import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

/** "20 % of the data is used for testing". */
const SHARE =
  /\b(\d+(?:\.\d+)?)\s?(?:%|per ?cent)\s+(?:of (?:the |all )?(?:\w+ )?(?:data(?:set)?|examples|samples|images|rows|training set)\s+)?(?:(?:is|are)\s+)?(?:(?:used|held out|held back|kept|reserved|set aside|split off|taken)\s+)?(?:for|as)\s+(?:the\s+)?(test\w*|validat\w+|evaluat\w+)/i;
/** "An 80/20 split". */
const RATIO = /\b(\d{2})\s?(?:\/|:|-)\s?(\d{2})\s+(?:train\w*[-/ ](?:test|validation)\s+)?split\b/i;
const COUNTS =
  /\b(\d[\d,]*)\s+(?:train\w*)(?:\s+\w+)?\s+and\s+(\d[\d,]*)\s+(?:for\s+)?(?:validat\w+|test\w*)/i;
const WRITTEN =
  /\b(?:test_size|validation_split|val_split|test_split|val_ratio|val_frac|test_ratio)\s*=\s*(0?\.\d+)/g;
const NEGATED = /\b(?:no|not|never|without|instead|rather|should|better|only)\b|n't\b/i;

/** How the data are split. */
export const shares: Topic = {
  *read(clause, facts) {
    if (NEGATED.test(clause.text)) return;
    const written = [...facts.text.matchAll(WRITTEN)];
    const values = new Set(written.map(([, value]) => Number(value)));
    const match = SHARE.exec(clause.text) ?? RATIO.exec(clause.text);
    const [first] = written;
    if (match !== null && first !== undefined) {
      const stated = match[2] !== undefined && /^\d/.test(match[2]) ? Number(match[2]) : Number(match[1]);
      const holds = [...values].some((value) => Math.abs(value * 100 - stated) < 0.01)
        ? true
        : values.size === 1
          ? false
          : undefined;
      const line = facts.text.slice(0, first.index).split('\n').length;
      yield claimAt(
        clause,
        rangeOf(match),
        'split',
        judged(holds, clause.mood),
        `The share that is split off is ${[...values].join(' or ')}.`,
        { code: facts.quote(line) },
      );
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
