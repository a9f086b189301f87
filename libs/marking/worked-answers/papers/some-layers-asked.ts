import { answer, written, type Paper } from '../paper.js';

/** 156, 2,416, 48,120 asked; fc2 10,164 and fc3 850 only lie on the way to 61,706. */
export const SOME_LAYERS_ASKED: Paper = {
  name: 'some layers asked',
  question: written`
    marks: 8
    prompt: Give the parameters of conv1, conv2 and fc1, and of the whole network.
    network:
      input: [1, 32, 32]
      layers:
        - Conv2d: { name: conv1, out_channels: 6, kernel_size: 5 }
        - MaxPool2d: 2
        - Conv2d: { name: conv2, out_channels: 16, kernel_size: 5 }
        - MaxPool2d: 2
        - Flatten
        - Linear: { name: fc1, out_features: 120 }
        - Linear: { name: fc2, out_features: 84 }
        - Linear: { name: fc3, out_features: 10 }
    ask:
      - { id: conv1, says: Parameters of conv1, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: conv2, says: Parameters of conv2, quantity: parameters, of: conv2, marks: 2, method: 1 }
      - { id: fc1, says: Parameters of fc1, quantity: parameters, of: fc1, marks: 2, method: 1 }
      - { id: total, says: Parameters of the whole network, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'biases-left-out-throughout-cost-in-each-layer-and-not-in-the-sum',
      '0 0 0 2',
      written`
        conv1 = 5*5*6 = 150, conv2 = 5*5*6*16 = 2400, fc1 = 400*120 = 48000.
        fc2 = 10080, fc3 = 840, total = 61470
      `,
      { because: { fc1: /^48000 is given/, total: /follows/ } },
    ),
    answer(
      'biases-left-out-throughout-and-only-what-is-asked-written-down',
      '0 0 0 2',
      written`
        conv1 = 150
        conv2 = 2400
        fc1 = 48000
        all in all 61470 parameters
      `,
      { because: { total: /same error in conv1, conv2, fc1/ } },
    ),
    answer(
      'a-layer-that-is-not-asked-about-is-wrong',
      '2 2 2 1',
      written`
        conv1: 156
        conv2: 2416
        fc1: 400 * 120 + 120 = 48120
        fc2: 120 * 84 + 84 = 10264
        fc3: 84 * 10 + 10 = 850
        Total: 61806
      `,
      { because: { total: /10264 \(parameters of fc2\), which is wrong/ } },
    ),
    answer(
      'layers-in-sentences-one-of-which-is-wrong',
      '2 2 2 1',
      written`The layer conv1 has 156 parameters, the layer conv2 has 2416 parameters, the layer fc1 has 48120 parameters, the
        layer fc2 has 10264 parameters, the layer fc3 has 850 parameters. Total: 61806`,
    ),
    answer(
      'the-number-of-another-layer-is-not-its-own',
      '2 2 ? 0',
      written`
        conv1: 156
        conv2: 2416
        fc2: 10164
        total: 12736
      `,
      { proposed: '2 2 ? ?' },
    ),
    answer(
      'a-sum-that-does-not-follow-from-what-stands-before-it',
      '2 2 0 0',
      written`
        conv1: 156
        conv2: 2416
        fc1: 400 * 120 = 48000
        fc2: 10164
        fc3: 850
        total: 60000
      `,
    ),
  ],
};
