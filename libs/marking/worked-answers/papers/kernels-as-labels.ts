import { answer, written, type Paper } from '../paper.js';

/** 96·24 = 2,304; 24·24·9 = 5,184; 24·48 = 1,152; shortcut 96·48 = 4,608; 13,248 in all. */
export const KERNELS_AS_LABELS: Paper = {
  name: 'kernels as labels',
  question: written`
    marks: 8
    prompt: A block takes 96 channels through convolutions 1 × 1 to 24, 3 × 3 to 24 and 1 × 1 to 48; its shortcut is a convolution 1 × 1 to 48. No biases. Give the parameters of each convolution and of the block.
    ask:
      - { id: first, says: Parameters of the first convolution, value: 96*24, marks: 1 }
      - { id: second, says: Parameters of the second convolution, value: 24*24*9, marks: 2, method: 1 }
      - { id: third, says: Parameters of the third convolution, value: 24*48, marks: 1 }
      - { id: shortcut, says: Parameters of the convolution of the shortcut, value: 96*48, marks: 2, method: 1 }
      - { id: block, says: Parameters of the block, value: first+second+third+shortcut, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'a-slip-in-what-is-called-by-its-kernel',
      '1 1 1 2 2',
      written`
        conv 1x1: 96·24 = 2304
        conv 3x3: 24·24·9 = 5148
        conv 1x1: 24·48 = 1152
        shortcut: 96·48 = 4608
        sum: 2304 + 5148 + 1152 + 4608 = 13212
      `,
    ),
    answer(
      'a-table-by-kernels',
      '1 2 1 2 2',
      written`
        | Layer | Formula | Params |
        |:--|:--|--:|
        | 1×1, 96→24 | 96·24 | 2,304 |
        | 3×3, 24→24 | 9·24·24 | 5,184 |
        | 1×1, 24→48 | 24·48 | 1,152 |
        | shortcut 1×1, 96→48 | 96·48 | 4,608 |
        | **Total** | | **13,248** |
      `,
    ),
  ],
};
