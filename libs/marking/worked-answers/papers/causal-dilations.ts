import { answer, written, type Paper } from '../paper.js';

/** 1 + (1 + 2 + 4 + 8) = 16 samples; 32·3 = 96, 32·65 = 2,080 three times; 1000 − 15 = 985. */
export const CAUSAL_DILATIONS: Paper = {
  name: 'dilated convolutions over sound',
  question: written`
    marks: 11
    prompt: Four convolutions of kernel size 2 with dilations 1, 2, 4 and 8 and 32 channels each, without padding, go over 1000 samples.
    network:
      input: [1, 1000]
      layers:
        - Conv1d: { name: conv1, out_channels: 32, kernel_size: 2 }
        - Conv1d: { name: conv2, out_channels: 32, kernel_size: 2, dilation: 2 }
        - Conv1d: { name: conv3, out_channels: 32, kernel_size: 2, dilation: 4 }
        - Conv1d: { name: conv4, out_channels: 32, kernel_size: 2, dilation: 8 }
    ask:
      - { id: field, says: Receptive field of the last convolution, quantity: receptive-field, of: conv4, marks: 3, method: 2 }
      - { id: first, says: Parameters of the first convolution, quantity: parameters, of: conv1, marks: 1 }
      - { id: second, says: Parameters of the second convolution, quantity: parameters, of: conv2, marks: 2, method: 1 }
      - { id: length, says: Length of the output, quantity: length, of: conv4, marks: 2, method: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'one-sum-for-all-layers',
      '3 1 2 2 3',
      written`
        Receptive field = 1 + (2-1)*(1+2+4+8) = 16
        Parameters of the first convolution = 32*(1*2+1) = 96
        Parameters of the second convolution = 32*(32*2+1) = 2080
        Length of the output = 1000 - (1+2+4+8) = 985
        Parameters in total = 96 + 3*2080 = 6336
      `,
    ),
    answer(
      'doubling-each-time',
      '3 1 2 2 3',
      written`
        The receptive field doubles with every layer: 2^4 = 16 samples.
        conv1: 2*32 + 32 = 96 params
        conv2: 2*32*32 + 32 = 2080 params (conv3 and conv4 the same)
        Output length: 1000 - 15 = 985
        Total: 96 + 2080 + 2080 + 2080 = 6336
      `,
    ),
    answer(
      'dilations-forgotten',
      '0 1 2 0 3',
      written`
        Receptive field: 1 + 4*(2-1) = 5
        First convolution: 32*(2+1) = 96
        Second convolution: 32*(64+1) = 2080
        Output length: 1000 - 4 = 996
        Total: 96 + 3*2080 = 6336
      `,
      { because: { field: /dilation/, length: /dilation/ } },
    ),
    answer(
      'layer-by-layer-with-arrows',
      '3 1 2 2 3',
      written`
        Length: 1000 -> 999 -> 997 -> 993 -> 985
        Receptive field: 1 -> 2 -> 4 -> 8 -> 16
        First convolution 96 parameters, second convolution 2080 parameters.
        Total: 96 + 3 · 2080 = 6336
      `,
    ),
    answer(
      'all-layers-alike-in-the-total',
      '3 1 2 2 ?',
      written`
        RF = 2 + 2 + 4 + 8 = 16
        first: 32*(1*2 + 1) = 96
        second: 32*(32*2 + 1) = 2080
        L = 1000 - 1 - 2 - 4 - 8 = 985
        total: 4 * 2080 = 8320
      `,
    ),
  ],
};
