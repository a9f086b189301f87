import { answer, written, type Paper } from '../paper.js';

/** Stanford CS231n, notes on convolutional networks: ten 5×5 filters over 32×32×3 with padding 2 have 760 parameters. */
export const TEN_FILTERS: Paper = {
  name: 'published: ten 5×5 filters (CS231n)',
  question: written`
    marks: 4
    prompt: An input of 32×32×3 meets ten 5×5 filters with stride 1 and padding 2. What size is the output, and how many parameters are there?
    network:
      input: [3, 32, 32]
      layers: [{ Conv2d: { name: conv, out_channels: 10, kernel_size: 5, padding: 2 } }]
    ask:
      - { id: size, says: Output volume size, quantity: output-shape, of: conv, marks: 2 }
      - { id: parameters, says: Number of parameters, quantity: parameters, of: conv, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'as-in-the-lecture',
      '2 2',
      written`
        (32 + 2*2 - 5)/1 + 1 = 32 spatially, so the output volume is 32x32x10.
        Each filter has 5*5*3 + 1 = 76 parameters (+1 for bias), so 76*10 = 760.
      `,
    ),
    answer(
      'bias-forgotten',
      '2 0',
      written`
        Output volume size: 32x32x10
        Number of parameters: 5*5*3*10 = 750
      `,
      { because: { parameters: /bias is left out/ } },
    ),
    answer(
      'input-channels-forgotten',
      '2 0',
      written`
        Output volume size: 32x32x10
        Number of parameters: (5*5 + 1)*10 = 260
      `,
      { because: { parameters: /input channels/ } },
    ),
    answer(
      'padding-forgotten',
      '0 2',
      written`
        Output volume size: (32 - 5)/1 + 1 = 28, so 28x28x10
        Number of parameters: 76*10 = 760
      `,
      { proposed: '? 2' },
    ),
  ],
};

/** CS231n on AlexNet's first layers: 55×55×96 with 34,944 parameters, then 27×27×96 with none. */
export const ALEXNET_START: Paper = {
  name: 'published: the first layers of AlexNet (CS231n)',
  question: written`
    marks: 7
    prompt: Images of 227×227×3 meet 96 filters of 11×11 at stride 4, then a 3×3 max pooling at stride 2.
    network:
      input: [3, 227, 227]
      layers:
        - Conv2d: { name: conv1, out_channels: 96, kernel_size: 11, stride: 4 }
        - ReLU
        - MaxPool2d: { name: pool1, kernel_size: 3, stride: 2 }
    conventions: { bias: either }
    ask:
      - { id: conv1, says: Output volume of the first convolution, quantity: output-shape, of: conv1, marks: 2 }
      - { id: weights, says: Parameters of the first convolution, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: pool1, says: Output volume of the pooling, quantity: output-shape, of: pool1, marks: 2 }
      - { id: none, says: Parameters of the pooling, quantity: parameters, of: pool1, marks: 1 }
  `,
  answers: [
    answer(
      'as-in-the-lecture-without-biases',
      '2 2 2 1',
      written`
        CONV1 output: (227 - 11)/4 + 1 = 55 => 55x55x96
        CONV1 parameters: (11*11*3)*96 = 34,848 (about 35K)
        POOL1 output: (55-3)/2+1 = 27 => 27x27x96
        POOL1 parameters: 0
      `,
    ),
    answer(
      'with-biases',
      '2 2 2 1',
      written`
        First convolution: output volume 55x55x96
        Parameters: (11*11*3 + 1)*96 = 34944
        Pooling: output volume 27x27x96
        Pooling has 0 parameters!
      `,
    ),
    answer(
      'the-paper-s-224-pixels',
      '0 2 2 1',
      written`
        First convolution, output volume: (224 - 11)/4 + 1 = 54.25, so 54x54x96
        First convolution, parameters: 11*11*3*96 = 34848
        Pooling, output volume: (54 - 3)/2 + 1 = 26.5, so 26x26x96
        Pooling, parameters: 0
      `,
      { proposed: '? 2 2 1' },
    ),
  ],
};

/** CS231n on VGG-16: 102,760,448 weights in the first dense layer of 138 million; 1,792 in the first convolution with biases. */
export const VGG16: Paper = {
  name: 'published: the dense part of VGG-16 (CS231n)',
  question: written`
    marks: 8
    prompt: After five poolings of 224×224 pixels, 512 channels are flattened for the dense layers of VGG-16. Give the weights without biases.
    network:
      input: [512, 14, 14]
      layers:
        - MaxPool2d: { name: pool5, kernel_size: 2 }
        - Flatten: { name: flatten }
        - Linear: { name: fc6, out_features: 4096, bias: false }
        - Linear: { name: fc7, out_features: 4096, bias: false }
        - Linear: { name: fc8, out_features: 1000, bias: false }
    ask:
      - { id: fc6, says: Weights of fc6, quantity: parameters, of: fc6, marks: 2, method: 1 }
      - { id: fc7, says: Weights of fc7, quantity: parameters, of: fc7, marks: 2, method: 1 }
      - { id: fc8, says: Weights of fc8, quantity: parameters, of: fc8, marks: 2, method: 1 }
      - { id: total, says: Weights in total, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'as-in-the-lecture',
      '2 2 2 2',
      written`
        fc6: 7*7*512*4096 = 102,760,448
        fc7: 4096*4096 = 16,777,216
        fc8: 4096*1000 = 4,096,000
        Total: 102,760,448 + 16,777,216 + 4,096,000 = 123,633,664
      `,
    ),
    answer(
      'flattened-before-the-last-pooling',
      '1 2 2 2',
      written`
        fc6: 14*14*512*4096 = 411,041,792
        fc7: 4096*4096 = 16,777,216
        fc8: 4096*1000 = 4,096,000
        Total: 411,041,792 + 16,777,216 + 4,096,000 = 431,915,008
      `,
      { because: { fc6: /before the pooling|pool5/ } },
    ),
    answer(
      'millions',
      '2 2 2 2',
      written`
        fc6 = 7·7·512·4096 ≈ 102.8M
        fc7 = 4096² ≈ 16.8M
        fc8 = 4096·1000 ≈ 4.1M
        total = 102.8M + 16.8M + 4.1M = 123.7M
      `,
    ),
  ],
};

