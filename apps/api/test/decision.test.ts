import { describe, expect, it } from '@jest/globals';
import type { PartScheme, ProposedMark, SchemeLine } from '@tensormark/marking';
import { decisionOf, type Wanted } from '../src/marking/decision.js';

const line = (id: string, marks: bigint, over: Partial<SchemeLine> = {}): SchemeLine => ({
  id,
  says: `About ${id}`,
  marks,
  least: marks < 0n ? marks : 0n,
  most: marks > 0n ? marks : 0n,
  feedback: null,
  note: null,
  adjustment: false,
  ...over,
});
const SCHEME: PartScheme = {
  lines: [
    line('a', 2000n),
    line('b', 1500n),
    line('units', -500n, { adjustment: true, feedback: 'Give units.' }),
    line('late', -250n, { adjustment: true }),
  ],
  floor: 0n,
  cap: 3000n,
};
const PROPOSAL: ProposedMark = {
  part: '1',
  kind: 'essay',
  outcome: 'proposed',
  marks: '2.5',
  available: '3',
  doubt: 0,
  summary: '',
  items: [
    { item: 'a', says: '', available: '2', proposed: '2', outcome: 'met', reason: '', evidence: [] },
    { item: 'b', says: '', available: '1.5', proposed: '0.5', outcome: 'partly', reason: '', evidence: [] },
  ],
  evidence: [],
};
const ABSENT: ProposedMark = { ...PROPOSAL, outcome: 'absent', marks: null, items: [] };
const UNKNOWN: ProposedMark = { ...PROPOSAL, outcome: 'needs-person', marks: null };

function decide(asked: Wanted, proposal: ProposedMark | null = PROPOSAL) {
  return decisionOf(asked, SCHEME, proposal);
}

describe('a marker decides', () => {
  it('confirming-takes-marks-and-items-of-the-proposal', () => {
    expect(decide({ action: 'confirm' })).toEqual({
      marks: '2.5',
      why: '',
      items: [
        { item: 'a', marks: '2' },
        { item: 'b', marks: '0.5' },
      ],
    });
  });

  it('confirming-the-marks-one-saw', () => {
    expect(decide({ action: 'confirm', marks: '2.50' }).marks).toBe('2.5');
    expect(() => decide({ action: 'confirm', marks: '2' })).toThrow('2.5 marks, not 2');
  });

  it('confirming-that-nothing-was-answered-is-a-persons-zero', () => {
    expect(decide({ action: 'confirm' }, ABSENT)).toEqual({
      marks: '0',
      why: 'No answer was given.',
      items: undefined,
    });
  });

  it.each([
    ['what-needs-a-person', UNKNOWN],
    ['what-has-no-proposal', null],
  ])('confirming-%s-is-refused', (_name, proposal) => {
    expect(() => decide({ action: 'confirm' }, proposal)).toThrow('no proposed mark to confirm');
  });

  it('items-add-up-to-the-mark', () => {
    const items = [
      { item: 'a', marks: '1' },
      { item: 'b', marks: '0.5' },
    ];
    expect(decide({ action: 'change', items, reason: 'r' }).marks).toBe('1.5');
    expect(decide({ action: 'change', items, marks: '1.500', reason: 'r' }).marks).toBe('1.500');
    expect(() => decide({ action: 'change', items, marks: '2' })).toThrow('Make them agree');
  });

  it('items-beyond-the-part-are-capped', () => {
    const items = [
      { item: 'a', marks: '2' },
      { item: 'b', marks: '1.5' },
    ];
    expect(decide({ action: 'change', items }).marks).toBe('3');
  });

  it.each([
    ['unknown-item', [{ item: 'c', marks: '1' }], 'no item "c"'],
    [
      'item-twice',
      [
        { item: 'a', marks: '1' },
        { item: 'a', marks: '1' },
      ],
      'twice',
    ],
    ['item-beyond-its-marks', [{ item: 'b', marks: '2' }], 'at most 1.5'],
  ])('%s-is-refused', (_name, items, says) => {
    expect(() => decide({ action: 'change', items })).toThrow(says);
  });

  it('change-to-nothing-is-refused', () => {
    expect(() => decide({ action: 'change' })).toThrow('needs "marks", "items" or both');
  });

  it('an-adjustment-says-why-by-itself-and-the-markers-own-words-come-first', () => {
    const change = (items: Wanted['items'], reason?: string) =>
      decide({ action: 'change', items, ...(reason === undefined ? {} : { reason }) });
    const items = [
      { item: 'a', marks: '2' },
      { item: 'units', marks: '-0.5' },
      { item: 'late', marks: '-0.25' },
    ];
    expect(change(items)).toMatchObject({ marks: '1.25', why: 'Give units. About late.' });
    expect(change([{ item: 'units', marks: '-0.5', feedback: 'In metres?' }])).toMatchObject({
      marks: '0',
      why: 'In metres?',
    });
    expect(change(items, 'As agreed.').why).toBe('As agreed.');
    expect(change([{ item: 'units', marks: '0' }]).why).toBe('');
  });
});
