import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

/** Misconceptions typical of the field; a sentence that holds each, and one that rightly denies it. */
const MISCONCEPTIONS: readonly (readonly [listed: string, holds: string, denies: string])[] = [
  [
    'Batch normalisation removes overfitting.',
    'With batch normalisation overfitting is removed entirely.',
    'Batch normalisation does not remove overfitting, it only regularises a little.',
  ],
  [
    'A GRU has only one gate.',
    'A GRU has just one gate, unlike the LSTM.',
    'A GRU has two gates and not only one gate.',
  ],
  [
    'Softmax has to be applied before cross entropy loss in PyTorch.',
    'In PyTorch one has to apply softmax before the cross entropy loss.',
    'In PyTorch softmax must not be applied before the cross entropy loss.',
  ],
  [
    'Dropout is active at test time.',
    'Dropout is also active at test time.',
    'At test time dropout is not active.',
  ],
  [
    'A larger learning rate always converges faster.',
    'A larger learning rate always leads to faster convergence.',
    'A larger learning rate does not always converge faster, it may diverge.',
  ],
  [
    'Deeper networks always have lower training error.',
    'Deeper networks always reach a lower training error.',
    'It is wrong that deeper networks always have lower training error.',
  ],
  [
    'Skip connections reduce the number of parameters.',
    'Skip connections reduce the number of parameters of the network.',
    'Skip connections do not reduce the number of parameters.',
  ],
  [
    'Max pooling has learnable weights.',
    'Max pooling has learnable weights that are trained.',
    'Max pooling has no learnable weights.',
  ],
  [
    'The validation set is used to train the weights.',
    'The weights are trained on the validation set.',
    'The validation set is never used to train the weights.',
  ],
  [
    'ReLU causes vanishing gradients for positive inputs.',
    'For positive inputs ReLU causes vanishing gradients.',
    'ReLU does not cause vanishing gradients for positive inputs.',
  ],
  [
    'Attention weights are fixed after training.',
    'After training the attention weights are fixed.',
    'The attention weights are not fixed after training, they depend on the input.',
  ],
  [
    'Transformers process tokens one after another during training.',
    'In training transformers process the tokens one after another.',
    'During training transformers process tokens in parallel and not one after another.',
  ],
  [
    'The discriminator is used to generate images.',
    'The discriminator is used to generate the images.',
    'The discriminator is not used to generate images, that is what the generator does.',
  ],
  [
    'Weight decay increases the weights.',
    'Weight decay increases the weights of the network.',
    'Weight decay does not increase the weights but shrinks them.',
  ],
  [
    'Data augmentation makes the model memorise the training set.',
    'Data augmentation makes the model memorise the training set better.',
    'Data augmentation keeps the model from memorising the training set.',
  ],
  [
    'Sigmoid outputs are zero centred.',
    'The outputs of the sigmoid are zero centred.',
    'Sigmoid outputs are not zero centred.',
  ],
  [
    'Gradient clipping solves vanishing gradients.',
    'Gradient clipping solves the vanishing gradients.',
    'Gradient clipping does not solve vanishing gradients, only exploding ones.',
  ],
  [
    'Adam does not need a learning rate.',
    'Adam does not need any learning rate.',
    'Adam still needs a learning rate.',
  ],
  [
    'A convolution has a separate weight for every pixel.',
    'A convolution has a separate weight for each pixel.',
    'A convolution does not have a separate weight for every pixel because weights are shared.',
  ],
  [
    'Zero initialisation breaks the symmetry between neurons.',
    'Initialising with zero breaks the symmetry between neurons.',
    'Zero initialisation cannot break the symmetry between neurons.',
  ],
  [
    'The encoder of a VAE outputs a single deterministic code.',
    'The VAE encoder outputs a single deterministic code.',
    'The encoder of a VAE outputs a distribution rather than a single deterministic code.',
  ],
  [
    'Early stopping monitors the training loss.',
    'Early stopping monitors the training loss and stops when it rises.',
    'Early stopping does not monitor the training loss but the validation loss.',
  ],
  [
    'BERT predicts the next token from left to right.',
    'BERT predicts the next token from left to right.',
    'BERT does not predict the next token from left to right.',
  ],
  [
    'A linear network with many layers can represent nonlinear functions.',
    'A linear network with many layers can represent nonlinear functions.',
    'A linear network with many layers cannot represent nonlinear functions.',
  ],
  [
    'Small batches give less noisy gradients.',
    'Small batches give less noisy gradients.',
    'Small batches give noisier gradients.',
  ],
  [
    'Positional encodings are not needed in a transformer.',
    'In a transformer positional encodings are not needed.',
    'Positional encodings are needed in a transformer.',
  ],
  [
    'Cross entropy is minimal when predictions are uniform.',
    'Cross entropy is minimal when the predictions are uniform.',
    'Cross entropy is not minimal when predictions are uniform.',
  ],
  [
    'Fine tuning always trains all layers from scratch.',
    'Fine tuning trains all layers from scratch.',
    'Fine tuning does not train all layers from scratch.',
  ],
  [
    'Mode collapse means that the discriminator always outputs zero.',
    'Mode collapse means that the discriminator always outputs zero.',
    'Mode collapse does not mean that the discriminator always outputs zero.',
  ],
  [
    'Accuracy is a good measure for imbalanced classes.',
    'For imbalanced classes accuracy is a good measure.',
    'Some say accuracy is a good measure for imbalanced classes, but it is misleading.',
  ],
];

const finds = (says: string, answer: string): boolean =>
  prepareAssessor({
    asked: 'Explain the method and how it is trained.',
    points: [{ id: 'trained', says: 'The network is trained by gradient descent.' }],
    misconceptions: [{ id: 'wrong', says }],
  }).assess(answer).misconceptions.length > 0;

describe.each(MISCONCEPTIONS)('%s', (listed, holds, denies) => {
  it('is found where it is held', () => {
    expect(finds(listed, holds)).toBe(true);
  });

  it('is not found where it is denied', () => {
    const within = listed.charAt(0).toLowerCase() + listed.slice(1, -1);
    for (const answer of [
      denies,
      `It is a misconception that ${within}.`,
      `Many think that ${within}, but this is wrong.`,
      `${listed} This is wrong.`,
    ]) {
      expect(finds(listed, answer)).toBe(false);
    }
  });
});
