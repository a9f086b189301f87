import { answer, written, type Paper } from '../paper.js';

/** 100,480 + 8,256 + 650 = 109,386. */
export const PERCEPTRON: Paper = {
  name: 'a perceptron for digits',
  question: written`
    marks: 7
    prompt: Count the parameters layer by layer.
    network:
      input: [784]
      code: |
        import torch.nn as nn
        model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
    ask:
      - { id: first, says: Parameters of the first layer, quantity: parameters, of: '0', marks: 2, method: 1 }
      - { id: second, says: Parameters of the second layer, quantity: parameters, of: '2', marks: 2, method: 1 }
      - { id: third, says: Parameters of the third layer, quantity: parameters, of: '4', marks: 1 }
      - { id: total, says: Total number of parameters, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'spaces-group-thousands',
      '2 2 1 2',
      written`
        First layer: 784 × 128 + 128 = 100 480
        Second layer: 128 × 64 + 64 = 8 256
        Third layer: 64 × 10 + 10 = 650
        Total: 100 480 + 8 256 + 650 = 109 386
      `,
    ),
    answer(
      'points-group-thousands',
      '2 2 1 2',
      written`
        1. Schicht: 784·128 + 128 = 100.480
        2. Schicht: 128·64 + 64 = 8.256
        3. Schicht: 64·10 + 10 = 650
        Gesamt: 100.480 + 8.256 + 650 = 109.386
      `,
    ),
    answer(
      'scientific-notation-in-the-total',
      '2 2 1 2',
      written`
        Layer 1: 785*128 = 100480
        Layer 2: 129*64 = 8256
        Layer 3: 65*10 = 650
        Total: 1.09386 × 10^5
      `,
    ),
    answer(
      'about-in-a-sentence',
      '2 2 1 ?',
      written`
        Layer 1: 785*128 = 100480
        Layer 2: 129*64 = 8256
        Layer 3: 65*10 = 650
        That makes about 109k weights in total.
      `,
    ),
    answer(
      'weights-and-biases-apart',
      '2 2 1 2',
      written`
        Weights: 784*128 = 100352, 128*64 = 8192 and 64*10 = 640.
        Biases: 128, 64 and 10.
        First layer: 100352 + 128 = 100480
        Second layer: 8192 + 64 = 8256
        Third layer: 640 + 10 = 650
        Weights in total: 109184; biases in total: 202
        109184 + 202 = 109386
      `,
    ),
    answer(
      'summed-by-columns-of-a-table',
      '2 2 1 2',
      written`
        | Layer | Weights | Biases | Parameters |
        |---|---:|---:|---:|
        | 1 | 100352 | 128 | 100480 |
        | 2 | 8192 | 64 | 8256 |
        | 3 | 640 | 10 | 650 |
        | Total | 109184 | 202 | 109386 |
      `,
    ),
    answer(
      'ten-too-many-in-the-first-layer-only',
      '1 2 1 2',
      written`
        First layer: 784*128+128 = 100490
        Second layer: 128*64+64 = 8256
        Third layer: 64*10+10 = 650
        All: 100490+8256+650 = 109396
      `,
    ),
    answer(
      'biases-by-the-inputs',
      '0 0 0 2',
      written`
        First layer: 784*128 + 784 = 101136
        Second layer: 128*64 + 128 = 8320
        Third layer: 64*10 + 64 = 704
        Total: 101136 + 8320 + 704 = 110160
      `,
      { because: { first: /inputs instead of the outputs/, second: /inputs instead of the outputs/ } },
    ),
    answer('only-the-total-in-a-sentence', '? ? ? 2', written`The network has 109,386 parameters in total.`),
    answer(
      'multiplied-instead-of-summed-sizes',
      '2 2 1 0',
      written`
        First layer: 784*128 + 128 = 100480
        Second layer: 128*64 + 64 = 8256
        Third layer: 64*10 + 10 = 650
        Total: 784 + 128 + 64 + 10 = 986
      `,
      { proposed: '2 2 1 ?' },
    ),
  ],
};
