import { answer, written, type Paper } from '../paper.js';

/** 12·1024² = 12,582,912 weights of a block, 251,658,240 of twenty; two operations each for every token: 503,316,480. */
export const WEIGHTS_OF_A_TRANSFORMER: Paper = {
  name: 'the weights of twenty transformer blocks',
  question: written`
    marks: 7
    prompt: A transformer of 20 blocks has a width of 1024, an MLP four times as wide and no biases. How many weights has a block, how many have all, and how many GFLOPs does one token take, at two operations for each weight?
    ask:
      - { id: block, says: Weights of one block, value: 4*1024^2 + 2*4*1024^2, marks: 2, method: 1 }
      - { id: all, says: Weights of all blocks, value: 20*block, marks: 2, method: 1 }
      - { id: work, says: Operations for one token, value: 2*all/10^9, unit: GFLOPs, significantFigures: 3, marks: 3, method: 2 }
  `,
  answers: [
    answer(
      'right-in-latex',
      '2 2 3',
      written`
        \begin{align*}
        \text{one block:}\quad & 12 \cdot 1024^2 = 12\,582\,912 \\
        \text{all blocks:}\quad & 20 \cdot 12\,582\,912 = 251\,658\,240 \\
        \text{operations for one token:}\quad & 2 \cdot 251\,658\,240 = 503\,316\,480 \approx 0.503\,\text{GFLOPs}
        \end{align*}
      `,
    ),
    answer(
      'operations-without-a-prefix',
      '2 2 3',
      written`
        one block: 4*1024*1024 + 8*1024*1024 = 12582912
        all blocks: 20 x 12582912 = 251658240
        operations per token: 2 x 251658240 = 503316480 FLOPs
      `,
    ),
    answer(
      'multiply-accumulates-for-operations',
      '2 2 0',
      written`
        Weights of one block: 12 · 1024² = 12.582.912
        Weights of all blocks: 20 · 12.582.912 = 251.658.240
        Operations for one token: 251.658.240 FLOPs ≈ 0,252 GFLOPs
      `,
    ),
    answer(
      'the-output-projection-forgotten-and-carried-on',
      '0 2 3',
      written`
        Weights of one block: 3*1024^2 + 8*1024^2 = 11534336
        Weights of all blocks: 20*11534336 = 230686720
        Operations for one token: 2*230686720 = 461373440 = 0.461 GFLOPs
      `,
      { proposed: '? 2 3' },
    ),
    answer(
      'mega-where-giga-was-asked-for',
      '2 2 3',
      written`
        Weights of one block: 12.58M
        Weights of all blocks: 20 * 12,582,912 = 251,658,240
        Operations for one token: 2 * 251.66M ≈ 503 MFLOPs
      `,
      { proposed: '? 2 3' },
    ),
  ],
};
