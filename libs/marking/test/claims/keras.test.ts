import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, partsOf, readExam, type MarkingEngine } from '../../src/index.js';

const EXAM = `format: 1
exam: critique
title: Critique
questions:
  - id: 1
    kind: critique
    marks: 1
    prompt: Review this network.
    code: |
      from tensorflow import keras
      from tensorflow.keras import layers

      model = keras.Sequential([
          keras.Input(shape=(28, 28, 1)),
          layers.Conv2D(32, 3, activation='relu', padding='same'),
          layers.BatchNormalization(),
          layers.MaxPooling2D(2),
          layers.Conv2D(64, (3, 3), padding='same'),
          layers.Conv2D(64, (3, 3), strides=2, activation='relu'),
          layers.GlobalAveragePooling2D(),
          layers.Dropout(0.4),
          layers.Dense(128),
          layers.Dense(10, activation='sigmoid'),
      ])
    expects:
      - { id: act, says: No activation in the hidden dense layer, marks: 1, fault: missing-nonlinearity }
`;

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function verdictsOf(answer: string): string[] {
  const reading = readExam(EXAM);
  if (reading.kind !== 'exam') throw new Error(JSON.stringify(reading));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('no part');
  return engine.mark(part, answer).evidence.flatMap((each) => (each.kind === 'claim' ? [each.verdict] : []));
}

describe('claims about a network of Keras', () => {
  it.each([
    ['layers-are-counted', 'The network has three convolutional layers. There are two dense layers.'],
    ['an-activation-within-a-layer-is-one', 'It uses ReLU. The output layer has a sigmoid activation.'],
    ['pooling-of-both-kinds', 'It uses max pooling. It uses global average pooling.'],
    [
      'settings-by-the-words-of-keras',
      'The first convolution has 32 filters of 3x3. Dropout of 0.4 is used.',
    ],
    ['strides', 'The last convolution has a stride of 2.'],
    [
      'what-is-not-there',
      'There is no softmax. There is no recurrent layer. There are no residual connections.',
    ],
  ])('supported: %s', (_name, answer) => {
    const verdicts = verdictsOf(answer);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(new Set(verdicts)).toEqual(new Set(['supported']));
  });

  it.each([
    ['pooling-denied', 'It contains no pooling layers.'],
    ['normalisation-denied', 'There is no batch normalisation.'],
    ['dropout-denied', 'There is no dropout.'],
    ['units', 'The dense layers have 256 units.'],
  ])('contradicted: %s', (_name, answer) => {
    expect(verdictsOf(answer)).toEqual(['contradicted']);
  });

  it('what-is-said-of-one-layer-is-not-held-against-the-whole', () => {
    const answer = 'The hidden dense layer has 128 units and no activation function.';
    expect(verdictsOf(answer)).not.toContain('contradicted');
  });
});
