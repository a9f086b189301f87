import { answer, written, type Paper } from '../paper.js';

/**
 * A kernel of 3×5 over 64 maps of 64×64: 251,658,240 multiply-accumulates, 503,316,480 FLOPs; the 1×1 convolution makes
 * 33,554,432 and 67,108,864; together 285,212,672 and 570,425,344.
 */
export const WORK_OF_CONVOLUTIONS: Paper = {
  name: 'the work of two convolutions',
  question: written`
    marks: 9
    prompt: A convolution of 3×5 over 64 maps of 64×64, then one of 1×1 to 128 maps, both without biases. Count a multiply-accumulate as one operation or as two, but say which and keep to it.
    network:
      input: [64, 64, 64]
      layers:
        - Conv2d: { name: wide, out_channels: 64, kernel_size: [3, 5], padding: [1, 2], bias: false }
        - Conv2d: { name: point, out_channels: 128, kernel_size: 1, bias: false }
    conventions: { work: either }
    ask:
      - { id: weights, says: Weights of the wide convolution, quantity: weights, of: wide, marks: 2, method: 1 }
      - { id: wide, says: FLOPs of the wide convolution, quantity: flops, of: wide, marks: 3, method: 2 }
      - { id: point, says: FLOPs of the pointwise convolution, quantity: flops, of: point, marks: 2, method: 1 }
      - { id: total, says: FLOPs in total, quantity: flops, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'multiply-accumulates-as-one',
      '2 3 2 2',
      written`
        Weights of the wide convolution: 64*64*3*5 = 61,440
        Wide convolution: 64*64*61,440 = 251,658,240 MACs
        Pointwise convolution: 64*64*64*128 = 33,554,432 MACs
        Total: 251,658,240 + 33,554,432 = 285,212,672 MACs
      `,
    ),
    answer(
      'multiplications-and-additions-apart',
      '2 3 2 2',
      written`
        Weights: $64 \cdot 64 \cdot 15 = 61440$
        FLOPs of the wide convolution: $2 \cdot 64^2 \cdot 61440 = 503316480$
        FLOPs of the pointwise convolution: $2 \cdot 64^2 \cdot 8192 = 67108864$
        FLOPs in total: $503316480 + 67108864 = 570425344$
      `,
    ),
    answer(
      'the-two-ways-mixed',
      '2 ? 2 2',
      written`
        Weights of the wide convolution: 61440
        FLOPs of the wide convolution: 4096*61440 = 251658240
        FLOPs of the pointwise convolution: 2*4096*64*128 = 67108864
        FLOPs in total: 251658240 + 67108864 = 318767104
      `,
      { because: { wide: /mixed/ } },
    ),
    answer(
      'in-units-of-giga',
      '2 3 2 2',
      written`
        wide: 64·64·3·5 = 61.44k weights
        wide: 2·4096·61440 ≈ 0.503 GFLOPs
        pointwise: 2·4096·8192 ≈ 0.067 GFLOPs
        total: 0.503 + 0.067 = 0.570 GFLOPs
      `,
    ),
    answer(
      'pixel-by-pixel',
      '2 3 2 2',
      written`
        Each output value of the wide convolution needs 3·5·64 = 960 MACs. There are 64·64·64 = 262,144 output values, so
        the wide convolution needs 262,144 · 960 = 251,658,240 MACs.
        The pointwise convolution needs 64 MACs for each of its 524,288 output values: 524,288 · 64 = 33,554,432 MACs.
        Together: 285,212,672 MACs.
        The wide convolution has 960 · 64 = 61,440 weights.
      `,
    ),
    answer(
      'the-pixels-forgotten',
      '2 0 0 2',
      written`
        Weights of the wide convolution: 64*64*3*5 = 61440
        FLOPs of the wide convolution: 2*61440 = 122880
        FLOPs of the pointwise convolution: 2*8192 = 16384
        FLOPs in total: 122880 + 16384 = 139264
      `,
      { because: { wide: /FLOP|place|pixel|position/ } },
    ),
  ],
};
