import { describe, expect, it } from '@jest/globals';
import { problemOf } from '../src/api/problem.js';
import { examNameIn } from '../src/examiner/examName.js';
import { heldBecause, latestOf } from '../src/examiner/held.js';
import { safeReturn } from '../src/shell/home.js';

describe('going back after signing in', () => {
  it.each(['/exams/one', '/marking/x/y?state=all'])('goes to %s', (to) => expect(safeReturn(to)).toBe(to));
  it.each([
    undefined,
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/sign-in?to=/',
  ])('does-not-go-to %s', (to) => expect(safeReturn(to)).toBeNull());
});

describe('problems', () => {
  it('reads-problem-details-with-places', () => {
    const problem = problemOf(422, new Headers({ 'x-request-id': 'r-1' }), {
      title: 'The exam cannot be read',
      detail: 'One error.',
      errors: [{ line: 6, column: 11, path: 'questions[0].kind', message: 'expected a kind' }, 'nonsense'],
    });
    expect(problem).toMatchObject({
      status: 422,
      title: 'The exam cannot be read',
      detail: 'One error.',
      requestId: 'r-1',
    });
    expect(problem.errors).toEqual([
      { line: 6, column: 11, path: 'questions[0].kind', message: 'expected a kind', expected: undefined },
    ]);
  });

  it.each([
    [413, 'The file is too large'],
    [502, 'The server has a fault'],
    [418, 'The request was refused'],
  ])('says something for %i without a body', (status, title) =>
    expect(problemOf(status, new Headers(), null).title).toBe(title),
  );
});

describe('releasing', () => {
  const parts = { absent: 0, pending: 0, needsPerson: 0, proposed: 0, marked: 3, failed: 0, excused: 0 };
  const submission = {
    id: 's',
    candidate: 'C',
    attempt: 1,
    state: 'ready',
    receivedAt: '',
    counts: true,
    late: false,
    parts,
  } as const;

  it('holds-nothing-that-is-wholly-marked', () => expect(heldBecause(submission)).toBeNull());

  it('says-why-a-submission-is-held', () => {
    expect(heldBecause({ ...submission, parts: { ...parts, proposed: 2, failed: 1 } })).toBe(
      '2 parts with only the machine’s proposal, 1 part that failed on our side',
    );
    expect(heldBecause({ ...submission, parts: { ...parts, absent: 1 } })).toMatch(/without an answer/);
    expect(heldBecause({ ...submission, state: 'working' })).toBe('still being read');
    expect(heldBecause({ ...submission, parts: { ...parts, excused: 1 } })).toBeNull();
    expect(heldBecause({ ...submission, parts: { ...parts, marked: 0, excused: 3 } })).toMatch(/excused/);
  });

  it('counts-the-latest-attempt-of-each-candidate', () => {
    const attempts = [
      submission,
      { ...submission, id: 't', attempt: 2 },
      { ...submission, id: 'u', candidate: 'D' },
    ];
    expect(latestOf(attempts).map(({ id }) => id)).toEqual(['t', 'u']);
  });
});

describe('the name of an exam', () => {
  it.each([
    ['format: 1\nexam: deep-learning-2026\n', 'deep-learning-2026'],
    ['exam: "quoted"  # why not', 'quoted'],
    ['title: exam: no\n', null],
    ['  exam: nested\n', null],
    ['exam: two words\n', null],
  ])('in %j', (yaml, name) => expect(examNameIn(yaml)).toBe(name));
});
