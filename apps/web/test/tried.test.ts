import { expect, it } from '@jest/globals';
import { triedInWords } from '../src/examiner/triedInWords.js';

it('a-document-that-was-tried-is-summed-up-with-what-is-left-to-people', () => {
  const part = (outcome: 'proposed' | 'needs-person' | 'absent', marks: string | null) => ({
    proposal: { outcome, marks },
  });
  expect(triedInWords([part('proposed', '2.5'), part('needs-person', null), part('proposed', '1.125')])).toBe(
    '3.625 marks proposed for 2 parts · 1 part for a person',
  );
  expect(triedInWords([part('absent', null), part('absent', null)])).toBe(
    '0 marks proposed for 0 parts · 2 parts without an answer',
  );
});
