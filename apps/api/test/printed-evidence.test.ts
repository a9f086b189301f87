import { describe, expect, it } from '@jest/globals';
import { entryOf } from '../src/reports/pdf/evidence-entry.js';

const nothingFor = (item: string) =>
  ({ kind: 'suggestion', item, verdict: 'no-evidence-found', scorer: 'test', says: '' }) as const;

describe('evidence on paper', () => {
  it.each([
    ['an-item-whose-terms-stand-in-the-answer', 'depth', 'Named, and no sentence was found that says it'],
    ['an-item-of-which-nothing-stands-there', 'width', 'No evidence found'],
  ])('%s-is-told-as-it-is', (_name, item, word) => {
    expect(entryOf(nothingFor(item), 'Depth.', new Set(['depth'])).word).toBe(word);
  });

  it.each([
    ['true', 'The equation holds.', ''],
    ['rounded', 'The equation holds after rounding.', ''],
    ['not-understood', 'Not checked: a letter.', ''],
    ['false', 'The left side is 4, the right side 5.', 'Does not hold'],
  ] as const)('an-equation-that-is-%s-says-so-once', (verdict, says, word) => {
    expect(entryOf({ kind: 'equation', span: { start: 0, end: 1 }, verdict, says }, '4').word).toBe(word);
  });
});
