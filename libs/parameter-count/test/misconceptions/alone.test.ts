import { describe, expect, it } from '@jest/globals';
import {
  buildReferences,
  PYTORCH,
  questionOfNode,
  surroundingsOf,
  type Question,
  type What,
} from '../../src/index.js';
import { idsFor, network } from './layers.js';

function questionAbout(
  input: readonly number[],
  layers: readonly unknown[],
  what: What,
  of: string,
  convention: Partial<typeof PYTORCH> = {},
): Question {
  const net = network(input, layers);
  const found = buildReferences(net, [{ id: 'asked', says: 'asked', what, of }], {
    ...PYTORCH,
    ...convention,
  });
  if (found.kind !== 'references') throw new Error(found.kind);
  const [reference] = found.references;
  const node = reference.asked.get('asked')?.nodes[0];
  const question =
    node === undefined ? undefined : questionOfNode(reference, node, { surroundings: surroundingsOf(net) });
  if (question === undefined) throw new Error('no such number');
  return question;
}

const CONV = { Conv2d: { name: 'conv', out_channels: 40, kernel_size: 5, stride: 3, padding: 1 } };
const WIDE = [{ Conv2d: { name: 'm', out_channels: 2, kernel_size: 600, stride: 7 } }];
const NARROW = [{ Conv2d: { name: 'm', out_channels: 2, kernel_size: 60, stride: 7 } }];
const FIELDS = [
  { Conv2d: { name: 'a', out_channels: 4, kernel_size: 7, stride: 3 } },
  { Conv2d: { name: 'b', out_channels: 4, kernel_size: 5, stride: 2, dilation: 2 } },
];

/** Each error's number worked out by hand, as it is written here. */
describe('one error alone, in a question about a network', () => {
  it.each<[string, Question, number]>([
    ['bias-subtracted', questionAbout([12, 64, 64], [CONV], 'parameters', 'conv'), 40 * (12 * 25 - 1)],
    [
      'kernel-taken-one-larger',
      questionAbout([12, 64, 64], [CONV], 'parameters', 'conv'),
      40 * (12 * 36 + 1),
    ],
    [
      'bias-as-work',
      questionAbout([12, 64, 64], [CONV], 'multiply-accumulates', 'conv'),
      21 * 21 * 40 * (300 + 1),
    ],
    ['bias-additions', questionAbout([12, 64, 64], [CONV], 'flops', 'conv'), 21 * 21 * 40 * (600 + 1)],
    ['first-addition', questionAbout([12, 64, 64], [CONV], 'flops', 'conv'), 21 * 21 * 40 * (600 - 1)],
    ['one-operation-each', questionAbout([12, 64, 64], [CONV], 'flops', 'conv'), 21 * 21 * 40 * 300],
    ['channels-left-out-of-units', questionAbout([12, 640, 640], [CONV], 'units', 'conv'), 213 * 213],
    [
      'input-size-for-kernel',
      questionAbout([12, 64, 64], [CONV], 'parameters', 'conv'),
      40 * (12 * 64 * 64 + 1),
    ],
    ['numbers-for-bytes', questionAbout([12, 64, 64], [CONV], 'parameter-memory', 'conv'), 40 * 301],
    ['eight-bytes', questionAbout([12, 64, 64], [CONV], 'parameter-memory', 'conv'), 8 * 40 * 301],
    ['two-bytes', questionAbout([12, 64, 64], [CONV], 'parameter-memory', 'conv'), 2 * 40 * 301],
    ['bits-for-bytes', questionAbout([12, 64, 64], [CONV], 'parameter-memory', 'conv'), 32 * 40 * 301],
    [
      'embedding-with-bias',
      questionAbout(
        [9],
        [{ Embedding: { name: 'm', num_embeddings: 5000, embedding_dim: 96 } }],
        'parameters',
        'm',
      ),
      5000 * 96 + 96,
    ],
    ['kernel-not-subtracted', questionAbout([1, 9000, 9000], WIDE, 'height', 'm'), Math.floor(9000 / 7) + 1],
    [
      'divided-by-kernel',
      questionAbout([1, 9000, 9000], NARROW, 'height', 'm'),
      Math.floor((9000 - 60) / 60) + 1,
    ],
    ['size-over-stride', questionAbout([1, 9000, 9000], WIDE, 'height', 'm'), Math.floor(9000 / 7)],
    ['field-ignores-jump', questionAbout([3, 99, 99], FIELDS, 'receptive-field', 'b'), 7 + 4 * 2],
    ['field-ignores-dilation', questionAbout([3, 99, 99], FIELDS, 'receptive-field', 'b'), 7 + 4 * 3],
    [
      'field-uses-own-stride',
      questionAbout([3, 99, 99], FIELDS, 'receptive-field', 'b'),
      1 + 6 * 3 + 4 * 2 * 3 * 2,
    ],
    [
      'two-recurrent-biases',
      questionAbout(
        [9, 30],
        [{ LSTM: { name: 'm', hidden_size: 70, batch_first: true } }],
        'parameters',
        'm',
        { recurrentBias: 'one' },
      ),
      4 * 70 * (30 + 70 + 2),
    ],
    [
      'input-and-hidden-multiplied',
      questionAbout(
        [9, 30],
        [{ LSTM: { name: 'm', hidden_size: 70, batch_first: true } }],
        'parameters',
        'm',
        { recurrentBias: 'one' },
      ),
      4 * 70 * (30 * 70 + 1),
    ],
    [
      'flatten-before-pooling',
      questionAbout(
        [3, 20, 24],
        [
          { Conv2d: { name: 'a', out_channels: 7, kernel_size: 3 } },
          { AdaptiveAvgPool2d: 3 },
          'Flatten',
          { Linear: { name: 'm', out_features: 20 } },
        ],
        'parameters',
        'm',
      ),
      20 * (7 * 18 * 22 + 1),
    ],
    [
      'bias-not-there',
      questionAbout(
        [3, 64, 64],
        [{ Conv2d: { name: 'm', out_channels: 64, kernel_size: 7, bias: false } }],
        'parameters',
        'm',
      ),
      64 * (3 * 49 + 1),
    ],
  ])('%s', (id, question, wrong) => {
    expect(idsFor(question, wrong)).toContain(id);
  });
});

/** Two errors in one number, worked out by hand. */
describe('two errors together, in a question about a network', () => {
  it.each<[string, Question, number]>([
    [
      'bias-forgotten + kernel-not-squared',
      questionAbout([12, 64, 64], [CONV], 'parameters', 'conv'),
      40 * 12 * 5,
    ],
    [
      'bias-forgotten + input-channels-forgotten',
      questionAbout([12, 64, 64], [CONV], 'parameters', 'conv'),
      40 * 25,
    ],
    [
      'bias-once + input-channels-forgotten',
      questionAbout([12, 64, 64], [CONV], 'parameters', 'conv'),
      40 * 25 + 1,
    ],
    [
      'bias-forgotten + groups-ignored',
      questionAbout(
        [12, 64, 64],
        [{ Conv2d: { name: 'm', out_channels: 40, kernel_size: 5, groups: 4 } }],
        'parameters',
        'm',
      ),
      40 * 12 * 25,
    ],
  ])('%s', (ids, question, wrong) => {
    expect(idsFor(question, wrong)).toContain(ids);
  });
});
