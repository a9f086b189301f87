import { answer, written, type Paper } from '../paper.js';

/** 7·10⁶ parameters: 14 MB of weights, 14 MB of gradients, 84 MB of optimiser state, 112 MB. */
export const TRAINING_MEMORY: Paper = {
  name: 'the memory of training',
  question: written`
    marks: 7
    prompt: A model of 7 million parameters is trained in mixed precision with Adam, weights and gradients in 2 bytes, and for each parameter a copy of the weight and two moments in 4 bytes each. One MB is 10^6 bytes.
    conventions: { kilo: 1000 }
    ask:
      - { id: weights, says: Memory of the weights, value: 7*2, unit: MB, marks: 1 }
      - { id: gradients, says: Memory of the gradients, value: 7*2, unit: MB, marks: 1 }
      - { id: optimiser, says: Memory of the optimiser state, value: 7*3*4, unit: MB, marks: 2, method: 1 }
      - { id: total, says: Memory in total, value: weights + gradients + optimiser, unit: MB, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'right-in-megabytes',
      '1 1 2 3',
      written`
        Weights: 7M * 2 B = 14 MB
        Gradients: 7M * 2 B = 14 MB
        Optimiser state: 7M * 3 * 4 B = 84 MB
        Total: 14 MB + 14 MB + 84 MB = 112 MB
      `,
    ),
    answer(
      'bytes-per-parameter-and-gigabytes',
      '1 1 2 3',
      written`
        Weights 14 MB, gradients 14 MB.
        Optimiser: 12 bytes per parameter, 12 * 7,000,000 = 84,000,000 bytes
        Total: 16 bytes per parameter, 16 * 7,000,000 = 112,000,000 bytes = 0.112 GB
      `,
    ),
    answer(
      'the-copy-of-the-weights-forgotten-and-carried-on',
      '1 1 0 3',
      written`
        Weights: 14 MB
        Gradients: 14 MB
        Optimiser state: 7 · 2 · 4 = 56 MB
        Total: 14 + 14 + 56 = 84 MB
      `,
      { proposed: '1 1 ? 3' },
    ),
    answer(
      'mebibytes-said-to-be-so',
      '1 1 2 3',
      written`
        Memory of the weights: 14,000,000 bytes = 13.35 MiB
        Memory of the gradients: 14,000,000 bytes = 13.35 MiB
        Memory of the optimiser state: 84,000,000 bytes = 80.11 MiB
        Memory in total: 112,000,000 bytes = 106.8 MiB
      `,
    ),
    answer(
      'gigabytes-by-mistake',
      '? ? ? ?',
      written`
        Memory of the weights: 14 GB
        Memory of the gradients: 14 GB
        Memory of the optimiser state: 84 GB
        Memory in total: 112 GB
      `,
    ),
    answer(
      'two-totals',
      '1 1 2 ?',
      written`
        Weights: 14 MB
        Gradients: 14 MB
        Optimiser state: 84 MB
        Total: 112 MB
        Total: 98 MB
      `,
    ),
  ],
};
