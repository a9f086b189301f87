import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const verdictOf = (says: string, answer: string) =>
  prepareAssessor({ asked: 'Explain the figures and the choices.', points: [{ id: 'item', says }] }).assess(
    answer,
  ).suggestions[0]?.verdict;

describe('what is reckoned of two things', () => {
  const overlap = 'The score is the area of the overlap divided by the area of the union of both boxes.';
  const precision = 'Precision is the share of predicted positives that are truly positive.';
  const error = 'The error is the target minus the prediction.';
  it.each([
    [
      'divided-as-said',
      overlap,
      'Divide the area of the overlap by the area of the union of both boxes.',
      true,
    ],
    [
      'divided-the-other-way',
      overlap,
      'Divide the area of the union of both boxes by the area of the overlap.',
      false,
    ],
    [
      'a-ratio',
      overlap,
      'It is the ratio of the area of the overlap to that of the union of the boxes.',
      true,
    ],
    [
      'a-ratio-turned-round',
      overlap,
      'The score is the ratio of the area of the union of both boxes to the overlap.',
      false,
    ],
    [
      'a-share',
      precision,
      'Precision is the fraction of the predicted positives that really are positive.',
      true,
    ],
    [
      'the-share-of-the-others',
      precision,
      'Precision is the fraction of true positives that are predicted positive.',
      false,
    ],
    ['a-difference', error, 'The error is the target minus the prediction.', true],
    ['a-difference-turned-round', error, 'The error is the prediction minus the target.', false],
    ['subtracted-the-other-way', error, 'For the error subtract the target from the prediction.', false],
  ])('%s', (_name, says, answer, holds) => {
    const verdict = verdictOf(says, answer);
    if (holds) expect(verdict).not.toBe('possible-conflict');
    else expect(verdict).toBe('possible-conflict');
  });
});

describe('cases', () => {
  const large = 'If the weights are too large, activations or gradients explode.';
  const small = 'If the weights are too small, the signal and the gradients vanish.';
  const same = 'If all weights start with the same value, all neurons of a layer compute the same.';
  it.each([
    [
      'of-the-other-case-something-else',
      large,
      'If they are too tiny, the activations shrink to nothing.',
      false,
    ],
    [
      'of-the-other-case-the-same',
      large,
      'If the weights are too small, the activations or gradients explode.',
      true,
    ],
    [
      'both-cases',
      small,
      'The activations should not vanish: with too big weights they explode, with too little ones they vanish.',
      false,
    ],
    [
      'nothing-is-left',
      small,
      'If these are too tiny the activations shrink from layer to layer until nothing of the signal is left.',
      false,
    ],
    [
      'a-warning-of-the-case',
      same,
      'We must not set every weight to the same number, since then every unit of a layer does the same computation.',
      false,
    ],
    [
      'a-warning-of-what-is-no-case',
      'Weights are drawn at random.',
      'Weights must not be drawn at random, since then nothing can be repeated.',
      true,
    ],
  ])('%s', (_name, says, answer, isConflict) => {
    expect(verdictOf(says, answer) === 'possible-conflict').toBe(isConflict);
  });
});

describe('above and below', () => {
  const says = 'A temperature below one makes the distribution sharper.';
  it.each([
    ['as-said', 'With a temperature below one the distribution gets sharper.', true],
    [
      'from-the-other-side',
      'A temperature above one makes the distribution flatter, below one sharper.',
      true,
    ],
    [
      'the-other-way-round',
      'A temperature above one makes the distribution sharper, below one flatter.',
      false,
    ],
    ['the-other-one', 'A temperature above one makes the distribution sharper.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(says, answer) === 'likely-covered').toBe(holds);
  });
});
