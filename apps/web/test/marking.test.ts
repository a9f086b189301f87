import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AnswerForMarking, QueueEntry } from '../src/api/types.js';
import {
  changeOf,
  complaintsOf,
  draftOf,
  isSound,
  linesOf,
  reasonIsDue,
  seenIn,
  sumOf,
  toggled,
} from '../src/marker/draft.js';
import { lastGivenIn, noteGiven } from '../src/marker/lastGiven.js';
import { placeIn } from '../src/marker/run.js';
import { readMarks, writeMarks, wrongMarks } from '../src/text/marks.js';

const MARK = '0195c1f0-0000-7000-8000-000000000001';
const PROPOSAL = '0195c1f0-0000-7000-8000-000000000002';

function answer(over: Partial<AnswerForMarking> = {}): AnswerForMarking {
  return {
    id: 'a',
    exam: 'exam',
    candidate: 'C-1',
    submission: 's',
    changedSinceMarked: false,
    part: {
      key: '2',
      kind: 'numeric',
      title: null,
      questionPrompt: null,
      choices: null,
      prompt: 'Count.',
      code: null,
      marks: '3',
      question: '2',
      floor: '0',
      cap: '3',
      rubric: [
        {
          item: 'first',
          says: 'First',
          marks: '2',
          least: '0',
          most: '2',
          feedback: null,
          note: null,
          adjustment: false,
        },
        {
          item: 'second',
          says: 'Second',
          marks: '1',
          least: '0',
          most: '1',
          feedback: null,
          note: null,
          adjustment: false,
        },
      ],
    },
    state: 'proposed',
    text: '',
    split: { level: 'sure', confidence: 1, reasons: [] },
    proposal: {
      part: '2',
      kind: 'numeric',
      outcome: 'proposed',
      marks: '1.5',
      available: '3',
      doubt: 0,
      summary: '',
      items: [
        {
          item: 'first',
          says: 'First',
          available: '2',
          proposed: '1.5',
          outcome: 'partly',
          reason: '',
          evidence: [],
        },
        {
          item: 'second',
          says: 'Second',
          available: '1',
          proposed: null,
          outcome: 'undecided',
          reason: '',
          evidence: [],
        },
      ],
      evidence: [],
    },
    awaitsRun: false,
    proposalId: PROPOSAL,
    suggestions: [],
    hidden: false,
    secondMarking: null,
    second: null,
    current: null,
    expectedCurrent: null,
    history: [],
    ...over,
  };
}

describe('marks as decimals', () => {
  it('survive-reading-and-writing-exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999, max: 999_999_999 }), (thousandths) => {
        expect(readMarks(writeMarks(thousandths))).toBe(thousandths);
      }),
    );
  });

  it.each([
    ['7.5', 7500],
    ['7,5', 7500],
    [' 2 ', 2000],
    ['0', 0],
    ['-0', 0],
    ['.5', 500],
    ['+1', 1000],
    // As the page itself writes it.
    ['−1', -1000],
  ])('reads %j', (typed, thousandths) => expect(readMarks(typed)).toBe(thousandths));

  it.each(['', '.', '1.2345', 'two', '1e3', '--1', '1.', '٣', '½', '1e0', '+', '−', ',', '1234567890'])(
    'refuses %j',
    (typed) => expect(readMarks(typed)).toBeNull(),
  );
});

describe('marks as typed', () => {
  it.each([
    ['1,5', null],
    [' 2 ', null],
    ['-0', null],
    ['', 'Give 0 to 3'],
    ['3.5', 'At most 3'],
    ['-1', 'At least 0'],
    ['−1', 'At least 0'],
    ['1.2345', 'At most 3 decimals'],
    ['12345678901234567890', 'At most 3'],
    ['-12345678901234567890', 'At least 0'],
    ['٣', 'Not a number such as 1.5'],
    ['½', 'Not a number such as 1.5'],
    ['1e0', 'Not a number such as 1.5'],
  ])('%j-is-answered-by %j', (typed, says) => expect(wrongMarks(typed, '0', '3')).toBe(says));
});

