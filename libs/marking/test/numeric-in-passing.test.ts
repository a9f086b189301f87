import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, partsOf, readExam, type MarkingEngine } from '../src/index.js';

/** 30,840 parameters and 30,720 weights of fc1, 153,600 multiply-accumulates of conv2, 34,622 parameters in all. */
const exam = (quantity: string, of: string) => `format: 1
exam: passing
title: Passing
questions:
  - id: 1
    kind: numeric
    marks: 2
    prompt: Compute it.
    network:
      input: [1, 28, 28]
      layers:
        - Conv2d: { name: conv1, out_channels: 6, kernel_size: 5 }
        - ReLU
        - MaxPool2d: { kernel_size: 2 }
        - Conv2d: { name: conv2, out_channels: 16, kernel_size: 5 }
        - ReLU
        - MaxPool2d: { kernel_size: 2 }
        - Flatten
        - Linear: { name: fc1, out_features: 120 }
        - ReLU
        - Linear: { name: fc2, out_features: 10 }
    ask:
      - { id: it, says: The ${quantity}${of === '' ? '' : ` of ${of}`}, quantity: ${quantity}, ${of === '' ? '' : `of: ${of}, `}marks: 2, method: 1 }
`;

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function marksFor(quantity: string, of: string, answer: string): string | null | undefined {
  const reading = readExam(exam(quantity, of));
  if (reading.kind !== 'exam') throw new Error(JSON.stringify(reading));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('no part');
  return engine.mark(part, answer).items[0]?.proposed;
}

describe('a right number that the working carries on from', () => {
  it.each([
    ['a-second-bias', 'parameters', 'fc1', '30840 + 120 = 30960'],
    ['something-more-in-the-total', 'parameters', '', '34622 + 100 = 34722'],
    ['biases-where-weights-are-asked-for', 'weights', 'fc1', '30720 + 120 = 30840'],
    ['the-bias-as-work', 'multiply-accumulates', 'conv2', '153600 + 1024 = 154624'],
  ])('is no answer: %s', (_name, quantity, of, answer) => {
    expect(marksFor(quantity, of, answer)).not.toBe('2');
  });

  it.each([
    ['a-sum-of-all-layers', 'parameters', 'fc1', '156 + 2416 + 30840 + 1210 = 34622'],
    ['biases-told-apart', 'weights', 'fc1', '256*120 = 30720, plus 120 biases = 30840'],
  ])('is one: %s', (_name, quantity, of, answer) => {
    expect(marksFor(quantity, of, answer)).toBe('2');
  });
});

describe('work that the field counts in more than one way', () => {
  it.each([
    ['flops-where-multiply-accumulates-are-asked-for', 'multiply-accumulates', '307200 FLOPs', null],
    ['multiply-accumulates-where-flops-are-asked-for', 'flops', '153600 MACs', null],
    ['twice-the-work-without-a-unit', 'multiply-accumulates', '307200', '0'],
    ['with-the-additions-of-the-biases', 'flops', '308224', null],
    ['with-one-addition-fewer', 'flops', '306176', null],
    ['both-told', 'flops', '153600 MACs = 307200 FLOPs', '2'],
  ])('%s', (_name, quantity, answer, marks) => {
    expect(marksFor(quantity, 'conv2', answer)).toBe(marks);
  });
});

describe('thousands as a letter behind a blank', () => {
  it.each([
    ['with-decimals', '153.6 k', '2'],
    ['in-a-sentence', 'It takes 153.6 k multiply-accumulates.', '2'],
    ['a-kernel-is-no-thousand', 'k = 5, so 8*8*16*6*k*k = 153600', '2'],
  ])('%s', (_name, answer, marks) => {
    expect(marksFor('multiply-accumulates', 'conv2', answer)).toBe(marks);
  });
});

describe('numbers that a working rounds on its way', () => {
  const asks = `format: 1
exam: rounding
title: Rounding
questions:
  - id: 1
    kind: numeric
    marks: 4
    prompt: Logits 4, 2 and -2. The third class is the right one.
    ask:
      - { id: p, says: Probability of the third class, value: exp(-2)/(exp(4)+exp(2)+exp(-2)), decimals: 4, marks: 2, method: 1 }
      - { id: loss, says: Cross-entropy loss, value: -ln(p), decimals: 2, marks: 2, method: 1 }
`;
  const marks = (answer: string) => {
    const reading = readExam(asks);
    if (reading.kind !== 'exam') throw new Error(JSON.stringify(reading));
    const [part] = partsOf(reading.definition);
    if (part === undefined) throw new Error('no part');
    return engine.mark(part, answer).items.map(({ proposed }) => proposed);
  };
  const p = 'Probability of the third class = e^(-2)/(e^4 + e^2 + e^(-2)) = 0.0022';

  it.each([
    ['worked-out-with-more-digits-than-shown', `${p}\nLoss = -ln(0.0022) = 6.13`, ['2', '2']],
    ['more-digits-than-it-was-worked-out-from', `${p}\nLoss = -ln(0.0022) = 6.1291`, ['2', '2']],
    ['more-coarsely-than-is-asked', `${p}\nLoss = -ln(0.0022) = 6.1`, ['2', null]],
  ])('%s', (_name, answer, wanted) => {
    expect(marks(answer)).toEqual(wanted);
  });
});
