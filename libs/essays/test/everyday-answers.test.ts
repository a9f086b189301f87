import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type Verdict } from '../src/index.js';

const verdictOf = (asked: string, says: string, answer: string) =>
  prepareAssessor({ asked, points: [{ id: 'item', says }] }).assess(answer).suggestions[0]?.verdict;

const covered: Verdict = 'likely-covered';

describe('the same in another form of the word', () => {
  it.each([
    ['a-lower-grade', 'The northern cliff is the steepest.', 'The northern cliff is steeper.', true],
    ['no-grade-at-all', 'The northern cliff is the steepest.', 'It is the northern cliff.', false],
    ['to-have-for-to-contain', 'It contains salt.', 'The juice has salt in it.', true],
    ['there-is-for-to-contain', 'It contains salt.', 'There is salt in the juice.', true],
    ['having-none', 'It contains salt.', 'The juice has no salt.', false],
    [
      'a-figure-for-a-number-in-words',
      'The most leaves a branch may have is two.',
      'A branch may have at most 2 leaves',
      true,
    ],
    [
      'another-figure',
      'The most leaves a branch may have is two.',
      'A branch may have at most 3 leaves',
      false,
    ],
    ['vowels-spelt-wrong', 'Particles of the perfume spread.', 'Partacals of the perfume spread.', true],
  ])('%s', (_name, says, answer, holds) => {
    expect(verdictOf('What can be seen?', says, answer) === covered).toBe(holds);
  });
});

describe('what no one does', () => {
  const says = 'None of the nails could scratch the plate.';
  it.each([
    ['is-not-done', 'The plate could not be scratched by the nails.', true],
    ['is-done-by-some', 'The plate could be scratched by the nails.', false],
    ['is-done-by-all', 'All of the nails could scratch the plate.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf('What did the test show?', says, answer) === covered).toBe(holds);
  });
});

describe('what is left open beside it', () => {
  it.each([
    [
      'whether-or-not',
      'The guard looks at the badge at least once.',
      'It is decided whether or not to let them in after the guard looks at the badge at least once.',
      true,
    ],
    [
      'denied',
      'The guard looks at the badge at least once.',
      'The guard does not look at the badge once.',
      false,
    ],
  ])('%s', (_name, says, answer, holds) => {
    expect(verdictOf('What happens at the gate?', says, answer) === covered).toBe(holds);
  });
});

describe('how everyday answers are put', () => {
  it.each([
    [
      'again-and-again',
      'A song that quotes itself.',
      'a song that quotes itself over and over until it ends in the first note',
      true,
    ],
    [
      'numbers-of-things',
      'Jars 2 and 3 are full. There is sand on the lid of 2 and 3.',
      '2 and 3. There is sand on the lid.',
      true,
    ],
    [
      'words-in-no-order',
      'A song that quotes itself.',
      'a the song of itself with that over and quotes is of',
      false,
    ],
  ])('%s', (_name, says, answer, holds) => {
    expect(verdictOf('What is it?', says, answer) === covered).toBe(holds);
  });
});
