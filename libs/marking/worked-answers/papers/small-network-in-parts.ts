import { answer, written, type Paper } from '../paper.js';

/** 16 · 76 = 1,216 and 32 · 145 = 4,640; 32 × 14 × 14 outputs of 144 multiplications each; 10 pixels and 4. */
const NETWORK = `network:
  input: [3, 32, 32]
  layers:
    - Conv2d: { name: conv1, out_channels: 16, kernel_size: 5, padding: 2 }
    - MaxPool2d: { name: pool1, kernel_size: 2 }
    - Conv2d: { name: conv2, out_channels: 32, kernel_size: 3 }
    - MaxPool2d: { name: pool2, kernel_size: 2 }
    - Flatten
    - Linear: { name: fc, out_features: 10 }
`;

export const SHAPES_OF_A_SMALL_NETWORK: Paper = {
  name: 'shapes of a small network',
  question: `${NETWORK}${written`
    marks: 3
    prompt: Give the shapes after conv1, after the first pooling and after conv2.
    ask:
      - { id: s1, says: Shape after conv1, quantity: output-shape, of: conv1, marks: 1 }
      - { id: s2, says: Shape after the first pooling, quantity: output-shape, of: pool1, marks: 1 }
      - { id: s3, says: Shape after conv2, quantity: output-shape, of: conv2, marks: 1 }
  `}`,
  answers: [
    answer(
      'channels-at-height-by-width',
      '1 1 1',
      written`
        - conv1: 16@32x32
        - pool1: 16@16×16
        - conv2: 32@14x14
      `,
    ),
    answer(
      'the-last-shape-kept-its-size',
      '1 1 0',
      written`
        - conv1: 16@32x32
        - pool1: 16@16x16
        - conv2: 32@16x16
      `,
      { proposed: '1 1 ?' },
    ),
  ],
};

export const WORK_AND_MEMORY_OF_A_SMALL_NETWORK: Paper = {
  name: 'work and memory of a small network',
  question: `${NETWORK}${written`
    marks: 4
    prompt: How many multiply-accumulates does conv2 need, and how much memory (kB) do the parameters take as 32-bit floats?
    conventions: { kilo: 1000 }
    ask:
      - { id: macs, says: Multiply-accumulates of conv2, quantity: multiply-accumulates, of: conv2, marks: 2, method: 1 }
      - { id: memory, says: Memory of the parameters, quantity: parameter-memory, unit: kB, marks: 2, method: 1 }
  `}`,
  answers: [
    answer(
      'the-result-again-in-fewer-digits',
      '2 2',
      '144 multiply-accumulates for each of 32*14*14 = 6272 outputs, that is 903,168 ≈ 0.9 M. For the memory: 86.184 kB.',
    ),
    answer(
      'shapes-that-belong-to-another-part',
      '? ?',
      written`
        conv1: 16x32x32
        pool1: 16x16x16
        conv2: 32x14x14
        pool2: 32x7x7
      `,
    ),
    answer(
      'memory-of-a-total-that-was-wrong-in-another-part',
      '2 2',
      written`
        MACs: 32*14*14*16*3*3 = 903168
        memory: 21488*4 = 85952 bytes = 85.952 kB
      `,
      { proposed: '2 ?', because: { memory: /goes on from 21488, which is not worked out here/ } },
    ),
    answer(
      'memory-of-one-layer-alone',
      '2 1',
      written`
        MACs: 903168
        memory: 4640 * 4 = 18560 B = 18.56 kB
      `,
    ),
  ],
};

export const FIELD_AND_DISTANCE: Paper = {
  name: 'field and distance',
  question: `${NETWORK}${written`
    marks: 3
    prompt: Give the receptive field after conv2 and the distance between neighbours after the second pooling.
    ask:
      - { id: rf, says: Receptive field after conv2, quantity: receptive-field, of: conv2, marks: 2, method: 1 }
      - { id: jump, says: Distance between neighbours after the second pooling, quantity: jump, of: pool2, marks: 1 }
  `}`,
  answers: [
    answer('two-numbers-in-the-order-of-the-question', '2 1', '10, 4'),
    answer('two-numbers-with-their-words', '2 1', 'receptive field 10, jump 4'),
    answer('sides-and-pixels', '2 1', '10 x 10 pixels; 4 pixels.'),
    answer('the-second-is-wrong', '2 0', '10, 8', { proposed: '? ?' }),
    answer('in-another-order', '? ?', '4, 10'),
    answer('a-third-number', '? ?', '10, 12, 4'),
  ],
};

/** Cases of LaTeX: what stands behind `&` names the row, and is no factor. */
export const LAYERS_IN_CASES: Paper = {
  name: 'layers in cases',
  question: `${NETWORK}${written`
    marks: 6
    prompt: Give the parameters of both convolutions and of the linear layer.
    ask:
      - { id: conv1, says: Parameters of the first convolution, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: conv2, says: Parameters of the second convolution, quantity: parameters, of: conv2, marks: 2, method: 1 }
      - { id: fc, says: Parameters of the linear layer, quantity: parameters, of: fc, marks: 2, method: 1 }
  `}`,
  answers: [
    answer(
      'names-behind-the-numbers',
      '2 2 2',
      written`
        \[
        \text{parameters} = \begin{cases}
        16(3\cdot 5^2+1) = 1216 & \text{conv1}\\
        32(16\cdot 3^2+1) = 4640 & \text{conv2}\\
        10(32\cdot 7^2+1) = 15690 & \text{fc}
        \end{cases}
        \]
      `,
    ),
    answer(
      'mended-in-the-same-line',
      '2 2 2',
      written`
        conv1: 1200, wait, with the biases 1216
        conv2: 32*145 = 4640
        fc: 15690
      `,
      { proposed: '? 2 2' },
    ),
  ],
};