describe('changing a mark', () => {
  it('begins-from-the-proposal-and-leaves-open-what-the-machine-did-not-decide', () => {
    expect(draftOf(answer())).toEqual({ items: { first: '1.5', second: '' }, total: null, reason: '' });
  });

  it('begins-from-the-mark-that-stands', () => {
    const current = {
      id: MARK,
      marks: '2',
      origin: 'changed',
      reason: 'r',
      by: 'M',
      at: '',
      items: [],
      takenBack: null,
    } as const;
    const items = [
      { item: 'first', marks: '1' },
      { item: 'second', marks: '1' },
    ];
    expect(draftOf(answer({ current: { ...current, items } })).items).toEqual({ first: '1', second: '1' });
    expect(draftOf(answer({ current: { ...current, items: [] } })).total).toBe('2');
  });

  it('sums-items-exactly-and-within-what-the-part-gives', () => {
    const lines = linesOf(answer());
    const draft = draftOf(answer());
    const bounds = { floor: '0', cap: '3' };
    expect(sumOf(draft, lines, bounds)).toBeNull();
    expect(sumOf({ ...draft, items: { first: '0.1', second: '0.2' } }, lines, bounds)).toBe('0.3');
    const narrow = { floor: '0.5', cap: '2.5' };
    expect(sumOf({ ...draft, items: { first: '2', second: '1' } }, lines, narrow)).toBe('2.5');
    expect(sumOf({ ...draft, items: { first: '0', second: '0' } }, lines, narrow)).toBe('0.5');
  });

  it('asks-for-what-is-missing', () => {
    const complaints = complaintsOf(
      { items: { first: '3', second: 'x' }, total: null, reason: ' ' },
      answer(),
    );
    expect(complaints.items).toEqual({ first: 'At most 2', second: 'Not a number such as 1.5' });
    expect(complaints.reason).not.toBeNull();
    expect(isSound(complaints)).toBe(false);
  });

  it('says-how-much-too-long-a-text-is-before-it-is-sent', () => {
    const items = { first: '2', second: '0' };
    const long = { items, total: null, reason: 'a '.repeat(5000), feedback: { first: 'b'.repeat(2001) } };
    const complaints = complaintsOf(long, answer());
    expect(complaints.reason).toBe('9,999 characters; at most 4,000. Take out 5,999');
    expect(complaints.feedback).toEqual({ first: '2,001 characters; at most 2,000. Take out 1' });
    expect(isSound(complaints)).toBe(false);
    // What is not applied is not sent.
    const without = { ...long, items: { first: '0', second: '0' }, reason: 'a'.repeat(4000) };
    expect(isSound(complaintsOf(without, answer()))).toBe(true);
  });

  it('asks-for-a-reason-only-where-one-is-due', () => {
    const draft = { items: { first: '1', second: '0.5' }, total: null, reason: '' };
    const current = {
      id: MARK,
      marks: '2',
      origin: 'set',
      reason: '',
      by: 'M',
      at: '',
      items: [],
      takenBack: null,
    } as const;
    expect(reasonIsDue(draft, answer())).toBe(false);
    expect(reasonIsDue({ ...draft, items: { first: '2', second: '0.5' } }, answer())).toBe(true);
    expect(reasonIsDue(draft, answer({ current: { ...current, items: [] } }))).toBe(true);
    expect(reasonIsDue(draft, answer({ proposal: null }))).toBe(false);
  });

  it('sends-items-with-their-sum-and-what-the-marker-saw', () => {
    const draft = { items: { first: '2', second: '0,5' }, total: null, reason: ' Good. ' };
    expect(changeOf(draft, linesOf(answer()), answer().part, seenIn(answer()))).toEqual({
      action: 'change',
      marks: '2.5',
      items: [
        { item: 'first', marks: '2' },
        { item: 'second', marks: '0.5' },
      ],
      reason: 'Good.',
      expectedCurrent: null,
      proposal: PROPOSAL,
    });
  });

  it('sends-a-total-given-by-hand-without-items-that-contradict-it', () => {
    const sent = changeOf(
      { items: { first: '2', second: '1' }, total: '1', reason: 'r' },
      linesOf(answer()),
      answer().part,
      {
        expectedCurrent: MARK,
      },
    );
    expect(sent).toEqual({ action: 'change', marks: '1', reason: 'r', expectedCurrent: MARK });
  });

  it('falls-back-to-the-rubric-when-the-machine-proposed-nothing', () => {
    expect(linesOf(answer({ proposal: null })).map(({ item, proposed }) => [item, proposed])).toEqual([
      ['first', null],
      ['second', null],
    ]);
  });
});

