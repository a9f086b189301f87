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
