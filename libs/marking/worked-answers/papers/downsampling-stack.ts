import { answer, written, type Paper } from '../paper.js';

/** Sizes 112, 56, 28 …; FLOPs of the first convolution 236,027,904 without bias work. */
export const DOWNSAMPLING_STACK: Paper = {
  name: 'the stem of a residual network',
  question: written`
    marks: 10
    prompt: The stem of ResNet on 224×224 images. Give sizes, parameters and multiply-accumulates.
    network:
      input: [3, 224, 224]
      layers:
        - Conv2d: { name: conv1, out_channels: 64, kernel_size: 7, stride: 2, padding: 3, bias: false }
        - BatchNorm2d: { name: bn1 }
        - ReLU
        - MaxPool2d: { name: maxpool, kernel_size: 3, stride: 2, padding: 1 }
    ask:
      - { id: conv, says: Output shape of conv1, quantity: output-shape, of: conv1, marks: 2 }
      - { id: pool, says: Output shape of the max pooling, quantity: output-shape, of: maxpool, marks: 2 }
      - { id: weights, says: Parameters of conv1, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: bn, says: Parameters of bn1, quantity: parameters, of: bn1, marks: 1 }
      - { id: macs, says: Multiply-accumulates of conv1, quantity: multiply-accumulates, of: conv1, marks: 3, method: 2 }
  `,
  // 64x112x112, 64x56x56, 9408, 128, 118,013,952
  answers: [
    answer(
      'right-with-floors',
      '2 2 2 1 3',
      written`
        conv1: ⌊(224 + 2·3 − 7)/2⌋ + 1 = ⌊223/2⌋ + 1 = 111 + 1 = 112 → 64×112×112
        maxpool: ⌊(112 + 2 − 3)/2⌋ + 1 = 55 + 1 = 56 → 64×56×56
        Parameters of conv1: 64·3·7·7 = 9408
        Parameters of bn1: 2·64 = 128
        MACs of conv1: 112·112·9408 = 118 013 952
      `,
    ),
    answer(
      'shapes-with-the-batch',
      '2 2 2 1 3',
      written`
        conv1 output: (N, 64, 112, 112)
        max pooling output: (N, 64, 56, 56)
        conv1 parameters: 7*7*3*64 = 9,408
        bn1 parameters: 128
        conv1 multiply-accumulates: 9,408 * 12,544 = 118,013,952
      `,
    ),
    answer(
      'rounded-up-by-one-and-carried-forward',
      '? 2 2 1 3',
      written`
        Output shape of conv1: 64 x 113 x 113
        Output shape of max pooling: (113 + 2 - 3)/2 + 1 = 57, so 64 x 57 x 57
        Parameters of conv1: 64*3*49 = 9408
        Parameters of bn1: 128
        MACs of conv1: 113*113*9408 = 120130752
      `,
    ),
    answer(
      'a-bias-that-is-not-there',
      '2 2 0 1 3',
      written`
        Output shape conv1: 64x112x112
        Output shape maxpool: 64x56x56
        Parameters conv1: (7*7*3+1)*64 = 9472
        Parameters bn1: 2*64 = 128
        MACs conv1: 7*7*3*64*112*112 = 118013952
      `,
      { because: { weights: /bias/ } },
    ),
    answer(
      'statistics-counted-among-the-parameters',
      '2 2 2 0 3',
      written`
        conv1: 64x112x112
        maxpool: 64x56x56
        conv1 parameters: 9408
        bn1 parameters: 4*64 = 256
        conv1 MACs: 118,013,952
      `,
      { because: { bn: /statistic|running/ } },
    ),
    answer(
      'work-in-giga',
      '2 2 2 1 3',
      written`
        conv1 -> 112 x 112 x 64, maxpool -> 56 x 56 x 64
        #params conv1 = 7 * 7 * 3 * 64 = 9408; #params bn1 = 64 + 64 = 128
        MACs conv1 = 112^2 * 64 * 147 ≈ 0.118 GMACs
      `,
    ),
  ],
};
