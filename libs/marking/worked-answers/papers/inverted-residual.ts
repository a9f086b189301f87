import { answer, written, type Paper } from '../paper.js';

/** 24·144 = 3,456; 144·9 = 1,296; 144·32 = 4,608; with 288 + 288 + 64 of the normalisations 10,000. */
export const INVERTED_RESIDUAL: Paper = {
  name: 'an inverted residual',
  question: written`
    marks: 11
    prompt: A block widens 24 channels to 144, convolves them depthwise at stride 2 and narrows them to 32. No convolution has biases.
    network:
      input: [24, 56, 56]
      layers:
        - Conv2d: { name: expand, out_channels: 144, kernel_size: 1, bias: false }
        - BatchNorm2d: { name: bn1 }
        - ReLU6
        - Conv2d: { name: depthwise, out_channels: 144, kernel_size: 3, stride: 2, padding: 1, groups: 144, bias: false }
        - BatchNorm2d: { name: bn2 }
        - ReLU6
        - Conv2d: { name: project, out_channels: 32, kernel_size: 1, bias: false }
        - BatchNorm2d: { name: bn3 }
    ask:
      - { id: shape, says: Output shape of the depthwise convolution, quantity: output-shape, of: depthwise, marks: 2 }
      - { id: expand, says: Parameters of the expansion, quantity: parameters, of: expand, marks: 1 }
      - { id: depthwise, says: Parameters of the depthwise convolution, quantity: parameters, of: depthwise, marks: 2, method: 1 }
      - { id: project, says: Parameters of the projection, quantity: parameters, of: project, marks: 1 }
      - { id: work, says: Multiply-accumulates of the expansion, quantity: multiply-accumulates, of: expand, marks: 2, method: 1 }
      - { id: total, says: Parameters of the whole block, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'right-in-latex-with-text',
      '2 1 2 1 2 3',
      written`
        Depthwise output: $\lfloor (56 + 2 - 3)/2 \rfloor + 1 = 28$, hence $144 \times 28 \times 28$.
        Expansion: $24 \cdot 144 = 3456$ weights
        Depthwise: $144 \cdot 3^2 = 1296$ weights
        Projection: $144 \cdot 32 = 4608$ weights
        MACs of the expansion: $56 \cdot 56 \cdot 3456 = 10\,838\,016$
        Whole block: $3456 + 1296 + 4608 + \underbrace{2(144 + 144 + 32)}_{\text{BN}} = 10\,000$
      `,
    ),
    answer(
      'groups-ignored',
      '2 1 0 1 2 3',
      written`
        Depthwise output shape: 28x28x144
        Expansion params: 24*144 = 3456
        Depthwise params: 144*144*3*3 = 186624
        Projection params: 144*32 = 4608
        Expansion MACs: 56*56*24*144 = 10838016
        Block total: 3456 + 288 + 186624 + 288 + 4608 + 64 = 195328
      `,
      { because: { depthwise: /groups/ } },
    ),
    answer(
      'the-stride-overlooked',
      '? 1 2 1 2 3',
      written`
        Output of the depthwise convolution: 144x56x56
        Expansion: 24*144 = 3456
        Depthwise: 144*9 = 1296
        Projection: 144*32 = 4608
        MACs of the expansion: 3136*3456 = 10838016
        Total: 3456 + 1296 + 4608 + 640 = 10000
      `,
    ),
    answer(
      'numbers-abbreviated',
      '2 1 2 1 2 3',
      written`
        depthwise output: (144, 28, 28)
        expansion: 24 × 144 ≈ 3.5k params
        depthwise: 144 × 3 × 3 ≈ 1.3k params
        projection: 144 × 32 ≈ 4.6k params
        MACs expansion: 56² × 3456 ≈ 10.8M
        total: 3456 + 1296 + 4608 + 640 = 10k
      `,
    ),
    answer(
      'a-running-total',
      '2 1 2 1 2 3',
      written`
        Depthwise output shape: 144 x 28 x 28
        Expansion: 24 * 144 = 3456
        Depthwise: 9 * 144 = 1296
        Projection: 144 * 32 = 4608
        MACs of the expansion: 3456 * 56 * 56 = 10838016
        Total: 3456 + 288 = 3744 + 1296 = 5040 + 288 = 5328 + 4608 = 9936 + 64 = 10000
      `,
    ),
    answer(
      'another-block-altogether',
      '? ? ? ? ? ?',
      written`
        Depthwise output: 192x28x28
        Expansion: 32*192 = 6144
        Depthwise: 192*3*3 = 1728
        Projection: 192*32 = 6144
        MACs of the expansion: 56*56*6144 = 19267584
        Total: 6144 + 384 + 1728 + 384 + 6144 + 64 = 14848
      `,
    ),
  ],
};
