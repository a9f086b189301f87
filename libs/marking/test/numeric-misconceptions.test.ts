import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, partsOf, readExam, type MarkingEngine } from '../src/index.js';

/** 896 + 18,496 + 524,416 + 1,290 = 545,098 parameters; 32 × 32 pooled to 16 × 16, then to 8 × 8. */
const EXAM = `
format: 1
exam: small
title: A small network
questions:
  - id: 1
    kind: numeric
    marks: 10
    prompt: Count the parameters.
    network:
      input: [3, 32, 32]
      layers:
        - Conv2d: { name: conv1, out_channels: 32, kernel_size: 3, padding: 1 }
        - MaxPool2d: { name: pool1, kernel_size: 2 }
        - Conv2d: { name: conv2, out_channels: 64, kernel_size: 3, padding: 1 }
        - MaxPool2d: { name: pool2, kernel_size: 2 }
        - Flatten: { name: flatten }
        - Linear: { name: fc1, out_features: 128 }
        - Linear: { name: fc2, out_features: 10 }
    ask:
      - { id: conv1, says: Parameters of the first convolution, quantity: parameters, of: conv1, marks: 2 }
      - { id: conv2, says: Parameters of the second convolution, quantity: parameters, of: conv2, marks: 2 }
      - { id: flat, says: Features after flattening, quantity: features, of: flatten, marks: 1 }
      - { id: fc1, says: Parameters of the first fully connected layer, quantity: parameters, of: fc1, marks: 2 }
      - { id: macs, says: Multiply-accumulates of the second convolution, quantity: multiply-accumulates, of: conv2, marks: 3 }
`;

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

/** The explanations given for one item of an answer. */
function explanationsOf(answer: string, item: string): readonly string[] {
  const exam = readExam(EXAM);
  if (exam.kind === 'refused') throw new Error(JSON.stringify(exam.errors));
  const [part] = partsOf(exam.definition);
  if (part === undefined) throw new Error('no part');
  const found = engine.mark(part, answer).items.find((each) => each.item === item);
  return (found?.evidence ?? []).flatMap((each) => (each.kind === 'misconception' ? each.explanations : []));
}

describe('a wrong number in an answer', () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      'one-of-two-where-the-numbers-do-not-tell',
      'Parameters of the first convolution: 320',
      'conv1',
      [
        'one side of the kernel is counted instead of its area',
        'the input channels are left out',
        'channels and kernel are added instead of multiplied',
      ],
    ],
    ['plain', 'Parameters of the second convolution: 18432', 'conv2', ['the bias is left out']],
    [
      'before-the-pooling',
      'Parameters of the first fully connected layer: 2097280',
      'fc1',
      ['the size is taken to stay as it is in one of pool1, pool2'],
    ],
    [
      'rounded',
      'Parameters of the second convolution: 6.21k',
      'conv2',
      ['one side of the kernel is counted instead of its area'],
    ],
    [
      'work-at-the-places-of-the-image',
      'MACs of the second convolution: 18874368',
      'macs',
      ['the size is taken to stay as it is in pool1'],
    ],
    ['unexplained', 'Parameters of the second convolution: 17777', 'conv2', []],
    ['right', 'Parameters of the second convolution: 18496', 'conv2', []],
  ])('%s', (_, answer, item, explanations) => {
    expect(explanationsOf(answer, item)).toEqual(explanations);
  });

  it('is-not-explained-against-what-is-right-beside-it', () => {
    const wrong = 'Parameters of the first fully connected layer: 2097280';
    expect(explanationsOf(`Features after flattening: 4096\n${wrong}`, 'fc1')).toEqual([]);
  });
});
