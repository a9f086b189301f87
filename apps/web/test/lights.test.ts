import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../src/api/types.js';
import { beside } from '../src/evidence/highlights.js';
import { placeAfter } from '../src/evidence/lights.js';
import { isLit } from '../src/text/highlight.js';

describe('what is lit', () => {
  it.each([
    ['itself', 'item-1-0', 'item-1-0', true],
    ['a piece of the item', 'item-1-0', 'item-1', true],
    ['another piece of it', 'item-1-1', 'item-1-0', false],
    ['an item whose number begins alike', 'item-10-0', 'item-1', false],
    ['nothing', 'item-1-0', null, false],
  ])('%s', (_, id, lit, expected) => expect(isLit(id, lit)).toBe(expected));
});

describe('the next place', () => {
  const places = [
    { id: 'late', start: 20, end: 24 },
    { id: 'wide', start: 3, end: 30 },
    { id: 'narrow', start: 3, end: 8 },
  ];

  it('goes through the text and round again', () => {
    const seen = [];
    let at: string | null = null;
    for (let step = 0; step < 4; step += 1) seen.push((at = placeAfter(places, at)));
    expect(seen).toEqual(['narrow', 'wide', 'late', 'narrow']);
  });

  it('begins anew where what is lit is no place', () => expect(placeAfter(places, 'item-0')).toBe('narrow'));
  it('is nothing where there are none', () => expect(placeAfter([], null)).toBeNull());
});

describe('what is said of the whole answer', () => {
  const fact = (says: string): Evidence => ({ kind: 'fact', says });
  it('is what no item says already', () =>
    expect(beside([fact('It has pooling.'), fact('It is wide.')], [[], [fact('It is wide.')]])).toEqual([
      fact('It has pooling.'),
    ]));
});
