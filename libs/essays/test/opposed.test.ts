import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type Verdict } from '../src/index.js';

const verdictOf = (asked: string, says: string, answer: string): Verdict | undefined =>
  prepareAssessor({ asked, points: [{ id: 'item', says }] }).assess(answer).suggestions[0]?.verdict;

/** A question, a statement, ways to say it, and ways to say the opposite. */
const CASES: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
  [
    'what-is-needed-and-what-is-not',
    'What does a clustering algorithm work with?',
    'The number of groups is not known without a validation curve.',
    ['Without a validation curve the number of groups is not known.'],
    [
      'The algorithm knows the number of groups by itself, so no validation curve is needed.',
      'The number of groups is known and does not require a validation curve.',
    ],
  ],
  [
    'what-is-hindered-and-what-is-let',
    'What does a governor do to an engine?',
    'A governor keeps a light engine from overheating under a heavy load.',
    [
      'A governor keeps the light engine from overheating under heavy load.',
      'A governor prevents the light engine from overheating under heavy load.',
    ],
    ['A governor lets the light engine overheat under a heavy load.'],
  ],
  [
    'what-is-prevented-and-what-is-let',
    'What does a governor do to an engine?',
    'It prevents the engine from overheating.',
    ['It keeps the engine from overheating.', 'It stops the engine overheating.'],
    ['It makes the engine overheat.'],
  ],
  [
    'where-something-goes-from-and-to',
    'What is diffusion?',
    'The movement of particles from a high concentration to a low concentration',
    [
      'The movement of particles from an area of high concentration to an area of low concentration.',
      'The movement of particles to a low concentration from a high concentration.',
    ],
    [
      'When particles in an area of low concentration move to one of high concentration.',
      'The movement of particles in a low concentration into a high concentration.',
    ],
  ],
  [
    'what-comes-of-what',
    'How do the layers of a deep network work together?',
    'Later layers compose features from those of earlier layers, from simple to abstract.',
    ['Later layers compose abstract features from the simple features of earlier layers.'],
    ['The first layers learn the abstract features and the later layers compose them into simple features.'],
  ],
  [
    'a-part-of-a-term-denied',
    'How are attention weights found in a Transformer?',
    'Attention weights are the softmax of the scaled dot products of queries and keys.',
    ['The attention weights come from the softmax over the scaled query-key dot products.'],
    [
      'Attention weights are the softmax of the sum of queries and keys, without scaling. The dot products are multiplied by the square root of the key dimension.',
    ],
  ],
  [
    'what-is-allowed-and-what-is-needed',
    'What does the new valve do?',
    'It allows a larger throughput.',
    ['It permits a larger throughput.'],
    ['It needs a larger throughput.', 'It requires a larger throughput.'],
  ],
  [
    'what-goes-away-and-what-grows',
    'What happens to the ripples behind the wall?',
    'The ripples across the narrow basin cancel out.',
    ['Ripples across the narrow basin cancel out there.'],
    ['The ripples across the narrow basin become larger.'],
  ],
  [
    'what-stays-large-and-what-vanishes',
    'What is special about this loss?',
    'Its gradient stays large when the prediction is poor.',
    ['The gradient stays large when the prediction is poor.'],
    ['Its gradient vanishes when the prediction is poor.'],
  ],
  [
    'two-things-bound-to-two-sides',
    'What do variance and bias lead to?',
    'High variance leads to overfitting and high bias to underfitting.',
    ['A high variance leads to overfitting and a high bias to underfitting.'],
    [
      'If the bias is very high the model does not learn the relation (overfitting). If the variance is very high it models the noise (underfitting).',
    ],
  ],
];

describe('the opposite of a statement', () => {
  it.each(CASES)('%s', (_name, asked, says, same, opposed) => {
    for (const answer of [says, ...same])
      expect([answer, verdictOf(asked, says, answer)]).toEqual([answer, 'likely-covered']);
    for (const answer of opposed)
      expect([answer, verdictOf(asked, says, answer)]).not.toEqual([answer, 'likely-covered']);
  });
});

describe('words for needing, hindering and vanishing that speak of something else', () => {
  it.each([
    [
      'no-labels-are-needed',
      'What data does an autoencoder learn from?',
      'No labels are needed.',
      'It needs no labels.',
    ],
    [
      'hindered-and-allowed-by-turns',
      'What does a gate do?',
      'The gate keeps old values from being overwritten.',
      'The gate lets new values pass and keeps old values from being overwritten.',
    ],
    [
      'vanishes-elsewhere',
      'What does the skip connection do to the gradient?',
      'The gradient stays large in early layers.',
      'The gradient stays large in early layers, where that of a plain network would vanish.',
    ],
  ])('%s', (_name, asked, says, answer) => {
    expect(verdictOf(asked, says, answer)).toBe('likely-covered');
  });
});
