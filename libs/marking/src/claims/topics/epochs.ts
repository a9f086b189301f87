import { judged } from '../mood.js';
import { comparisonBefore, holdsOf, NUMBER, readNumber } from '../numbers.js';
import { claimAt, type Topic } from '../topic.js';

const STATED = new RegExp(
  String.raw`(${NUMBER})\s+epochs\b|\b(?:number of epochs|num_epochs|epochs)\s*(?:is|=|of|is set to)\s*(${NUMBER})`,
  'gi',
);
/** That so many would be better, or are needed, is no claim of how many there are. */
const WISHED =
  /\b(?:after|within|at least|need\w*|enough|more|fewer|less|first|last|another|every|per|only the)\b/i;
const WRITTEN = [
  /\bfor\s+\w*epoch\w*\s+in\s+(?:tqdm\()?range\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/gi,
  /\b(?:num_?|n_?|max_?|total_?)?epochs?\s*=\s*(\d+)/gi,
];

/** Only what is said of the training can be wrong of its length; a patience or a schedule has epochs of its own. */
const OF_TRAINING =
  /\b(?:train\w*|runs?|ran|fit\w*|loop\w*|lasts?|number of epochs|num_epochs|epochs (?:is|=))\b/i;
const OF_ANOTHER =
  /\b(?:patience|stagnat\w*|plateau\w*|improv\w*|learning[ -]?rate|lr|decay\w*|schedul\w*|warm-?up|stop\w*|sav\w*|validat\w*|when|until)\b/i;

/** For how many epochs is trained. */
export const epochs: Topic = {
  *read(clause, facts) {
    const numbers = new Set(
      WRITTEN.flatMap((pattern) =>
        [...facts.text.matchAll(pattern)].map(([, one, end]) =>
          end === undefined ? Number(one) : Number(end) - Number(one),
        ),
      ),
    );
    const [actual, ...others] = numbers;
    if (actual === undefined || others.length > 0) return;
    const line =
      facts.text.split('\n').findIndex((each) => WRITTEN.some((pattern) => each.search(pattern) >= 0)) + 1;
    for (const match of clause.text.matchAll(STATED)) {
      const stated = readNumber(match[1] ?? match[2] ?? '');
      if (stated === undefined || WISHED.test(clause.text)) continue;
      const negated = /\b(?:not|no|never|instead|rather)\b|n't/i.test(clause.text);
      const holds = negated
        ? undefined
        : holdsOf(stated, comparisonBefore(clause.text.slice(0, match.index)), actual);
      yield claimAt(
        clause,
        { start: match.index, end: match.index + match[0].length },
        'epochs',
        judged(
          holds === false && (!OF_TRAINING.test(clause.text) || OF_ANOTHER.test(clause.text))
            ? undefined
            : holds,
          clause.mood,
        ),
        `It is trained for ${actual} ${actual === 1 ? 'epoch' : 'epochs'}.`,
        { code: facts.quote(line) },
      );
    }
  },
};
