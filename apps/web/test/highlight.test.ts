import { describe, expect, it } from '@jest/globals';
import { highlightsOf, named } from '../src/evidence/highlights.js';
import { segmentsOf, type Highlight } from '../src/text/highlight.js';

const lit = (id: string, start: number, end: number): Highlight => ({ id, start, end, tone: 'neutral' });
const shown = (start: number, end: number, highlights: readonly Highlight[]) =>
  segmentsOf(start, end, highlights).map(({ start: from, end: to, over }) => [
    from,
    to,
    over.map(({ id }) => id).join(),
  ]);

describe('lighting up evidence', () => {
  it('leaves-plain-text-whole', () => {
    expect(shown(0, 10, [])).toEqual([[0, 10, '']]);
    expect(shown(0, 10, [lit('a', 10, 12), lit('b', 3, 3)])).toEqual([[0, 10, '']]);
    expect(shown(4, 4, [])).toEqual([]);
  });

  it('cuts-where-highlights-begin-and-end', () => {
    expect(shown(0, 10, [lit('a', 2, 5)])).toEqual([
      [0, 2, ''],
      [2, 5, 'a'],
      [5, 10, ''],
    ]);
  });

  it('puts-the-innermost-first-where-they-overlap', () => {
    expect(shown(0, 10, [lit('wide', 0, 8), lit('narrow', 2, 4)])).toEqual([
      [0, 2, 'wide'],
      [2, 4, 'narrow,wide'],
      [4, 8, 'wide'],
      [8, 10, ''],
    ]);
  });

  it('lights-only-the-part-within-a-piece', () => {
    expect(shown(5, 10, [lit('a', 0, 7)])).toEqual([
      [5, 7, 'a'],
      [7, 10, ''],
    ]);
  });

  it('leaves-out-places-that-the-text-does-not-have', () => {
    const evidence = named('e', [
      { kind: 'mention', span: { start: 0, end: 4 }, item: 'x', says: 'is there' },
      { kind: 'mention', span: { start: 8, end: 40 }, item: 'x', says: 'is of another reading' },
      { kind: 'caution', says: 'has no place' },
    ]);
    expect(highlightsOf(evidence, 10).map(({ id }) => id)).toEqual(['e-0']);
  });
});
