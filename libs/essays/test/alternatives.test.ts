import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const isCovered = (asked: string, says: readonly string[], answer: string): boolean =>
  prepareAssessor({ asked, points: says.map((each, at) => ({ id: String(at), says: each })) }).assess(answer)
    .suggestions[0]?.verdict === 'likely-covered';

describe('an item with an "or" between two phrases', () => {
  it.each([
    ['one-side', 'To remove rust.', true],
    ['the-other-side', 'Removing paint stains.', true],
    ['both', 'It removes paint stains, and rust too.', true],
    ['part-of-a-side', 'Removing the stains of wine.', false],
    ['neither', 'Removing the paper.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered('What is the tool used for?', ['Removing paint stains or rust'], answer)).toBe(holds);
  });

  it.each([
    ['the-first-of-two-qualities', 'A larger learning rate can be used.', true],
    ['ending-before-the-or', 'With it a larger learning rate works', true],
    ['the-second', 'It makes the optimisation smoother.', true],
    ['another-thing', 'It allows a larger batch.', false],
    ['denied', 'No larger learning rate can be used.', false],
  ])('%s', (_name, answer, holds) => {
    const says = ['Allows larger learning rates or a smoother optimisation.', 'Divides by the deviation.'];
    expect(isCovered('What does batch normalisation do?', says, answer)).toBe(holds);
  });

  it('what-is-said-of-both-sides-is-no-part-of-the-second', () => {
    const says = ['Several keys or doors share the same number.', 'The number is cut into the metal.'];
    expect(isCovered('How are locks numbered?', says, 'They share a room.')).toBe(false);
  });
});
