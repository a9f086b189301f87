import { answer, written, type Paper } from '../paper.js';

/** 64×16×16 with 131,136 parameters, then 3×32×32 with 3,075: 134,211. */
export const TRANSPOSED_CONVOLUTIONS: Paper = {
  name: 'transposed convolutions',
  question: written`
    marks: 8
    prompt: A decoder of two transposed convolutions.
    network:
      input: [128, 8, 8]
      layers:
        - ConvTranspose2d: { name: up1, out_channels: 64, kernel_size: 4, stride: 2, padding: 1 }
        - ReLU
        - ConvTranspose2d: { name: up2, out_channels: 3, kernel_size: 4, stride: 2, padding: 1 }
    ask:
      - { id: shape, says: Output shape of the first transposed convolution, quantity: output-shape, of: up1, marks: 2 }
      - { id: up1, says: Parameters of the first transposed convolution, quantity: parameters, of: up1, marks: 2, method: 1 }
      - { id: side, says: Height of the final output, quantity: height, of: up2, marks: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'right-with-the-formula',
      '2 2 1 3',
      written`
        (8 − 1) · 2 − 2 · 1 + 4 = 16, so the first transposed convolution puts out 64 × 16 × 16.
        Its parameters: 128 · 64 · 4 · 4 + 64 = 131 136
        Height of the final output: (16 − 1) · 2 − 2 + 4 = 32
        up2: 64 · 3 · 16 + 3 = 3075
        Total: 131 136 + 3075 = 134 211
      `,
    ),
    answer(
      'the-formula-of-a-convolution-used',
      '0 2 0 3',
      written`
        Output of the first transposed convolution: (8 + 2 - 4)/2 + 1 = 4, so 64x4x4
        Parameters of up1: 128*64*4*4 + 64 = 131136
        Final output height: (4 + 2 - 4)/2 + 1 = 2
        up2 parameters: 64*3*4*4 + 3 = 3075
        Total: 134211
      `,
      { proposed: '? 2 0 3' },
    ),
    answer(
      'biases-by-the-inputs',
      '2 0 1 3',
      written`
        up1: 64x16x16
        Parameters up1: 4*4*128*64 + 128 = 131200
        up2: 3x32x32
        Final height: 32
        Parameters up2: 4*4*64*3 + 64 = 3136
        Total: 131200 + 3136 = 134336
      `,
      { because: { up1: /inputs instead of the outputs/ } },
    ),
    answer(
      'numbers-alone',
      '2 2 1 3',
      written`
        1. 64 x 16 x 16
        2. 131,136
        3. 32
        4. 134,211
      `,
      { proposed: '2 2 1 3' },
    ),
    answer(
      'a-slip-in-the-product-of-the-first-layer',
      '2 1 1 3',
      written`
        Shape up1: (64, 16, 16)
        Parameters up1: 128·64·16 + 64 = 131072 + 64 = 131163
        Height up2: 32
        Parameters up2: 64·3·16 + 3 = 3075
        Total parameters: 131163 + 3075 = 134238
      `,
    ),
  ],
};
