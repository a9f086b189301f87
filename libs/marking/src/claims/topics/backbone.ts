import { designsIn, hasDesign } from '../designs.js';
import { lineWith } from '../facts.js';
import { judged, moodOf } from '../mood.js';
import { claimAt, type Topic } from '../topic.js';

const IS =
  /\b(?:(?:base|backbone|feature extractor|encoder|network|model|architecture)(?: (?:model|network))?\s+(?:used\s+|here\s+)?is|uses?|loads?|based on|built on|starts? from|made from)\s+(?:an?\s+|the\s+)?(?:pre-?trained\s+)?$/i;
const IS_USED =
  /^[-\w]*\s+(?:(?:model|network|backbone|base)\s+)?(?:is|was)\s+(?:used|loaded|chosen|employed|taken|fine-?tuned|the (?:base|backbone))\b/i;
const NEGATED = /\b(?:no|not|never|nor|should|would|better|like|similar|instead|other)\b|n't\b/i;

/** Which known design a program builds on. */
export const backbone: Topic = {
  *read(clause, facts) {
    if (NEGATED.test(clause.text)) return;
    const own = new Set(designsIn(facts.text).map(({ name }) => name));
    if (own.size === 0) return;
    for (const { name, start, end } of designsIn(clause.text)) {
      const [before, after] = [clause.text.slice(0, start), clause.text.slice(end)];
      if (!IS.test(before) && !IS_USED.test(after)) continue;
      const mood = moodOf(`${before}network${after}`, clause.sentence, facts.text);
      // "A ResNet" is any of them.
      const holds = hasDesign(facts.text, name)
        ? true
        : [...own].some((each) => each.startsWith(name) || name.startsWith(each)) && !/\d/.test(name)
          ? undefined
          : false;
      const line = lineWith(
        facts.text,
        new RegExp([...own].map((each) => [...each].join('[\\s_-]?')).join('|'), 'i'),
      );
      yield claimAt(
        clause,
        { start, end },
        'weights',
        judged(holds, mood),
        `The code builds on ${[...own].join(' and ')}.`,
        {
          code: facts.quote(line),
        },
      );
    }
  },
};
