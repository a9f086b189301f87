import { expect, it } from '@jest/globals';
import { whoWouldChange } from '../src/examiner/schemeInWords.js';

it('papers-whose-marks-all-stay-are-not-called-changed', () => {
  const paper = (...fates: readonly ('kept' | 'changes' | 'opens' | 'settles')[]) => ({
    parts: fates.map((fate) => ({ fate })),
  });
  expect(whoWouldChange([paper('kept'), paper('kept', 'kept')])).toMatch(/^Nobody would change/);
  expect(whoWouldChange([paper('kept'), paper('kept', 'changes')])).toBe('Who would change');
  expect(whoWouldChange([paper('opens')])).toBe('Who would change');
  expect(whoWouldChange([])).toBe('Who would change');
});
