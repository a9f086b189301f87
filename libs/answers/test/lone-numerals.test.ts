import { describe, expect, it } from '@jest/globals';
import type { Outline } from '../src/index.js';
import { questions, split, textsOf } from './splitting.js';

describe('numerals that are all of their line', () => {
  it('numbers-and-letters-that-are-all-of-their-lines-are-headings', () => {
    const text = '1\na\nDepth composes.\nb\nIt adds 864.\n2\nThe loop never clears its gradients.\n';
    expect(textsOf(text, split(text, questions(2, { 1: 'ab' })))).toEqual({
      '1.a': 'Depth composes.',
      '1.b': 'It adds 864.',
      '2': 'The loop never clears its gradients.',
    });
  });

  it('a-number-and-a-letter-that-are-all-of-their-line-are-a-heading', () => {
    const text = '1 a\nc\n1 b\na\n2\nThe loop never clears its gradients.\n';
    expect(textsOf(text, split(text, questions(2, { 1: 'ab' })))).toEqual({
      '1.a': 'c',
      '1.b': 'a',
      '2': 'The loop never clears its gradients.',
    });
  });

  it.each([
    ['below-a-question-named-in-words', 'Question 1\n\n2\n\nQuestion 3\n\n1\n', { '1': '2', '3': '1' }],
    ['below-numbers-with-a-stop', '1.\n2\n2.\n4\n3.\n1\n', { '1': '2', '2': '4', '3': '1' }],
    ['one-below-another', '3\n5\n2\n', {}],
    [
      'in-a-sentence',
      'Question 1\nThe sum is\n3\nand so on\nQuestion 2\nIt\n',
      { '1': 'The sum is 3 and so on', '2': 'It' },
    ],
  ])('a-number-that-is-all-of-its-line-is-an-answer-%s', (_, text, expected) => {
    expect(textsOf(text, split(text, questions(3)))).toEqual(expected);
  });

  it('roman-questions-with-roman-parts', () => {
    const outline: Outline = {
      questions: ['I', 'II'].map((id) => ({
        id,
        parts: ['i', 'ii'].map((part) => ({ id: part, kind: 'numeric' as const })),
      })),
    };
    const backwards =
      'Question II (ii)\n512\n\nQuestion II (i)\n16\n\nQuestion I (ii)\n24\n\nQuestion I (i)\n62\n';
    const answers = { 'II.ii': '512', 'II.i': '16', 'I.ii': '24', 'I.i': '62' };
    expect(textsOf(backwards, split(backwards, outline))).toEqual(answers);
    const dotted = 'I.i\n62\n\nI.ii\n24\n\nII.i\n16\n\nII.ii\n512\n';
    expect(textsOf(dotted, split(dotted, outline))).toEqual(answers);
  });
});
