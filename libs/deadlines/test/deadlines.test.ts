import { describe, expect, it } from '@jest/globals';
import {
  admissionOf,
  deductionOf,
  extended,
  lateBy,
  type LatePolicy,
  latenessOf,
  rulesInWords,
  type Schedule,
} from '@tensormark/deadlines';
import fc from 'fast-check';

const at = (time: string): Date => new Date(`2026-03-${time}Z`);
const schedule = (late: LatePolicy, more: Partial<Schedule> = {}): Schedule => ({
  opens: at('02T09:00:00'),
  deadline: at('09T12:00:00'),
  graceSeconds: 300,
  late,
  counts: 'last-on-time',
  ...more,
});
const perDay: LatePolicy = { kind: 'deducted', unit: 'percent', amount: 5000n, per: 'day', most: 25_000n };
const perHour: LatePolicy = { kind: 'deducted', unit: 'points', amount: 500n, per: 'hour', most: null };

describe('whether work is taken', () => {
  it.each([
    ['before-it-opens', '02T08:59:59.999', 'not-open'],
    ['as-it-opens', '02T09:00:00', 'on-time'],
    ['at-the-deadline', '09T12:00:00', 'on-time'],
    ['at-the-end-of-the-grace', '09T12:05:00', 'on-time'],
    ['a-millisecond-after-the-grace', '09T12:05:00.001', 'late'],
  ])('%s', (_name, time, kind) => {
    expect(admissionOf(schedule(perDay), at(time)).kind).toBe(kind);
  });

  it('refused-where-late-work-is-refused', () => {
    expect(admissionOf(schedule({ kind: 'refused' }), at('09T12:05:01'))).toEqual({
      kind: 'closed',
      deadline: at('09T12:00:00'),
    });
  });

  it('an-extension-stands-in-place-of-the-deadline', () => {
    const mine = extended(schedule({ kind: 'refused' }), at('11T12:00:00'));
    expect(admissionOf(mine, at('11T12:05:00')).kind).toBe('on-time');
    expect(admissionOf(mine, at('11T12:05:01')).kind).toBe('closed');
  });

  it('without-a-deadline-nothing-is-late', () => {
    const open = schedule({ kind: 'refused' }, { deadline: null });
    expect(admissionOf(open, new Date('2099-01-01T00:00:00Z')).kind).toBe('on-time');
  });
});

describe('what lateness costs', () => {
  const cost = (late: LatePolicy, arrived: string, work: bigint, available = 60_000n): bigint =>
    deductionOf(late, latenessOf(schedule(late), at(arrived)), { work, available });

  // By hand: 5 % of 60 marks are 3 marks a day begun, 15 at most; half a mark for each hour begun.
  it.each([
    ['on-time', perDay, '09T12:05:00', 40_000n, 0n],
    ['minutes-are-a-day-begun', perDay, '09T12:05:01', 40_000n, 3000n],
    ['exactly-a-day', perDay, '10T12:00:00', 40_000n, 3000n],
    ['a-day-and-a-millisecond', perDay, '10T12:00:00.001', 40_000n, 6000n],
    ['capped', perDay, '29T12:00:00', 40_000n, 15_000n],
    ['never-more-than-there-is', perDay, '29T12:00:00', 2500n, 2500n],
    ['hours-from-the-deadline-not-from-the-grace', perHour, '09T13:00:01', 40_000n, 1000n],
    ['no-cap', perHour, '11T12:00:00', 40_000n, 24_000n],
    ['marked-late-costs-nothing', { kind: 'marked-late' } as const, '12T12:00:00', 40_000n, 0n],
  ])('%s', (_name, late, arrived, work, expected) => {
    expect(cost(late, arrived, work)).toBe(expected);
  });

  it('less-than-a-thousandth-is-left-to-the-student', () => {
    const third: LatePolicy = { ...perDay, amount: 3333n };
    // 3.333 % of 10.001 marks are 0.33333333 marks.
    expect(cost(third, '09T13:00:00', 9000n, 10_001n)).toBe(333n);
  });

  it('later-never-costs-less-and-never-more-than-cap-or-work', () => {
    const policy = fc.record({
      kind: fc.constant('deducted' as const),
      unit: fc.constantFrom('points' as const, 'percent' as const),
      amount: fc.bigInt({ min: 0n, max: 100_000n }),
      per: fc.constantFrom('hour' as const, 'day' as const),
      most: fc.option(fc.bigInt({ min: 0n, max: 100_000n })),
    });
    const late = fc.bigInt({ min: 1n, max: 10_000_000_000n });
    const marks = fc.bigInt({ min: 0n, max: 500_000n });
    fc.assert(
      fc.property(policy, late, late, marks, marks, (fee, one, other, work, more) => {
        const deadline = at('09T12:00:00');
        const marked = { work, available: work + more };
        const cost = (milliseconds: bigint) => deductionOf(fee, { deadline, milliseconds }, marked);
        const [sooner, later] = one < other ? [one, other] : [other, one];
        expect(cost(sooner) <= cost(later)).toBe(true);
        expect(cost(later) >= 0n && cost(later) <= work).toBe(true);
        if (fee.most !== null && fee.unit === 'points') expect(cost(later) <= fee.most).toBe(true);
      }),
    );
  });
});

describe('in words', () => {
  it.each([
    [{ kind: 'refused' } as const, 'Nothing is taken after the deadline.'],
    [
      perDay,
      'Work is taken after the deadline, less 5 % of the marks available for each day begun, 25 % at most.',
    ],
    [perHour, 'Work is taken after the deadline, less 0.5 marks for each hour begun.'],
    [
      { ...perHour, amount: 1000n, most: 10_000n },
      'Work is taken after the deadline, less 1 mark for each hour begun, 10 marks at most.',
    ],
  ])('%p', (late, says) => {
    expect(rulesInWords(schedule(late))[0]).toBe(says);
    expect(rulesInWords(schedule(late))[1]).toContain('5 minutes');
  });

  it.each([
    [1, '1 second'],
    [61, '2 minutes'],
    [3600, '1 hour'],
    [90_000, '2 days'],
  ])('%i-seconds-late', (seconds, says) => {
    expect(lateBy(seconds)).toBe(says);
  });
});