describe('items by their keys', () => {
  const units = {
    item: 'units',
    says: 'No units',
    marks: '-0.5',
    least: '-0.5',
    most: '0',
    feedback: 'Give units.',
    note: null,
    adjustment: true,
  };
  const plain = answer();
  const adjusted = answer({ part: { ...plain.part, rubric: [...plain.part.rubric, units] } });
  const lines = linesOf(adjusted);
  const at = (index: number) => {
    const line = lines[index];
    if (line === undefined) throw new Error(`no line ${index}`);
    return line;
  };

  it('what-nobody-decided-is-not-applied-and-an-adjustment-begins-unapplied', () => {
    expect(draftOf(adjusted, 'keys').items).toEqual({ first: '1.5', second: '0', units: '0' });
    expect(draftOf(adjusted).items).toEqual({ first: '1.5', second: '', units: '0' });
  });

  it('a-key-applies-an-item-whole-and-takes-it-back', () => {
    const once = toggled(draftOf(adjusted, 'keys'), at(2));
    expect(once.items['units']).toBe('-0.5');
    expect(sumOf(once, lines, adjusted.part)).toBe('1');
    expect(toggled(once, at(2)).items['units']).toBe('0');
    expect(toggled(once, at(0)).items['first']).toBe('2');
  });

  it('an-adjustment-says-why-by-itself-and-feedback-goes-along-where-it-is-applied', () => {
    const draft = toggled(draftOf(adjusted, 'keys'), at(2));
    expect(reasonIsDue(draft, adjusted)).toBe(false);
    const said = { ...draft, feedback: { units: ' In metres? ', second: 'Not applied.' } };
    expect(changeOf(said, lines, adjusted.part, seenIn(adjusted)).items).toEqual([
      { item: 'first', marks: '1.5' },
      { item: 'second', marks: '0' },
      { item: 'units', marks: '-0.5', feedback: 'In metres?' },
    ]);
  });

  it('an-item-that-takes-marks-takes-no-more-than-it-may', () => {
    const typed = (marks: string) =>
      complaintsOf({ items: { first: '1', second: '1', units: marks }, total: null, reason: 'r' }, adjusted)
        .items;
    expect(typed('-0.6')).toEqual({ units: 'At least -0.5' });
    expect(typed('0.5')).toEqual({ units: 'At most 0' });
    expect(typed('-0.25')).toEqual({});
  });
});

const entry = (id: string, state: QueueEntry['state']): QueueEntry => ({
  answer: id,
  candidate: 'C',
  part: '1',
  kind: 'essay',
  outcome: 'needs-person',
  doubt: 1,
  hidden: false,
  second: false,
  proposed: null,
  marks: null,
  available: '1',
  state,
  heldBy: null,
});

describe('what was given last', () => {
  it('is-offered-in-the-same-part-of-the-same-exam-and-for-the-same-items-alone', () => {
    const first = answer();
    expect(lastGivenIn(first)).toBeNull();
    const draft = { ...draftOf(first, 'keys'), reason: 'As the others.' };
    noteGiven(first, draft);
    expect(lastGivenIn(answer({ id: 'b' }))).toBe(draft);
    expect(lastGivenIn(answer({ exam: 'another' }))).toBeNull();
    expect(lastGivenIn(answer({ part: { ...first.part, key: '3' } }))).toBeNull();
    expect(lastGivenIn(answer({ part: { ...first.part, rubric: first.part.rubric.slice(1) } }))).toBeNull();
  });
});

describe('the place in the queue', () => {
  const queue = [
    entry('a', 'marked'),
    entry('b', 'needs-person'),
    entry('c', 'marked'),
    entry('d', 'absent'),
  ];

  it('goes-on-to-the-next-answer-without-a-mark', () => {
    expect(placeIn(queue, 'b')).toEqual({
      position: 2,
      total: 4,
      awaiting: 2,
      previous: 'a',
      next: 'c',
      toCome: ['d'],
    });
  });

  it('comes-back-to-what-was-passed-over', () => expect(placeIn(queue, 'd').toCome).toEqual(['b']));

  it('ends-when-all-are-marked', () =>
    expect(placeIn([entry('a', 'marked'), entry('b', 'marked')], 'a').toCome).toEqual([]));

  it('passes-over-what-a-colleague-has-open', () => {
    const held = { ...entry('e', 'needs-person'), heldBy: 'Sam Marker' };
    expect(placeIn([held, ...queue], 'b').toCome).toEqual(['d']);
  });

  it('begins-at-the-front-for-an-answer-from-elsewhere', () =>
    expect(placeIn(queue, 'z')).toMatchObject({ position: null, previous: null, toCome: ['b', 'd'] }));
});
