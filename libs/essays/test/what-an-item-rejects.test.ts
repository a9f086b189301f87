import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const isCovered = (asked: string, says: readonly string[], answer: string): boolean =>
  prepareAssessor({ asked, points: says.map((each, at) => ({ id: String(at), says: each })) }).assess(answer)
    .suggestions[0]?.verdict === 'likely-covered';

describe('an item that tells what was once thought', () => {
  const asked = 'How has the view of heat changed?';
  const says = [
    'It used to be thought that heat was a fluid, but now we know that it is motion of particles.',
  ];
  it.each([
    [
      'told-as-what-was-thought',
      'People used to think that heat was a fluid but now we know it is motion of particles.',
      true,
    ],
    ['claimed-as-what-was-so', 'Heat was a fluid but now heat is motion of particles.', false],
    [
      'the-other-way-round',
      'People used to think that heat is motion of particles but now we know it is a fluid.',
      false,
    ],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('an item that calls something wrong', () => {
  const asked = 'Judge the claims on training.';
  const says = ['The claim that more epochs always help is wrong.', 'A smaller network may do as well.'];
  it.each([
    ['called-wrong', 'The claim that more epochs always help is wrong.', true],
    ['called-wrong-behind', 'It is claimed that more epochs always help, which is wrong.', true],
    ['claimed', 'More epochs always help.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});
