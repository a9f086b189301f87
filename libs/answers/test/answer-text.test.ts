import { describe, expect, it } from '@jest/globals';
import { answerText } from '../src/index.js';
import { questions, split } from './splitting.js';

const TEXT =
  'Question 1\n\nThe network composes\n\nPage 1 of 2\n\nfeatures. Done.\n\nPage 2 of 2\n\nA new point.\n';

describe('the text of an answer', () => {
  const [answer] = split(TEXT, questions(1)).answers;
  const joined = answerText(TEXT, answer ?? { pieces: [] });

  it('joins-a-cut-sentence-by-a-space-and-other-pieces-by-a-blank-line', () => {
    expect(joined.text).toBe('The network composes features. Done.\n\nA new point.');
  });

  it('finds-places-again', () => {
    const start = joined.text.indexOf('features');
    const span = joined.spanToDocument({ start, end: start + 'features'.length });
    expect(TEXT.slice(span.start, span.end)).toBe('features');
  });

  it('finds-a-span-across-a-page-break', () => {
    const start = joined.text.indexOf('composes');
    const span = joined.spanToDocument({ start, end: joined.text.indexOf('.') });
    expect(TEXT.slice(span.start, span.end)).toBe('composes\n\nPage 1 of 2\n\nfeatures');
  });

  it('of-nothing-is-empty', () => {
    expect(answerText(TEXT, { pieces: [] }).text).toBe('');
  });
});
