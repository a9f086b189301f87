import { describe, expect, it } from '@jest/globals';
import { doubted, notFound } from '@tensormark/documents';

const ANSWER = {
  part: '1',
  found: true,
  text: 'x',
  pieces: [{ start: 10, end: 20 }],
  confidence: 0.95,
  reasons: ['as it seems'],
};
const doubt = (start: number, end: number, why = 'read-by-machine') => ({
  span: { start, end },
  why,
  says: why,
});

describe('doubts about what was read', () => {
  it.each([
    ['within', 12, 15],
    ['around', 0, 30],
    ['at-its-start', 5, 11],
    ['at-its-end', 19, 25],
  ])('doubt-%s-an-answer-sends-it-to-a-person', (_, start, end) => {
    expect(doubted(ANSWER, [doubt(start, end)])).toMatchObject({
      confidence: 0,
      reasons: ['read-by-machine', 'as it seems'],
      text: 'x',
    });
  });

  it.each([
    ['before', 0, 10],
    ['behind', 20, 25],
  ])('doubt-%s-an-answer-leaves-it-alone', (_, start, end) => {
    expect(doubted(ANSWER, [doubt(start, end)])).toBe(ANSWER);
  });

  it('part-that-is-not-there-is-absent', () => {
    expect(notFound('1', [doubt(0, 5, 'hidden-text'), doubt(0, 5, 'layout')])).toMatchObject({
      found: false,
      confidence: 1,
    });
  });

  it.each(['read-by-machine', 'not-read'])('part-that-may-stand-in-what-was-%s-is-not-absent', (why) => {
    expect(notFound('1', [doubt(0, 5, why)])).toMatchObject({ found: true, text: '', confidence: 0 });
  });

  it('part-that-may-stand-under-no-heading-is-not-absent', () => {
    const says = 'This stands under Question 1 before the first of its parts.';
    expect(notFound('1.a', [], [says])).toMatchObject({
      found: true,
      confidence: 0,
      reasons: [expect.stringContaining('may stand elsewhere'), says],
    });
  });
});
