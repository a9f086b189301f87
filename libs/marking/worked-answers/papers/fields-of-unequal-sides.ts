import { answer, written, type Paper } from '../paper.js';

/** Heights 3, 4, 8, 16 and widths 5, 7, 15, 23. */
export const FIELDS_OF_UNEQUAL_SIDES: Paper = {
  name: 'receptive fields of unequal sides',
  question: written`
    marks: 7
    prompt: The convolution conv1 has a kernel of 3×5 and strides of 1 along the height and 2 along the width, then come a 2×2 pooling, a convolution of 3×3 and one of 5×3.
    network:
      input: [1, 64, 128]
      layers:
        - Conv2d: { name: conv1, out_channels: 8, kernel_size: [3, 5], stride: [1, 2], padding: [1, 2] }
        - MaxPool2d: { name: pool, kernel_size: 2 }
        - Conv2d: { name: conv2, out_channels: 8, kernel_size: 3, padding: 1 }
        - Conv2d: { name: conv3, out_channels: 8, kernel_size: [5, 3], padding: [2, 1] }
    ask:
      - { id: height, says: Height of the receptive field of conv2, quantity: receptive-field-height, of: conv2, marks: 2, method: 1 }
      - { id: width, says: Width of the receptive field of conv2, quantity: receptive-field-width, of: conv2, marks: 2, method: 1 }
      - { id: field, says: Receptive field of conv3, quantity: receptive-field, of: conv3, marks: 3 }
  `,
  answers: [
    answer(
      'both-sides-together',
      '2 2 3',
      written`
        Receptive field of conv1: 3x5
        Receptive field of pool: 4x7
        Receptive field of conv2: 8x15
        Receptive field of conv3: 16x23
      `,
    ),
    answer(
      'each-side-by-itself',
      '2 2 3',
      written`
        Height of the receptive field:
        conv1: 3
        pool: 3 + 1*1 = 4
        conv2: 4 + 2*2 = 8
        conv3: 8 + 4*2 = 16
        Width of the receptive field:
        conv1: 5
        pool: 5 + 1*2 = 7
        conv2: 7 + 2*4 = 15
        conv3: 15 + 2*4 = 23
      `,
    ),
    answer(
      'each-with-its-working',
      '2 2 3',
      written`
        Height of the receptive field of conv2: $4 + (3-1)\cdot 2 = 8$
        Width of the receptive field of conv2: $7 + (3-1)\cdot 4 = 15$
        Receptive field of conv3: $(8 + 4\cdot 2) \times (15 + 2\cdot 4) = 16 \times 23$
      `,
    ),
    answer(
      'height-and-width-exchanged',
      '? ? ?',
      written`
        Height of the receptive field of conv2: 7 + 2*4 = 15
        Width of the receptive field of conv2: 4 + 2*2 = 8
        Receptive field of conv3: 23 x 16
      `,
    ),
    answer(
      'the-stride-along-the-width-overlooked',
      '2 ? ?',
      written`
        Height of the receptive field of conv2: 4 + 2*2 = 8
        Width of the receptive field of conv2: 6 + 2*2 = 10
        Receptive field of conv3: 16 x 14
      `,
    ),
  ],
};
