import { describe, expect, it } from '@jest/globals';
import { splitDocument, type Outline } from '../src/index.js';
import { BARE_OUTLINE, OUTLINE } from './paper.js';
import { textsOf } from './splitting.js';
import {
  COMPOSITE_STYLES,
  PART_STYLES,
  PLAIN,
  QUESTION_STYLES,
  STEP_STYLES,
  write,
  type Hand,
  type Layout,
} from './writing.js';

const HANDS: readonly Hand[] = Object.entries(QUESTION_STYLES).flatMap(([name, question]) => [
  ...Object.entries(PART_STYLES).map(([style, part]): Hand => ({ name: `${name} ${style}`, question, part })),
  ...Object.entries(COMPOSITE_STYLES).map(([style, composite]): Hand => ({
    name: `${name} ${style}`,
    question,
    composite,
  })),
]);

const LAYOUTS: readonly (readonly [string, Layout])[] = [
  ...STEP_STYLES.map((steps) => [`steps as ${steps}`, { ...PLAIN, steps }] as const),
  ...['1.a', '1.b', '2', '3', '4.a', '4.b'].map(
    (key) => [`without ${key}`, { ...PLAIN, missing: [key] }] as const,
  ),
  ['question 2 first', { ...PLAIN, order: [2, 1, 3, 4] }],
  ['question 3 before 2', { ...PLAIN, order: [1, 3, 2, 4] }],
  ['backwards', { ...PLAIN, order: [4, 3, 2, 1] }],
  ['page breaks as form feeds', { ...PLAIN, pages: 'form-feed' }],
  ['page lines', { ...PLAIN, pages: 'page-lines' }],
  ['page lines and CRLF', { ...PLAIN, pages: 'page-lines', newline: '\r\n' }],
  ['no header', { ...PLAIN, header: false }],
];

/** What is wrong with a split without being said to be unsure; and whether anything was said to be unsure. */
function judge(
  hand: Hand,
  layout: Layout,
  outline: Outline,
): { readonly wrong: readonly string[]; readonly unsure: boolean } {
  const { text, expected } = write(hand, layout);
  const result = splitDocument(text, outline);
  if (result.kind !== 'split') return { wrong: [result.message], unsure: false };
  const texts = textsOf(text, result);
  const doubtful = result.answers.some(({ level }) => level === 'unsure');
  const loose = result.unassigned.some(({ why }) => why !== 'page-furniture');
  const wrong = result.answers
    .filter(({ partKey, level }) => level !== 'unsure' && texts[partKey] !== expected.get(partKey))
    .map(({ partKey }) => `${partKey} is ${texts[partKey]?.slice(0, 60) ?? ''}`);
  const lost = [...expected.keys()].filter((key) => texts[key] === undefined);
  const silently = doubtful || loose ? [] : lost.map((key) => `${key} is lost`);
  return { wrong: [...wrong, ...silently], unsure: doubtful || lost.length > 0 };
}

describe.each([
  ['with prompts', OUTLINE, 0.02],
  ['with numbering alone', BARE_OUTLINE, 0.03],
] as const)('an outline %s', (_name, outline, unsureAtMost) => {
  // Every hand with every layout is 37,000 papers, tried once by hand; each layout here takes its own share of the hands.
  it.each(LAYOUTS)('every way to number, %s: never silently wrong', (name, layout) => {
    const offset = LAYOUTS.findIndex(([other]) => other === name);
    const hands = HANDS.filter((_hand, index) => index % (2 * LAYOUTS.length) === offset);
    const judged = hands.map((hand) => ({ hand: hand.name, ...judge(hand, layout, outline) }));
    expect(judged.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    const reordered = layout.order !== PLAIN.order;
    const unsure = judged.filter((verdict) => verdict.unsure);
    expect(unsure.length / judged.length).toBeLessThan(reordered ? 0.25 : 0.06 + unsureAtMost);
  });

  it('an ordinary hand is sure of every answer', () => {
    const hands = [
      'question-colon bullet-dot',
      'hash-question parenthesised',
      'bold-question 2a-paren',
      'q-dot q2a-colon',
    ];
    for (const hand of HANDS.filter(({ name }) => hands.includes(name))) {
      const { text } = write(hand, PLAIN);
      const result = splitDocument(text, outline);
      const levels = result.kind === 'split' ? result.answers.map(({ level }) => level) : [];
      expect([hand.name, levels]).toEqual([hand.name, Array.from({ length: 6 }, () => 'sure')]);
    }
  });
});
