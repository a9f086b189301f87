import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const verdictOf = (says: string | readonly string[], answer: string, asked = 'Explain how it works.') => {
  const [first = '', ...wordings] = typeof says === 'string' ? [says] : says;
  return prepareAssessor({
    asked,
    points: [
      { id: 'item', says: first, wordings },
      { id: 'other', says: 'The bill is sent once a year.' },
    ],
  }).assess(answer).suggestions[0]?.verdict;
};

describe('what only looks like the opposite', () => {
  it.each([
    [
      'at-least-one-of-them-counts-nothing',
      'The oak is the tallest of the 5 trees.',
      'The oak is the tallest, and at least one of the trees is smaller.',
      'The oak is the tallest of the 3 trees.',
    ],
    [
      'none-or-very-little',
      'The juice contains little or no sugar.',
      'There was none or very little sugar in the juice.',
      'There was very much sugar in the juice.',
    ],
    [
      'only-so-many-at-most',
      'The maximum number of leaves per branch is two.',
      'Each branch can have only two leaves.',
      'Each branch has leaves, and two of them are green.',
    ],
    [
      'what-no-two-do',
      'Neurons of one layer are not connected with each other.',
      'It is called restricted, because no two neurons of one layer share a connection.',
      'It is called restricted, because two neurons of one layer share a connection.',
    ],
    [
      'kept-as-it-is',
      'Skip connections and layer normalisation keep the training stable.',
      'There is a skip connection and a layer normalisation, which make the training stable.',
      'Skip connections and layer normalisation keep the training from being stable.',
    ],
    [
      'hidden-or-not-to-be-seen',
      'A causal mask hides later tokens.',
      "Causal masking: a token can't attend to later tokens.",
      'A causal mask does not hide later tokens.',
    ],
    [
      'blind-to-it',
      'Positional encodings are added because attention does not know the order of the tokens.',
      'The positional encoding is added since attention is order-blind.',
      'The positional encoding is added since attention knows the order of the tokens.',
    ],
    [
      'of-a-small-one-and-a-large-one-the-large',
      'A small student network is trained to reproduce the outputs of a large teacher.',
      'A compact student network is trained to reproduce the outputs of the big teacher.',
      'A large student network is trained to reproduce the outputs of a small teacher.',
    ],
    [
      'a-list-is-no-new-clause',
      'Each token is turned into a query, a key and a value by learned linear maps of the network.',
      'By learned linear maps of the network each token is turned into its query, its key and its value.',
      'No token is turned into a query, a key or a value by learned linear maps of the network.',
    ],
  ])('%s', (_name, says, same, other) => {
    expect(verdictOf(says, same)).toBe('likely-covered');
    expect(verdictOf(says, other)).not.toBe('likely-covered');
  });
});

describe('wordings that contradict one another', () => {
  const points = [
    {
      id: 'item',
      says: 'When the road is shut, the van and the bus are no longer linked to the town.',
      wordings: ['The van is linked to the bus and to the town.'],
    },
  ];
  it.each([
    ['as-one-has-it', 'The van and the bus are not linked to the town when the road is shut.', true],
    ['as-neither-has-it', 'The road is shut by the van.', false],
  ])('%s', (_name, answer, holds) => {
    const [found] = prepareAssessor({ asked: 'What became of the cars?', points }).assess(answer).suggestions;
    expect(found?.verdict === 'likely-covered').toBe(holds);
  });
});

describe('an item of two sentences', () => {
  const asked = 'What changes when the drum is struck harder?';
  const covered = (answer: string): boolean =>
    prepareAssessor({
      asked,
      points: [{ id: 'item', says: 'The volume increases. The sound is louder.' }],
    }).assess(answer).suggestions[0]?.verdict === 'likely-covered';
  it.each([
    ['the-first', 'The volume will be higher.', true],
    ['the-second', 'The sound gets louder.', true],
    ['neither', 'The drum breaks.', false],
    ['the-opposite', 'The sound is not louder.', false],
  ])('%s', (_name, answer, holds) => {
    expect(covered(answer)).toBe(holds);
  });
});

describe('how it is put', () => {
  const asked =
    'You have a classifier for a rare disease. Explain accuracy, precision, recall and the ROC curve.';
  it.each([
    [
      'what-misleads-is-no-lie',
      'Accuracy misleads because always predicting healthy is right for nearly all patients.',
      'Accuracy is misleading: predicting "healthy" all the time is already right for almost every patient.',
      true,
    ],
    [
      'above-compares',
      'The area under the ROC curve is the probability that a positive gets a higher score than a negative.',
      'AUC is the probability that a random positive is ranked above a random negative.',
      true,
    ],
    [
      'compares-not',
      'The area under the ROC curve is the probability that a positive gets a higher score than a negative.',
      'AUC is the probability that a positive gets a score.',
      false,
    ],
  ])('%s', (_name, says, answer, holds) => {
    expect(verdictOf(says, answer, asked) === 'likely-covered').toBe(holds);
  });
});

describe('how an answer ends', () => {
  const says = 'The output of attention is the sum of the values weighted by the attention weights.';
  it.each([
    ['an-item-of-a-list-that-others-follow', '- output = weighted sum of the values\n- it is fast', true],
    ['within-the-words-of-the-item', 'The output of attention is the sum of the values', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(says, answer, 'Explain attention in a Transformer.') === 'likely-covered').toBe(holds);
  });
});

describe('a formula among words', () => {
  it.each([
    ['named-in-words', 'O(n^2) cost in the length n of the sequence', true],
    ['alone', 'O(n^2)', false],
  ])('%s', (_name, answer, holds) => {
    const says = 'The cost of attention grows with the square of the sequence length.';
    expect(verdictOf(says, answer, 'What does attention cost?') === 'likely-covered').toBe(holds);
  });
});