/** DeepLearning.AI's course on convolutional networks: a dense layer on 300×300×3 against a convolution of it. */
export const DENSE_OR_CONVOLUTION: Paper = {
  name: 'published: dense or convolution on 300×300 (DeepLearning.AI)',
  question: written`
    marks: 2
    prompt: A 300×300 colour image goes into a convolution of 100 filters of 5×5 with biases. How many parameters has it?
    network:
      input: [3, 300, 300]
      layers: [{ Conv2d: { name: conv, out_channels: 100, kernel_size: 5 } }]
    ask:
      - { id: conv, says: Parameters of the layer, quantity: parameters, of: conv, marks: 2, method: 1 }
  `,
  answers: [
    answer('right', '2', written`(5·5·3 + 1)·100 = 7600`),
    answer('right-without-working', '2', written`7600`),
    answer('option-7500', '0', written`7500`, { because: { conv: /bias is left out/ } }),
    answer('option-2600', '0', written`The answer is 2600.`, { because: { conv: /input channels/ } }),
    answer('option-2501', '0', written`2501 parameters`, { because: { conv: /bias/ } }),
  ],
};

/** The same course: 10 units... of a dense layer of 100 on the flattened image. */
export const DENSE_ON_AN_IMAGE: Paper = {
  name: 'published: a dense layer on 300×300 (DeepLearning.AI)',
  question: written`
    marks: 2
    prompt: A 300×300 colour image is flattened into a dense layer of 100 units with biases. How many parameters has it?
    network:
      input: [3, 300, 300]
      layers: [Flatten, { Linear: { name: hidden, out_features: 100 } }]
    ask:
      - { id: hidden, says: Parameters of the hidden layer, quantity: parameters, of: hidden, marks: 2, method: 1 }
  `,
  answers: [
    answer('right', '2', written`300*300*3*100 + 100 = 27,000,100`),
    answer('option-27000000', '0', written`27,000,000`, { because: { hidden: /bias is left out/ } }),
    answer('option-9000100', '0', written`Answer: 9,000,100`, { because: { hidden: /channels/ } }),
    answer('option-9000001', '0', written`9,000,001`, { because: { hidden: /bias/ } }),
  ],
};

/** The same course: 63×63×16 under 32 filters of 7×7 at stride 2 becomes 29×29×32. */
export const STRIDED_SEVEN: Paper = {
  name: 'published: 7×7 filters at stride 2 (DeepLearning.AI)',
  question: written`
    marks: 2
    prompt: An input of 63×63×16 meets 32 filters of 7×7 with stride 2 and no padding. What is the output's height?
    network:
      input: [16, 63, 63]
      layers: [{ Conv2d: { name: conv, out_channels: 32, kernel_size: 7, stride: 2 } }]
    ask:
      - { id: side, says: Height of the output, quantity: height, of: conv, marks: 2, method: 1 }
  `,
  answers: [
    answer('right', '2', written`(63 − 7)/2 + 1 = 29, so 29×29×32`),
    answer('option-57', '0', written`Height: 63 - 7 + 1 = 57`, { because: { side: /stride/ } }),
    answer('option-28', '0', written`Height: (63 - 7)/2 = 28`, {
      because: { side: /one at the end|off by one|added|1/ },
    }),
  ],
};

