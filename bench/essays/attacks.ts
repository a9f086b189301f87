import type { EvaluatedAnswer, EvaluatedQuestion } from '../../libs/essays/evaluation/evaluated.js';
import { isFunctionWord } from '../../libs/essays/src/text/function-words.js';
import { tokensOf } from '../../libs/essays/src/text/tokens.js';
import { FRAMED } from './frames.js';
import { seeded } from './statistics.js';

/** A way to look like an answer without being one, made from the rubric or from a good answer. */
export interface Attack {
  readonly name: string;
  readonly attack: (question: EvaluatedQuestion, answer: EvaluatedAnswer) => readonly string[];
}

const says = ({ points }: EvaluatedQuestion): readonly string[] => points.map((point) => point.says);

const tellingIn = (text: string): readonly string[] =>
  tokensOf(text)
    .map(({ word }) => word)
    .filter((word) => word.length > 3);

/** Small words that tie one word to the next. */
const LINKS = ['and', 'because', 'therefore', 'with'];

const chained = (words: readonly string[]): string =>
  words.map((word, at) => (at === 0 ? word : `${LINKS[at % LINKS.length] ?? ''} ${word}`)).join(' ');

const VERBS = ['uses', 'increases', 'shows', 'controls', 'needs', 'changes'];

const tied = (text: string): string =>
  `${tellingIn(text)
    .map((word, at) => (at === 0 ? word : `${VERBS[at % VERBS.length] ?? ''} ${word}`))
    .join(' ')}.`;

/** The last word and the first of a kind in each other's place. */
function exchanged(text: string, isOne: (word: string) => boolean): readonly string[] {
  const words = text.toLowerCase().replace(/\.$/, '').split(' ');
  const first = words.findIndex(isOne);
  const last = words.length - 1;
  const [one, other] = [words[first], words[last]];
  if (one === undefined || other === undefined || first === last || isFunctionWord(other)) return [];
  return [`${words.with(first, other).with(last, one).join(' ')}.`];
}

export const ATTACKS: readonly Attack[] = [
  { name: 'the question itself', attack: ({ asked }) => [asked, `${asked} `.repeat(5)] },
  {
    name: "a list of the rubric's words",
    attack: (question) => [
      tokensOf(says(question).join(' '))
        .map(({ word }) => word)
        .filter((word) => word.length > 3)
        .join(', '),
    ],
  },
  {
    name: "the rubric's words in no order",
    attack: (question) => {
      const random = seeded(7);
      const words = tokensOf(says(question).join(' ')).map(({ word }) => ({ word, at: random() }));
      return [
        `${words
          .toSorted((a, b) => a.at - b.at)
          .map(({ word }) => word)
          .join(' ')}.`,
      ];
    },
  },
  {
    name: 'asking the rubric',
    attack: (question) => [
      says(question)
        .map((each) => each.replace(/\.$/, '?'))
        .join(' '),
    ],
  },
  {
    name: 'doubting the rubric',
    attack: (question) => [
      says(question)
        .map((each) => `I am not sure, but maybe ${each.charAt(0).toLowerCase()}${each.slice(1)}`)
        .join(' '),
    ],
  },
  {
    name: 'rejecting the rubric',
    attack: (question) => [
      says(question)
        .map((each) => `It is not true that ${each.charAt(0).toLowerCase()}${each.slice(1)}`)
        .join(' '),
    ],
  },
  {
    name: 'denying the first verb',
    attack: (question) => [
      says(question)
        .filter((each) => /\b(?:is|are|can|has)\b(?! not)/.test(each))
        .map((each) => each.replace(/\b(is|are|can|has)\b(?! not)/, '$1 not'))
        .join('\n\n'),
    ],
  },
  {
    name: 'breaking off',
    attack: (question) => says(question).map((each) => `${each.split(' ').slice(0, -2).join(' ')} and the`),
  },
  {
    name: 'addressing the marker',
    attack: (question) => [`Dear examiner, this answer covers that ${says(question).join(' and that ')}`],
  },
  {
    name: "the rubric's words in a chain",
    attack: (question) => says(question).map((each) => `${chained(tellingIn(each))}.`),
  },
  {
    name: "the rubric's words, each tied to the next by a verb",
    attack: (question) => says(question).map(tied),
  },
  {
    name: 'a small word of the rubric and another exchanged',
    attack: (question) => says(question).flatMap((text) => exchanged(text, isFunctionWord)),
  },
  {
    name: 'the first and the last word of the rubric exchanged',
    attack: (question) => says(question).flatMap((text) => exchanged(text, (word) => !isFunctionWord(word))),
  },
  { name: 'code', attack: (question) => ['```python\n# ' + says(question).join('\n# ') + '\n```'] },
  ...FRAMED,
];
