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

describe('an item with a list of examples', () => {
  const asked = 'Why are several layers preferred, and when do more of them not help?';
  const says = [
    'Names a cost or a limit of depth, such as overfitting on little data, vanishing gradients or compute.',
    'Later layers compose features of earlier ones.',
  ];
  it.each([
    ['the-first', 'With little data a deeper network overfits.', true],
    ['the-last', 'More layers cost more compute.', true],
    ['in-the-middle', 'In very deep networks there are vanishing gradients.', true],
    ['none', 'The network has little to learn then.', false],
    ['half-of-one', 'The patterns are learned, which helps overfitting.', false],
    [
      'words-of-one-on-two-sides-of-a-comparison',
      'Deeper networks are better on unseen data than networks with less layers, which helps overfitting.',
      false,
    ],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });

  it('what-an-example-says-of-another-thing-is-needed-too', () => {
    const others = ['The fence keeps out animals such as foxes or deer at night.', 'It is cheap.'];
    expect(isCovered('What is the fence for?', others, 'There are foxes.')).toBe(false);
  });
});

describe('an item that lets do one thing or else another', () => {
  const asked = 'How would you make sure of the result?';
  const says = [
    'Repeats with several seeds, or otherwise deals with the chance of a single run.',
    'Judges on data kept apart.',
  ];
  it.each([
    ['the-one', 'I would repeat each size with several seeds.', true],
    ['neither', 'I would take several layers.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});
