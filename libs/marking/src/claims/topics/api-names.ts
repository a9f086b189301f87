import { lineWith } from '../facts.js';
import { judged } from '../mood.js';
import { polarityAt } from '../polarity.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

/** A class as libraries name them: `DataLoader`, `ReduceLROnPlateau`. */
const CLASS = /\b(?:[A-Z][a-z]+){2,}(?:[A-Z]*\d?[dD]?)?\b/g;
const COMMON =
  /^(?:PyTorch|TensorFlow|ReLU|LeNet|ResNet|ImageNet|GitHub|YouTube|DenseNet|AlexNet|MobileNet|EfficientNet)$/;
/** What is said of a name beyond its being there. */
const PLACED = /\b(?:after|before|between|twice|each|every|only|first|second|last|with|for|in|on)\b/i;

/** Classes of libraries that an answer says to be used, or not to be. */
export const apiNames: Topic = {
  *read(clause, facts) {
    const { text, program } = facts;
    if (program === undefined || /import \*/.test(text)) return;
    for (const match of clause.text.matchAll(CLASS)) {
      const [name] = match;
      if (COMMON.test(name)) continue;
      const range = rangeOf(match);
      const polarity =
        clause.text.slice(0, match.index).trim() === '' ||
        /^\W*an?\s*$/i.test(clause.text.slice(0, match.index))
          ? (polarityAt(clause.text, range.start, range.end) ?? doing(clause.text.slice(range.end)))
          : polarityAt(clause.text, range.start, range.end);
      if (polarity === undefined) continue;
      const line = lineWith(text, new RegExp(String.raw`\b${name}\(`));
      const parts = name.match(/[A-Z][a-z]{3,}/g) ?? [];
      const isAlike = parts.some((part) => text.toLowerCase().includes(part.toLowerCase()));
      const is = line !== undefined ? true : isAlike ? undefined : false;
      let holds = is === undefined ? undefined : is === (polarity === 'present');
      if (is === true && PLACED.test(clause.text) && polarity === 'absent') holds = undefined;
      yield claimAt(
        clause,
        range,
        'setting',
        judged(holds, clause.mood),
        line === undefined ? `The code does not use ${name}.` : `Line ${line} uses ${name}.`,
        { code: facts.quote(line) },
      );
    }
  },
};

/** "A DataLoader provides batches": what does something is there. */
function doing(after: string): 'present' | undefined {
  return /^\s+(?:provides?|gives?|loads?|makes?|handles?|applies|scales?|stops?|reduces?|saves?|computes?)\b/i.test(
    after,
  ) && !/\b(?:no|not|never|would|should|could|can)\b|n't/i.test(after)
    ? 'present'
    : undefined;
}
