import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const verdictOf = (says: string, answer: string) =>
  prepareAssessor({ asked: 'Explain how it works.', points: [{ id: 'item', says }] }).assess(answer)
    .suggestions[0];

describe('who does it to whom', () => {
  it.each([
    ['The generator fools the discriminator.', 'The discriminator fools the generator.'],
    ['The sun heats the earth.', 'The sun is heated by the earth.'],
    ['Predators eat the prey.', 'The prey eats the predators.'],
    ['Plants give oxygen to animals.', 'Animals give oxygen to plants.'],
    ['The client sends a request to the server.', 'The server sends a request to the client.'],
    ['The process creates a thread.', 'The thread creates the process.'],
    ['The key encrypts the message.', 'The message encrypts the key.'],
    [
      'Bias decreases with model complexity and variance increases.',
      'Variance decreases with model complexity and bias increases.',
    ],
    [
      'Layer normalisation is used instead of batch normalisation.',
      'Batch normalisation is used instead of layer normalisation.',
    ],
    ['A CNN needs fewer weights than a dense network.', 'A dense network needs fewer weights than a CNN.'],
    ['The teacher guides the student.', 'The student guides the teacher.'],
    ['The parent node points to the child node.', 'The child node points to the parent node.'],
    ['The larger model teaches the smaller model.', 'The smaller model teaches the larger model.'],
    [
      'Dropout removes units during training and keeps all units at test time.',
      'Dropout keeps all units during training and removes units at test time.',
    ],
    [
      'The mean is subtracted before the division by the standard deviation.',
      'The standard deviation is subtracted before the division by the mean.',
    ],
    [
      'Oxidation is the loss of electrons and reduction the gain of electrons.',
      'Reduction is the loss of electrons and oxidation is the gain of electrons.',
    ],
    [
      'Smaller batches give noisier gradients than larger batches.',
      'Larger batches give noisier gradients than the smaller ones.',
    ],
    [
      'The softmax is applied after the logits are divided by the temperature.',
      'The logits are divided by the temperature after the softmax is applied.',
    ],
    [
      'The gradient of the loss with respect to the weights is computed by backpropagation.',
      'Backpropagation computes the gradient of the weights with respect to the loss.',
    ],
    [
      'Larger batches give less noisy gradients but need more memory per step.',
      'Larger gradients give less noisy batches.',
    ],
    [
      'Data parallelism splits the batch, model parallelism splits the layers.',
      'Model parallelism splits the batch, whereas data parallelism splits the layers.',
    ],
    [
      'Grid search tries all combinations, random search only some of them.',
      'Random search tries all combinations, while grid search tries only some of them.',
    ],
    [
      'Breadth-first search uses a queue and depth-first search a stack.',
      'Depth-first search uses a queue and breadth-first search a stack.',
    ],
    [
      'In each run one fold is used for testing and the other k-1 folds for training.',
      'In each run one fold is used for training and the other k-1 folds for testing.',
    ],
  ])('%s / %s', (says, answer) => {
    const { verdict, because } = verdictOf(says, answer) ?? {};
    expect(verdict).not.toBe('likely-covered');
    expect(because?.join(' ')).toMatch(/swapped|opposite/);
  });

  it.each([
    ['The generator fools the discriminator.', 'The discriminator is fooled by the generator.'],
    ['The sun heats the earth.', 'The earth gets heated by the sun.'],
    ['Predators eat the prey.', 'The prey is eaten by predators.'],
    ['The process creates a thread.', 'A thread is created by the process.'],
    ['Queries are compared with keys.', 'Keys are compared with queries.'],
    [
      'The encoder, the attention and the decoder are trained together.',
      'The decoder, the attention and the encoder are trained together.',
    ],
    ['During training dropout removes units.', 'Dropout removes units during training.'],
    [
      'Layers with dropout follow dense layers, pooling and convolutions.',
      'Layers with dropout follow convolutions, pooling and dense layers.',
    ],
    [
      'A small student network is trained to reproduce the outputs of a large teacher.',
      'A student network that is small is trained so that it reproduces the outputs of a large teacher.',
    ],
    ['Neurons that fire together wire together.', 'Neurons that wire together fire together.'],
    ['The wheel turns the belt.', 'The belt and the wheel: the wheel turns the belt.'],
    [
      'Bias decreases with model complexity and variance increases.',
      'Variance increases with model complexity and bias decreases.',
    ],
    [
      'Layer normalisation is used instead of batch normalisation.',
      'One uses layer normalisation instead of batch normalisation.',
    ],
  ])('%s = %s', (says, answer) => {
    expect(verdictOf(says, answer)?.verdict).toBe('likely-covered');
  });
});

describe('of which of two things it is said', () => {
  const says = 'Adam scales the step of each parameter by a running average of its squared gradients.';
  it.each([
    [
      'of-the-other',
      'Adam adds a decaying average of past gradients, while momentum scales the step of each parameter by a running average of squared gradients.',
      false,
    ],
    [
      'of-this-one',
      'Momentum adds a decaying average of past gradients, while Adam scales the step of each parameter by a running average of squared gradients.',
      true,
    ],
    [
      'of-this-one-while-doing-another-thing',
      'While training a network, Adam scales the step of each parameter by a running average of squared gradients.',
      true,
    ],
  ])('%s', (_name, answer, holds) => {
    const [found] = prepareAssessor({
      asked: 'How do momentum and Adam differ?',
      points: [
        { id: 'item', says },
        { id: 'other', says: 'A learning rate that is too large makes the loss diverge.' },
      ],
    }).assess(answer).suggestions;
    expect(found?.verdict === 'likely-covered').toBe(holds);
  });
});
