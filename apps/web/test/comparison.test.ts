import { describe, expect, it } from '@jest/globals';
import { comparisonOf } from '../src/marker/comparison.js';
import type { Given } from '../src/marker/saves.js';

const seen: Given = {
  answer: 'a',
  exam: 'exam',
  part: '2',
  candidate: 'C-1',
  marks: '3',
  available: '4',
  mark: { action: 'change', marks: '3', expectedCurrent: null },
  draft: null,
  seen: [],
};

describe('what was kept back until a person has decided', () => {
  const proposal = (outcome: 'proposed' | 'absent' | 'needs-person', marks: string) => ({
    part: '2',
    kind: 'numeric' as const,
    available: '4',
    outcome,
    marks,
    doubt: 0,
    summary: '',
    items: [],
    evidence: [],
  });
  const hidden: Given = { ...seen, hidden: true };

  it.each([
    ['another-number', '2.5', { proposed: '2.5', agrees: false }],
    ['the-same-however-written', '3.0', { proposed: '3.0', agrees: true }],
  ])('%s-is-told-beside-what-was-given', (_name, marks, told) =>
    expect(comparisonOf(hidden, { hidden: false, proposal: proposal('proposed', marks) })).toMatchObject({
      answer: 'a',
      marks: '3',
      ...told,
    }),
  );

  it('no-answer-found-is-no-number-and-agrees-with-0-alone', () => {
    const after = { hidden: false, proposal: proposal('absent', '0') };
    expect(comparisonOf(hidden, after)).toMatchObject({ proposed: null, agrees: false });
    expect(comparisonOf({ ...hidden, marks: '0' }, after)).toMatchObject({ proposed: null, agrees: true });
  });

  it.each([
    ['what-was-seen-before', seen, { hidden: false, proposal: proposal('proposed', '2') }],
    ['what-is-kept-back-still', hidden, { hidden: true, proposal: null }],
    ['what-the-machine-left-to-a-person', hidden, { hidden: false, proposal: proposal('needs-person', '0') }],
  ])('%s-is-nothing-to-compare', (_name, decided, after) => expect(comparisonOf(decided, after)).toBeNull());
});
