import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const isCovered = (asked: string, says: string, answer: string): boolean =>
  prepareAssessor({ asked, points: [{ id: 'item', says }] }).assess(answer).suggestions[0]?.verdict ===
  'likely-covered';

describe('how a quantity is reckoned', () => {
  const asked = 'How is the fare reckoned?';
  const says = 'The price is proportional to the product of the cargo and the mileage.';
  it.each([
    ['in-the-same-words', 'The price is proportional to the product of cargo and mileage.', true],
    ['as-a-product', 'The price is a constant times the product of the cargo and the mileage.', true],
    ['only-that-it-depends', 'The price depends on the cargo and on the mileage.', false],
    ['another-product', 'The price is proportional to the product of the cargo and the price.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what a quantity is measured in', () => {
  const asked = 'What does the scale print?';
  const says = 'The weight in grams of its load.';
  it.each([
    ['the-measure-moved', 'The weight of the load in grams.', true],
    ['without-the-measure', 'The weight of the load, which it checks twice.', false],
    ['words-in-no-order', 'Of the grams weight load in its the.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what is denied by its prefix', () => {
  const asked = 'What does a kernel do to the data?';
  const says = 'The data is cast nonlinearly into a space of more dimensions.';
  it.each([
    ['said', 'The data is cast nonlinearly into a space with more dimensions.', true],
    ['in-two-words', 'It casts the data into a space of more dimensions in a non-linear way.', true],
    ['left-out', 'The data is cast into a space with more dimensions.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('words without what they stand beside', () => {
  const asked = 'Describe transfer learning for a small image data set. Which layers do you freeze?';
  it.each([
    [
      'said',
      'Replace the last layer by a new classifier for the new classes and train it.',
      'The last layer is replaced by a new classifier for our classes, which is then trained.',
      true,
    ],
    [
      'over-two-sentences',
      'Replace the last layer by a new classifier for the new classes and train it.',
      'Freeze the last layers because the classifier finds edges, and train the early ones. The pretrained weights are replaced by noise before.',
      false,
    ],
    [
      'a-heavy-one-of-three',
      'The variance is how much the prediction changes with the training set.',
      'High variance makes the network learn the noise of the training set by heart, which is overfitting.',
      false,
    ],
  ])('%s', (_name, says, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a last sentence without its stop', () => {
  const asked = 'Explain what dropout does.';
  const says = 'During training each unit is set to zero at random with some probability.';
  it.each([
    [
      'whole',
      'It is popular. During training each unit is set to zero at random with some probability',
      true,
    ],
    ['cut-before-its-end', 'It is popular. During training each unit is set to', false],
    [
      'cut-at-a-small-word',
      'It is popular. During training each unit is set to zero at random with some',
      false,
    ],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what is said of a list', () => {
  const asked = 'How do you divide the data?';
  const says = 'The data is split into a training set, a validation set and a test set.';
  it.each([
    ['each-named', 'It is split into a training set, a test set and a validation set.', true],
    ['named-once', 'The data is split into training, validation and test data.', true],
    ['one-left-out', 'The data is used for training.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a phrase of another subject', () => {
  const asked = 'What is in a class?';
  const says = 'Data members and member functions.';
  it.each([
    ['both', 'It has member functions and data members.', true],
    ['one-that-shares-a-word-with-the-other', 'It has member functions.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a word that decides which of several is meant', () => {
  it.each([
    [
      'nearest-said',
      'Which base serves a phone?',
      'The base that is closest to the phone.',
      'The base nearest to the phone.',
      true,
    ],
    [
      'nearest-left-out',
      'Which base serves a phone?',
      'The base that is closest to the phone.',
      'The base that talks to the phone.',
      false,
    ],
    [
      'opposite-said',
      'How does a step go?',
      'The weights move in the direction opposite to the gradient.',
      'The weights move in the direction of the negative gradient.',
      true,
    ],
    [
      'opposite-left-out',
      'How does a step go?',
      'The weights move in the direction opposite to the gradient.',
      'The weights move in the direction of the gradient.',
      false,
    ],
  ])('%s', (_name, asked, says, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a term that the item itself explains', () => {
  const asked = 'What does backpropagation reckon?';
  const says = 'The gradient consists of the partial derivatives of the loss with respect to each weight.';
  it.each([
    [
      'both-said',
      'The gradient consists of the partial derivatives of the loss with respect to each weight.',
      true,
    ],
    ['only-the-term', 'It reckons the gradient of the loss for the weights.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('words that only look alike', () => {
  it.each([
    [
      'made-up-of-is-no-rise',
      'What does an SVM look for?',
      'The margin between the positive and the negative examples is maximised.',
      'The positive and the negative examples with a margin make up the boundary.',
      false,
    ],
    [
      'either-order-of-two',
      'What does an SVM look for?',
      'The margin between the positive and the negative examples is maximised.',
      'The margin between negative and positive examples is maximised.',
      true,
    ],
    [
      'linear-and-non-linear',
      'What is a sigmoid like?',
      'It balances linear and nonlinear behaviour.',
      'It has a balance of linear and non-linear behaviour.',
      true,
    ],
    [
      'nonlinear-alone',
      'What is a sigmoid like?',
      'It combines linear and nonlinear behaviour in one curve.',
      'Its behaviour is non-linear.',
      false,
    ],
  ])('%s', (_name, asked, says, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what an item denies', () => {
  const asked = 'How is an autoencoder trained?';
  const says = 'No labels are needed.';
  it.each([
    ['denied', 'It needs no labels.', true],
    ['denied-in-other-words', 'It can be trained without any labels.', true],
    ['only-named', 'The labels show which of the inputs are needed.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a denial that only follows', () => {
  it('what-follows-may-be-left-out', () => {
    const says = 'The gradient can flow directly through the skip connection, so it does not vanish.';
    const answer = 'The skip connection lets the gradient flow directly through the network.';
    expect(isCovered('What makes deep networks trainable?', says, answer)).toBe(true);
  });
});

describe('a misconception about several of a kind', () => {
  it('plural-of-an-abbreviation', () => {
    const assessor = prepareAssessor({
      asked: 'Which recurrent cells do you know?',
      points: [{ id: 'item', says: 'A GRU has an update gate and a reset gate.' }],
      misconceptions: [{ id: 'one-gate', says: 'A GRU has a single gate.' }],
    });
    const { misconceptions } = assessor.assess('GRUs have a single gate that does both.');
    expect(misconceptions.map(({ misconception }) => misconception)).toEqual(['one-gate']);
  });
});

describe('what a question asks to explain', () => {
  const says = 'The sum of the squared weights is added to the loss.';
  it.each([
    ['said', 'One adds the sum of the squares of all weights to the loss.', true],
    ['only-that-there-is-a-term', 'A penalty term is added to the loss.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered('How does L2 regularisation work?', says, answer)).toBe(holds);
  });
});

describe('what is denied, affirmed', () => {
  it('is-no-denial-by-itself', () => {
    const [suggestion] = prepareAssessor({
      asked: 'Why is the tank not empty?',
      points: [{ id: 'item', says: 'There is no gap between the plates.' }],
    }).assess('There is a gap.').suggestions;
    expect(suggestion?.because).toContain('The item says what is not so, and the sentence denies nothing.');
  });
});

describe('one of two of which an item speaks in general', () => {
  const asked = 'What does the meter tell about a lamp terminal and a battery terminal?';
  it.each([
    ['said', 'The two terminals are connected.', true],
    ['of-one-of-them', 'The terminal is connected to the positive battery terminal.', false],
    ['of-one-end', 'The terminal is connected to the negative end of the battery.', false],
    ['of-both', 'The positive and negative terminals are connected.', true],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, 'The terminals are connected.', answer)).toBe(holds);
  });
});

describe('two things of which something is said together', () => {
  const asked = 'When does a switch affect a bulb?';
  it.each([
    ['both', 'The bulb and the switch are contained in the same path.', true],
    ['one-and-what-stands-for-the-other', 'It is contained in the same path as the bulb.', true],
    ['one-of-them', 'The switch is contained in a path.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, 'The switch and the bulb are contained in the same path.', answer)).toBe(holds);
  });
});

describe('something close to what is asked for', () => {
  const asked = 'Why does the bulb shine?';
  it.each([
    ['the-same', 'The battery is still in a closed path.', true],
    ['something-kindred', 'The battery is still in a closed circuit.', false],
    ['both-named', 'The circuit has a closed path with the battery in it.', true],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, 'The battery is still in a closed path.', answer)).toBe(holds);
  });
});

describe('what stands in brackets', () => {
  it('need-not-be-said', () => {
    const says =
      'The human skeleton can bend because it has joints (places where the limbs are articulated).';
    expect(isCovered('How does it move?', says, 'The human skeleton can bend because it has joints.')).toBe(
      true,
    );
  });
});

describe('which of several, told by what it has not', () => {
  const asked = 'Why is this a shortcut?';
  const says = 'The battery is contained in a closed path in which there is no bulb.';
  it.each([
    ['said', 'The battery is contained in a closed path with no bulb.', true],
    ['left-out', 'The battery is contained in a closed path.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('an item that speaks of a single thing', () => {
  const asked = 'Why does the lamp go out?';
  it.each([
    ['said', 'There is a gap in the circuit.', true],
    ['denied', 'There is no gap in the circuit.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, 'There is a gap.', answer)).toBe(holds);
  });
});

describe('what an item adds to the question', () => {
  const asked = 'Is the long red rod a strong magnet? What is your evidence?';
  const says = 'No, the long red rod is not a strong magnet. It lifts few nails.';
  it.each([
    ['said', 'No, the long red rod is not a strong magnet, since it lifts few nails.', true],
    ['nothing-of-it', 'No, the long red rod is not a strong magnet, because it is red.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});
