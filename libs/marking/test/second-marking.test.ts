import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreedMarks } from '../src/agreement/second-marking.js';
import { secondMarkingOf } from '../src/exam/marking-policy.js';
import { readExam } from '../src/exam/read.js';
import { formatMarks, parseMarks, type Marks } from '../src/marks.js';

const marks = (written: string): Marks => {
  const parsed = parseMarks(written);
  if (parsed === undefined) throw new Error(written);
  return parsed;
};
const agreed = (first: string, second: string, rule: 'first' | 'mean', tolerance = '1', step = '0.5') => {
  const found = agreedMarks({
    first: marks(first),
    second: marks(second),
    tolerance: marks(tolerance),
    agreed: rule,
    step: marks(step),
    maximum: marks('10'),
  });
  return found === null ? null : formatMarks(found);
};

describe('two marks for one answer', () => {
  it.each([
    ['the-first-stands', '3', '4', 'first', '3'],
    ['the-mean', '3', '4', 'mean', '3.5'],
    ['a-half-step-to-the-even-one-below', '3', '3.5', 'mean', '3'],
    ['a-half-step-to-the-even-one-above', '3.5', '4', 'mean', '4'],
    ['the-order-of-the-two-does-not-matter-to-the-mean', '4', '3.5', 'mean', '4'],
    ['the-same-marks-are-not-rounded', '3.25', '3.25', 'mean', '3.25'],
    ['exactly-the-tolerance-apart', '2', '3', 'first', '2'],
    ['more-than-the-tolerance-apart', '2', '3.001', 'first', null],
    ['more-than-the-tolerance-apart-the-other-way', '3.5', '2', 'mean', null],
  ] as const)('%s', (_name, first, second, rule, expected) => {
    expect(agreed(first, second, rule)).toBe(expected);
  });

  it('without-a-tolerance-only-the-same-agree', () => {
    expect(agreed('2', '2', 'first', '0')).toBe('2');
    expect(agreed('2', '2.5', 'first', '0')).toBeNull();
  });

  it('what-is-agreed-lies-within-half-a-step-of-the-two-and-never-above-what-the-part-gives', () => {
    const thousandths = fc.bigInt({ min: 0n, max: 2500n });
    fc.assert(
      fc.property(thousandths, thousandths, fc.constantFrom(250n, 500n, 1000n), (first, second, step) => {
        const found = agreedMarks({
          first,
          second,
          tolerance: 2500n,
          agreed: 'mean',
          step,
          maximum: 2500n,
        });
        const [low, high] = first < second ? [first, second] : [second, first];
        expect(found).not.toBeNull();
        expect((found ?? -1n) * 2n).toBeGreaterThanOrEqual(low * 2n - step);
        expect((found ?? -1n) * 2n).toBeLessThanOrEqual(high * 2n + step);
        expect(found ?? 0n).toBeLessThanOrEqual(2500n);
      }),
    );
  });
});

describe('second marking of an exam', () => {
  const PAPER = (policy: string) =>
    readExam(
      `format: 1\nexam: x\ntitle: X\nmarking: ${policy}\nquestions:\n` +
        ['1', '2']
          .map(
            (id) =>
              `  - { id: ${id}, kind: essay, marks: 1, prompt: Why?, rubric: [{ id: a, says: A, marks: 1 }] }\n`,
          )
          .join(''),
    );
  const policyOf = (policy: string, part: string) => {
    const reading = PAPER(policy);
    if (reading.kind === 'refused') throw new Error(reading.errors[0]?.message);
    const { marking } = reading.definition;
    return marking === undefined ? null : secondMarkingOf(marking, part);
  };

  it('none-where-nothing-is-said', () => expect(policyOf('{}', '1')).toBeNull());

  it('all-a-share-or-none-in-general-and-by-part', () => {
    const policy =
      '{ step: 0.25, secondMarking: { of: 20%, tolerance: 0.5, agreed: mean, parts: { "2": { of: all, tolerance: 1 } } } }';
    const general = { share: 2000, tolerance: 500n, agreed: 'mean', step: 250n };
    expect(policyOf(policy, '1')).toEqual(general);
    expect(policyOf(policy, '2')).toEqual({ ...general, share: 10_000, tolerance: 1000n });
    expect(policyOf('{ secondMarking: { parts: { "1": { of: none } } } }', '1')).toBeNull();
    expect(policyOf('{ secondMarking: {} }', '1')).toMatchObject({
      share: 10_000,
      tolerance: 0n,
      agreed: 'first',
    });
  });

  it('a-step-of-nothing-is-refused', () =>
    expect(PAPER('{ step: 0 }')).toMatchObject({ errors: [{ message: 'expected a step above 0' }] }));

  it('a-part-that-the-exam-does-not-have-is-refused-at-its-place', () => {
    expect(PAPER('{ secondMarking: { parts: { "3": { of: all } } } }')).toMatchObject({
      kind: 'refused',
      errors: [{ path: 'marking.secondMarking.parts.3', message: 'the exam has no part "3"', line: 4 }],
    });
  });
});
