import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, partsOf, readExam, type MarkingEngine } from '../src/index.js';

/** Keras's own example for MNIST: 320, 18,496 and 16,010 parameters, 34,826 in all. */
const EXAM = `
format: 1
exam: mnist
title: A small network of Keras
questions:
  - id: 1
    kind: numeric
    marks: 12
    prompt: Work through this network.
    network:
      input: [28, 28, 1]
      code: |
        from tensorflow import keras
        from tensorflow.keras import layers
        model = keras.Sequential([
            keras.Input(shape=(28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu", name="conv1"),
            layers.MaxPooling2D(2, name="pool1"),
            layers.Conv2D(64, 3, activation="relu", name="conv2"),
            layers.MaxPooling2D(2, name="pool2"),
            layers.Flatten(name="flatten"),
            layers.Dense(10, activation="softmax", name="fc"),
        ])
    ask:
      - { id: shape, says: Output shape of the first convolution, quantity: output-shape, of: conv1, marks: 2 }
      - { id: channels, says: Channels after the second convolution, quantity: channels, of: conv2, marks: 1 }
      - { id: height, says: Height after the second pooling, quantity: height, of: pool2, marks: 1 }
      - { id: conv2, says: Parameters of the second convolution, quantity: parameters, of: conv2, marks: 2 }
      - { id: flat, says: Features after flattening, quantity: features, of: flatten, marks: 1 }
      - { id: macs, says: Multiply-accumulates of the first convolution, quantity: multiply-accumulates, of: conv1, marks: 2 }
      - { id: field, says: Receptive field of the second convolution, quantity: receptive-field, of: conv2, marks: 1 }
      - { id: total, says: Parameters of the whole network, quantity: parameters, marks: 2 }
`;

const LINES = {
  shape: 'First convolution: output 26x26x32',
  channels: 'Channels of the second convolution: 64',
  height: 'Height after the second pooling: 5',
  conv2: 'Second convolution parameters: 64*(3*3*32+1) = 18496',
  flat: 'After flattening: 5*5*64 = 1600 features',
  macs: 'MACs conv1: 26*26*32*9 = 194688',
  field: 'Receptive field of conv2: 8',
  total: 'Total: 320 + 18496 + 16010 = 34826',
};

const FULL = {
  shape: '2',
  channels: '1',
  height: '1',
  conv2: '2',
  flat: '1',
  macs: '2',
  field: '1',
  total: '2',
};

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function mark(lines: Readonly<Record<string, string>>): Record<string, string> {
  const reading = readExam(EXAM);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('no part');
  const { items } = engine.mark(part, Object.values(lines).join('\n'));
  return Object.fromEntries(items.map(({ item, proposed, outcome }) => [item, proposed ?? outcome]));
}

describe('a network of Keras in a question', () => {
  it('its-numbers-are-those-that-are-asked-for', () => {
    expect(mark(LINES)).toEqual(FULL);
  });

  it('a-shape-may-have-its-channels-first', () => {
    expect(mark({ ...LINES, shape: 'First convolution: output 32x26x26' })).toEqual(FULL);
  });

  it('sizes-in-no-order-are-no-shape', () => {
    expect(mark({ ...LINES, shape: 'First convolution: output 26x32x26' })['shape']).not.toBe('2');
  });

  it('wrong-numbers-earn-nothing', () => {
    const wrong = mark({
      ...LINES,
      conv2: 'Second convolution parameters: 18432',
      channels: 'Channels of the second convolution: 11',
    });
    expect(wrong['conv2']).not.toBe('2');
    expect(wrong['channels']).not.toBe('1');
  });
});
