import { answer, written, type Paper } from '../paper.js';

/** conv1 16×30×30 and 448; pool1 16×15×15; conv2 32×13×13 and 4,640; fc 10 and 54,090. */
export const LAYER_TABLE: Paper = {
  name: 'a table of layers',
  question: written`
    marks: 7
    prompt: Fill in the table.
    network:
      input: [3, 32, 32]
      layers:
        - Conv2d: { name: conv1, out_channels: 16, kernel_size: 3 }
        - MaxPool2d: { name: pool1, kernel_size: 2 }
        - Conv2d: { name: conv2, out_channels: 32, kernel_size: 3 }
        - Flatten: { name: flatten }
        - Linear: { name: fc, out_features: 10 }
    ask:
      - { id: t, says: Table, table: { rows: [conv1, pool1, conv2], columns: [output-shape, parameters] }, marks: 1 }
      - { id: fc, says: Parameters of fc, quantity: parameters, of: fc, marks: 1 }
  `,
  answers: [
    answer(
      'all-right',
      '1 1 1 1 1 1 1',
      written`
        | Layer | Output | Parameters |
        |---|---|---|
        | conv1 | 16 x 30 x 30 | 448 |
        | pool1 | 16 x 15 x 15 | 0 |
        | conv2 | 32 x 13 x 13 | 4640 |
        | fc | 10 | 54090 |
      `,
    ),
    answer(
      'in-latex-with-calculations-in-the-cells',
      '1 1 1 1 1 1 1',
      written`
        \begin{tabular}{l|l|l}
        Layer & Output & Parameters \\ \hline
        conv1 & $16\times30\times30$ & $16\cdot(27+1)=448$ \\
        pool1 & $16\times15\times15$ & $0$ \\
        conv2 & $32\times13\times13$ & $32\cdot(144+1)=4640$ \\
        fc & $10$ & $5408\cdot10+10=54090$
        \end{tabular}
      `,
    ),
    answer(
      'padding-assumed-and-carried-down',
      '0 1 1 1 1 1 1',
      written`
        | Layer | Output | Parameters |
        |---|---|---|
        | conv1 | 16 x 32 x 32 | 448 |
        | pool1 | 16 x 16 x 16 | 0 |
        | conv2 | 32 x 14 x 14 | 4640 |
        | fc | 10 | 62730 |
      `,
      { proposed: '? 1 1 1 1 1 1' },
    ),
    answer(
      'rows-out-of-order-and-columns-swapped',
      '1 1 1 1 1 1 1',
      written`
        | Layer | Params | Shape |
        |---|---|---|
        | fc | 54,090 | 10 |
        | conv2 | 4,640 | (32, 13, 13) |
        | conv1 | 448 | (16, 30, 30) |
        | pool1 | 0 | (16, 15, 15) |
      `,
    ),
    answer(
      'parameters-for-the-pooling',
      '1 1 1 0 1 1 1',
      written`
        | Layer | Output | Parameters |
        |---|---|---|
        | conv1 | 30 x 30 x 16 | 448 |
        | pool1 | 15 x 15 x 16 | 64 |
        | conv2 | 13 x 13 x 32 | 4640 |
        | fc | 10 | 54090 |
      `,
    ),
    answer(
      'bias-forgotten-in-every-row',
      '1 0 1 1 1 0 0',
      written`
        | Layer | Output | Parameters |
        |---|---|---|
        | conv1 | 16 x 30 x 30 | 432 |
        | pool1 | 16 x 15 x 15 | 0 |
        | conv2 | 32 x 13 x 13 | 4608 |
        | fc | 10 | 54080 |
      `,
    ),
  ],
};
