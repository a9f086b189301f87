import { answer, written, type Paper } from '../paper.js';

/** 28·28·24·75 = 1,411,200; 14·14·24·9 = 42,336; 3·10⁹ parameters in 2 bytes: 6 GB, 12 bytes of states: 36 GB; 469 steps. */
export const WORK_AND_STORAGE: Paper = {
  name: 'work and storage',
  question: written`
    marks: 9
    prompt: Give the multiply-accumulates of both convolutions, the memory of 3 billion weights in 16 bits and of Adam's states (12 bytes for each weight), and the steps of an epoch of 60,000 images in batches of 128.
    network:
      input: [3, 28, 28]
      layers:
        - Conv2d: { name: wide, out_channels: 24, kernel_size: 5, padding: 2 }
        - MaxPool2d: { kernel_size: 2 }
        - Conv2d: { name: depthwise, out_channels: 24, kernel_size: 3, padding: 1, groups: 24, bias: false }
    conventions: { kilo: 1000 }
    ask:
      - { id: wide, says: MACs of the wide convolution, quantity: multiply-accumulates, of: wide, marks: 2, method: 1 }
      - { id: depthwise, says: MACs of the depthwise convolution, quantity: multiply-accumulates, of: depthwise, marks: 2, method: 1 }
      - { id: weights, says: Memory of the weights, value: 3*2, unit: GB, marks: 1 }
      - { id: states, says: Memory of the states, value: 3*12, unit: GB, marks: 2, method: 1 }
      - { id: steps, says: Steps of an epoch, value: ceil(60000/128), marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'multiply-accumulates-with-their-operations-beside-them',
      '2 2 1 2 2',
      written`
        wide: 1'411'200 MAC = 2'822'400 FLOPs
        depthwise: 42'336 MAC = 84'672 FLOPs
        weights: 6 GB
        states: 36 GB
        steps: 469
      `,
    ),
    answer(
      'bytes-by-powers-of-ten',
      '2 2 1 2 2',
      written`
        wide: 28*28*24*75 = 1.4112*10^6 MACs
        depthwise: 14*14*24*9 = 42336 MACs
        weights = 3·10^9 · 2 = 6·10^9 bytes
        states = $3 \times 10^{9} \cdot 12 = 3.6 \times 10^{10}$ bytes
        steps: 60000/128 = 468.75, so 469
      `,
    ),
    answer(
      'steps-cut-off',
      '2 2 1 2 0',
      written`
        wide: 28*28*24*75 = 1411200
        depthwise: 14*14*24*9 = 42336
        weights: 6 GB
        states: 36 GB
        steps: 60000/128 = 470
      `,
      { proposed: '2 2 1 2 ?' },
    ),
  ],
};
