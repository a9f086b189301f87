import { answer, written, type Paper } from '../paper.js';

/** Depthwise 288, pointwise 2,048, normalisations 64 and 128: 2,528. Work 903,168 and 6,422,528. */
export const SEPARABLE_CONVOLUTION: Paper = {
  name: 'a depthwise separable convolution',
  question: written`
    marks: 12
    prompt: Count the parameters and multiply-accumulates of a depthwise separable convolution.
    network:
      input: [32, 56, 56]
      layers:
        - Conv2d: { name: depthwise, out_channels: 32, kernel_size: 3, padding: 1, groups: 32, bias: false }
        - BatchNorm2d: { name: bn1 }
        - ReLU
        - Conv2d: { name: pointwise, out_channels: 64, kernel_size: 1, bias: false }
        - BatchNorm2d: { name: bn2 }
    ask:
      - { id: depthwise, says: Parameters of the depthwise convolution, quantity: parameters, of: depthwise, marks: 2, method: 1 }
      - { id: pointwise, says: Parameters of the pointwise convolution, quantity: parameters, of: pointwise, marks: 2, method: 1 }
      - { id: total, says: Parameters of the whole block, quantity: parameters, marks: 3, method: 1 }
      - { id: dwork, says: Multiply-accumulates of the depthwise convolution, quantity: multiply-accumulates, of: depthwise, marks: 2, method: 1 }
      - { id: pwork, says: Multiply-accumulates of the pointwise convolution, quantity: multiply-accumulates, of: pointwise, marks: 3, method: 2 }
  `,
  answers: [
    answer(
      'right-step-by-step',
      '2 2 3 2 3',
      written`
        **Depthwise:** $3 \times 3 \times 1 \times 32 = 288$ parameters
        **Pointwise:** $1 \times 1 \times 32 \times 64 = 2048$ parameters
        **Batch norms:** $2 \times 32 = 64$ and $2 \times 64 = 128$
        **Total:** $288 + 64 + 2048 + 128 = 2528$
        **MACs depthwise:** $56 \times 56 \times 288 = 903\,168$
        **MACs pointwise:** $56 \times 56 \times 2048 = 6\,422\,528$
      `,
    ),
    answer(
      'groups-ignored-and-carried-forward',
      '0 2 3 2 3',
      written`
        Depthwise parameters: 3·3·32·32 = 9216
        Pointwise parameters: 32·64 = 2048
        BN: 64 + 128 = 192
        Total: 9216 + 2048 + 192 = 11456
        Depthwise MACs: 56·56·9216 = 28901376
        Pointwise MACs: 56·56·2048 = 6422528
      `,
      { because: { depthwise: /group/, dwork: /follows/ } },
    ),
    answer(
      'prose-with-sums-on-the-way',
      '2 2 3 2 3',
      written`
        The depthwise convolution has nine weights for each of the 32 channels, 288 in all. The pointwise convolution
        has 32 · 64 = 2048 weights. The two normalisations add 64 and 128 parameters, which makes 2528 for the whole block.
        Each of the 56 · 56 = 3136 positions takes 288 multiply-accumulates in the depthwise convolution, that is 903,168
        altogether, and 2048 in the pointwise convolution, that is 6,422,528.
      `,
      { proposed: '? 2 3 2 3' },
    ),
    answer(
      'normalisation-left-out-of-the-total',
      '2 2 0 2 3',
      written`
        depthwise: 9*32 = 288
        pointwise: 32*64 = 2048
        total: 288 + 2048 = 2336
        depthwise MACs: 288*3136 = 903168
        pointwise MACs: 2048*3136 = 6422528
      `,
      { because: { total: /normalis|bn/ } },
    ),
    answer(
      'work-doubled-to-flops',
      '2 2 3 0 0',
      written`
        depthwise: 9*32 = 288
        pointwise: 32*64 = 2048
        total: 288 + 64 + 2048 + 128 = 2528
        depthwise MACs: 2*288*3136 = 1806336
        pointwise MACs: 2*2048*3136 = 12845056
      `,
      { because: { dwork: /addition|twice|two|operation/i } },
    ),
    answer(
      'millions-to-three-figures-with-a-working',
      '2 2 3 2 3',
      written`
        Depthwise conv: 32*3*3 = 288. Pointwise conv: 64*32 = 2048.
        Whole block: 288 + 2*32 + 2048 + 2*64 = 2528
        Depthwise: 56^2 * 288 ≈ 0.903 M MACs
        Pointwise: 56^2 * 2048 ≈ 6.42 M MACs
      `,
    ),
    answer(
      'a-slip-in-the-positions-carried-forward',
      '2 2 3 1 3',
      written`
        Depthwise conv: 32*3*3 = 288
        Pointwise conv: 64*32 = 2048
        Whole block: 288 + 2*32 + 2048 + 2*64 = 2528
        Depthwise MACs: 54*54*288 = 839808
        Pointwise MACs: 54*54*2048 = 5971968
      `,
    ),
  ],
};
