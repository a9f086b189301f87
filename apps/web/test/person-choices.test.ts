import { describe, expect, it } from '@jest/globals';
import { choiceOf, foundAmong, foundInWords, withMore } from '../src/examiner/personChoices.js';

const person = (at: number, name = `Student ${at}`, studentNumber: string | null = `N-${at}`) =>
  choiceOf({ id: `p${at}`, name, email: `p${at}@example.org`, studentNumber });

describe('choosing a person', () => {
  it('is-by-name-and-number-or-address', () => {
    expect(person(1, 'Ada Lovelace').label).toBe('Ada Lovelace (N-1)');
    expect(person(1, 'Ada Lovelace', null).label).toBe('Ada Lovelace (p1@example.org)');
  });

  it.each([
    ['lovelace ADA', ['p1']],
    ['p2@', ['p2']],
    ['ada n-3', ['p3']],
    ['  ', ['p1', 'p2', 'p3']],
    ['grace', []],
  ])('%j-finds %j', (typed, ids) => {
    const choices = [person(1, 'Ada Lovelace'), person(2, 'Alan Turing', null), person(3, 'Ada Yonath')];
    expect(foundAmong(choices, typed).choices.map(({ value }) => value)).toEqual(ids);
  });

  it('of-ten-thousand-shows-fifty-and-says-how-many-more-there-are', () => {
    const choices = Array.from({ length: 10_000 }, (_, at) => person(at));
    const shown = withMore(foundAmong(choices, 'student'));
    expect(shown).toHaveLength(51);
    expect(shown.at(-1)).toMatchObject({
      label: 'And 9950 more: type more of the name, number or address',
      disabled: true,
    });
    expect(withMore(foundAmong(choices, 'student 9999'))).toEqual([person(9999)]);
  });

  it.each([
    ['student', '100 found, the first is Student 0 (N-0)'],
    ['student 42', '1 found: Student 42 (N-42)'],
    ['grace', 'Nobody is called that here'],
  ])('of-%j-it-is-read-out-that-%j', (typed, says) => {
    const choices = Array.from({ length: 100 }, (_, at) => person(at));
    expect(foundInWords(foundAmong(choices, typed))).toBe(says);
  });
});
