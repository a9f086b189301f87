import { answer, written, type Paper } from '../paper.js';

/** 5·(3·3·3 + 1) = 140; 5·7·7 = 245 flattened; 10·(245 + 1) = 2,460. */
export const STEPS_WITH_MARKS: Paper = {
  name: 'steps with marks of their own',
  question: written`
    marks: 9
    prompt: Count the parameters of both layers.
    network:
      input: [3, 9, 9]
      layers:
        - Conv2d: { name: conv, out_channels: 5, kernel_size: 3 }
        - Flatten: { name: flatten }
        - Linear: { name: fc, out_features: 10 }
    ask:
      - id: conv
        says: Parameters of the convolution
        quantity: parameters
        of: conv
        marks: 2
        method: 1
        steps:
          - { id: filter, says: Weights of one filter, quantity: weights-per-filter, marks: 1 }
      - id: fc
        says: Parameters of the linear layer
        quantity: parameters
        of: fc
        marks: 2
        method: 1
        follow: true
        steps:
          - { id: side, says: Height after the convolution, quantity: height, of: conv, marks: 1 }
          - { id: flat, says: Features after flattening, quantity: features, of: flatten, marks: 1, follow: false }
      - { id: share, says: Share of the linear layer in percent, value: 100*fc/(conv+fc), decimals: 1, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'every-step-shown',
      '1 2 1 1 2 2',
      written`
        Weights of one filter: 3*3*3 = 27
        Parameters of the convolution: 5*(27+1) = 140
        Height after the convolution: (9-3)/1+1 = 7
        Flattened: 5*7*7 = 245 features
        Parameters of the linear layer: 10*(245+1) = 2460
        Share of the linear layer: 100*2460/(140+2460) = 94.6
      `,
    ),
    answer(
      'steps-within-the-calculation',
      '1 2 1 1 2 2',
      written`
        Parameters of the convolution: 5*(3*3*3+1) = 140
        Parameters of the linear layer: 10*(5*7*7+1) = 2460
        Share: 100*2460/2600 = 94.6
      `,
    ),
    answer(
      'a-wrong-size-followed-by-the-layer-but-not-by-the-step-that-follows-nothing',
      '1 2 0 0 2 2',
      written`
        Weights of one filter: 27
        Parameters of the convolution: 5*(27+1) = 140
        Height after the convolution: 9
        Flattened: 5*9*9 = 405 features
        Parameters of the linear layer: 10*(405+1) = 4060
        Share: 100*4060/(140+4060) = 96.7
      `,
      { proposed: '1 2 0 ? 2 2' },
    ),
    answer(
      'the-bare-results-show-no-step',
      '? 2 ? ? 2 2',
      written`
        Parameters of the convolution: 140
        Parameters of the linear layer: 2460
        Share of the linear layer: 94.6
      `,
    ),
  ],
};
