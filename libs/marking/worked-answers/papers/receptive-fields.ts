import { answer, written, type Paper } from '../paper.js';

/** 3, 5, 9, 11 and 19, with a step of 4 pixels at the end. */
export const RECEPTIVE_FIELDS: Paper = {
  name: 'receptive fields',
  question: written`
    marks: 6
    prompt: Give the receptive fields.
    network:
      input: [3, 64, 64]
      layers:
        - Conv2d: { name: conv1, out_channels: 8, kernel_size: 3, padding: 1 }
        - Conv2d: { name: conv2, out_channels: 8, kernel_size: 3, stride: 2, padding: 1 }
        - Conv2d: { name: conv3, out_channels: 8, kernel_size: 3, padding: 1 }
        - MaxPool2d: { name: pool, kernel_size: 2 }
        - Conv2d: { name: conv4, out_channels: 8, kernel_size: 3, padding: 1 }
    ask:
      - { id: r2, says: Receptive field of conv2, quantity: receptive-field, of: conv2, marks: 1 }
      - { id: r3, says: Receptive field of conv3, quantity: receptive-field, of: conv3, marks: 2, method: 1 }
      - { id: r4, says: Receptive field of conv4, quantity: receptive-field, of: conv4, marks: 3, method: 2 }
  `,
  answers: [
    answer(
      'right-with-jumps',
      '1 2 3',
      written`
        RF conv1 = 3
        RF conv2 = 3 + 2·1 = 5, jump 2
        RF conv3 = 5 + 2·2 = 9
        RF pool = 9 + 1·2 = 11, jump 4
        RF conv4 = 11 + 2·4 = 19
      `,
    ),
    answer(
      'squares-of-pixels',
      '1 2 3',
      written`
        conv1 sees 3x3, conv2: 5x5, conv3: 9x9, after pooling 11x11, conv4: 19x19
      `,
    ),
    answer(
      'strides-ignored',
      '1 0 0',
      written`
        Receptive field of conv2: 3 + 2 = 5
        Receptive field of conv3: 5 + 2 = 7
        Receptive field of conv4: 7 + 1 + 2 = 10
      `,
      { because: { r3: /stride/ } },
    ),
    answer(
      'a-slip-in-the-third-carried-forward',
      '1 1 3',
      written`
        Receptive field of conv2: 3 + 2*1 = 5
        Receptive field of conv3: 5 + 2*2 = 10
        after pooling: 10 + 1*2 = 12
        Receptive field of conv4: 12 + 2*4 = 20
      `,
    ),
    answer(
      'as-a-table',
      '1 2 3',
      written`
        | layer | kernel | stride | jump | receptive field |
        |---|---|---|---|---|
        | conv1 | 3 | 1 | 1 | 3 |
        | conv2 | 3 | 2 | 2 | 5 |
        | conv3 | 3 | 1 | 2 | 9 |
        | pool | 2 | 2 | 4 | 11 |
        | conv4 | 3 | 1 | 4 | 19 |
      `,
    ),
    answer(
      'in-one-sentence',
      '1 2 3',
      written`The receptive field of conv2 is 5, that of conv3 is 9, and the receptive field of conv4 is 19 pixels wide.`,
    ),
  ],
};