/** The Inception module's bottleneck in the same course: 120 million multiplications become 12.4 million. */
export const BOTTLENECK: Paper = {
  name: 'published: a 1×1 bottleneck before 5×5 filters (DeepLearning.AI)',
  question: written`
    marks: 7
    prompt: A 28×28×192 input is brought to 16 channels by 1×1 filters and then to 32 by 5×5 filters that keep the size. How many multiplications does it take, and how many without the bottleneck?
    network:
      input: [192, 28, 28]
      layers:
        - Conv2d: { name: reduce, out_channels: 16, kernel_size: 1 }
        - Conv2d: { name: wide, out_channels: 32, kernel_size: 5, padding: 2 }
    ask:
      - { id: reduce, says: Multiplications of the 1×1 convolution, quantity: multiply-accumulates, of: reduce, marks: 2, method: 1 }
      - { id: wide, says: Multiplications of the 5×5 convolution, quantity: multiply-accumulates, of: wide, marks: 2, method: 1 }
      - { id: total, says: Multiplications in total, quantity: multiply-accumulates, marks: 2, method: 1 }
      - { id: without, says: Multiplications without the bottleneck, value: 28*28*32*5*5*192, significantFigures: 2, marks: 1 }
  `,
  answers: [
    answer(
      'as-in-the-lecture',
      '2 2 2 1',
      written`
        Without bottleneck: 28*28*32 * 5*5*192 = 120M
        1x1 convolution: 28*28*16 * 192 = 2.4M
        5x5 convolution: 28*28*32 * 5*5*16 = 10.0M
        Total: 2.4M + 10.0M = 12.4M
      `,
    ),
    answer(
      'exact',
      '2 2 2 1',
      written`
        without the bottleneck: 28·28·32·25·192 = 120,422,400
        1×1 convolution: 28·28·16·192 = 2,408,448
        5×5 convolution: 28·28·32·25·16 = 10,035,200
        in total: 12,443,648
      `,
    ),
  ],
};

/** Dive into Deep Learning's LeNet: 156, 2,416, 48,120, 10,164 and 850 parameters, 61,706 in all. */
export const LENET: Paper = {
  name: 'published: LeNet (Dive into Deep Learning)',
  question: written`
    marks: 12
    prompt: LeNet-5 on images of 28×28 with a first padding of 2.
    network:
      input: [1, 28, 28]
      layers:
        - Conv2d: { name: conv1, out_channels: 6, kernel_size: 5, padding: 2 }
        - Sigmoid
        - AvgPool2d: { name: pool1, kernel_size: 2 }
        - Conv2d: { name: conv2, out_channels: 16, kernel_size: 5 }
        - Sigmoid
        - AvgPool2d: { name: pool2, kernel_size: 2 }
        - Flatten: { name: flatten }
        - Linear: { name: fc1, out_features: 120 }
        - Linear: { name: fc2, out_features: 84 }
        - Linear: { name: fc3, out_features: 10 }
    ask:
      - { id: shape1, says: Output shape of conv1, quantity: output-shape, of: conv1, marks: 1 }
      - { id: shape2, says: Output shape of conv2, quantity: output-shape, of: conv2, marks: 1 }
      - { id: conv1, says: Parameters of conv1, quantity: parameters, of: conv1, marks: 1 }
      - { id: conv2, says: Parameters of conv2, quantity: parameters, of: conv2, marks: 2, method: 1 }
      - { id: fc1, says: Parameters of fc1, quantity: parameters, of: fc1, marks: 2, method: 1 }
      - { id: fc2, says: Parameters of fc2, quantity: parameters, of: fc2, marks: 1 }
      - { id: fc3, says: Parameters of fc3, quantity: parameters, of: fc3, marks: 1 }
      - { id: total, says: Parameters in total, quantity: parameters, marks: 3, method: 1 }
  `,
  answers: [
    answer(
      'right-as-summaries-print-it',
      '1 1 1 2 2 1 1 3',
      written`
        conv1 (Conv2d)    [6, 28, 28]    156
        conv2 (Conv2d)    [16, 10, 10]   2,416
        fc1 (Linear)      [120]          48,120
        fc2 (Linear)      [84]           10,164
        fc3 (Linear)      [10]           850

        Total params: 61,706
      `,
    ),
    answer(
      'flattened-before-the-second-pooling-and-carried-forward',
      '1 1 1 2 1 1 1 3',
      written`
        conv1: 6 x 28 x 28, parameters of conv1: 6·(25+1) = 156
        conv2: 16 x 10 x 10, parameters of conv2: 16·(6·25+1) = 2416
        fc1: 16·10·10·120 + 120 = 192120
        fc2: 120·84 + 84 = 10164
        fc3: 84·10 + 10 = 850
        total: 156 + 2416 + 192120 + 10164 + 850 = 205706
      `,
      { because: { fc1: /before the pooling|pool2/, total: /follows/ } },
    ),
    answer(
      'every-map-seen-once-in-conv2',
      '1 1 1 0 2 1 1 3',
      written`
        Output of conv1: 6x28x28. Output of conv2: 16x10x10.
        Parameters conv1: 5*5*6 + 6 = 156
        Parameters conv2: 5*5*16 + 16 = 416
        Parameters fc1: 400*120 + 120 = 48120
        Parameters fc2: 120*84 + 84 = 10164
        Parameters fc3: 84*10 + 10 = 850
        Total: 156 + 416 + 48120 + 10164 + 850 = 59706
      `,
      { because: { conv2: /input channels/ } },
    ),
  ],
};
