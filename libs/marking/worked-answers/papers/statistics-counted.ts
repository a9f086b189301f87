import { answer, written, type Paper } from '../paper.js';

/** 2·24 learn and 2·24 are kept: 96; 24·27 = 648 and 10·(24 + 1) = 250: 994 in all, of which 946 are trained. */
export const STATISTICS_COUNTED: Paper = {
  name: 'running statistics counted',
  question: written`
    marks: 11
    prompt: Count the running mean and variance of the batch normalisation among its parameters. How many parameters are there, and how many are trained?
    network:
      input: [3, 16, 16]
      layers:
        - Conv2d: { name: conv, out_channels: 24, kernel_size: 3, padding: 1, bias: false }
        - BatchNorm2d: { name: bn }
        - ReLU
        - AdaptiveAvgPool2d: 1
        - Flatten
        - Linear: { name: fc, out_features: 10 }
    conventions: { statistics: counted }
    ask:
      - { id: conv, says: Parameters of the convolution, quantity: parameters, of: conv, marks: 2, method: 1 }
      - { id: bn, says: Parameters of the batch normalisation, quantity: parameters, of: bn, marks: 2, method: 1 }
      - { id: fc, says: Parameters of the linear layer, quantity: parameters, of: fc, marks: 2, method: 1 }
      - { id: all, says: Parameters in total, quantity: parameters, marks: 2, method: 1 }
      - { id: trained, says: Trainable parameters, quantity: trainable-parameters, marks: 2, method: 1 }
      - { id: kept, says: Non-trainable parameters, quantity: non-trainable-parameters, marks: 1 }
  `,
  answers: [
    answer(
      'statistics-among-them',
      '2 2 2 2 2 1',
      written`
        Convolution: 24·3·3·3 = 648
        Batch normalisation: 4·24 = 96
        Linear layer: 10·24 + 10 = 250
        Total: 648 + 96 + 250 = 994
        Trainable: 648 + 48 + 250 = 946
        Non-trainable: 2·24 = 48
      `,
    ),
    answer(
      'a-slip-in-the-convolution-goes-through-both-sums',
      '1 2 2 2 2 1',
      written`
        Convolution: 24*3*3*3 = 684
        Batch normalisation: 4*24 = 96
        Linear layer: 10*24 + 10 = 250
        Total: 684 + 96 + 250 = 1030
        Trainable: 684 + 48 + 250 = 982
        Non-trainable: 48
      `,
    ),
    answer(
      'trained-from-the-total-less-the-statistics',
      '2 2 1 2 2 1',
      written`
        Convolution: 24*27 = 648
        Batch normalisation: gamma, beta, running mean and running variance, 24 each, 96
        Linear layer: 10*24 + 10 = 260
        Total: 648 + 96 + 260 = 1004
        Non-trainable: 48
        Trainable: 1004 - 48 = 956
      `,
      { proposed: '2 ? 1 2 2 1' },
    ),
    answer(
      'statistics-left-out-in-the-layer-alone-and-so-in-the-total',
      '2 0 2 2 2 1',
      written`
        Convolution: 24*27 = 648
        Batch normalisation: 2*24 = 48
        Linear layer: 10*25 = 250
        Total: 648 + 48 + 250 = 946
        Trainable: 946
        Non-trainable: 48
      `,
      { because: { bn: /running statistics/ } },
    ),
  ],
};
