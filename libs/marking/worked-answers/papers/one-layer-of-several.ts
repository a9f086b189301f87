import { answer, written, type Paper } from '../paper.js';

/** conv1 640 in 64×28×28, 451,584 multiply-accumulates; what stands beside it in a summary is of other layers. */
export const ONE_LAYER_OF_SEVERAL: Paper = {
  name: 'one layer of several',
  question: written`
    marks: 6
    prompt: Give the output shape, the parameters and the multiply-accumulates of the convolution.
    network:
      input: [1, 28, 28]
      layers:
        - Conv2d: { name: conv1, out_channels: 64, kernel_size: 3, padding: 1 }
        - ReLU
        - MaxPool2d: { name: pool1, kernel_size: 2 }
        - Flatten: { name: flatten }
        - Linear: { name: fc, out_features: 10 }
    ask:
      - { id: shape, says: Output shape of conv1, quantity: output-shape, of: conv1, marks: 2 }
      - { id: params, says: Parameters of conv1, quantity: parameters, of: conv1, marks: 2, method: 1 }
      - { id: macs, says: Multiply-accumulates of conv1, quantity: multiply-accumulates, of: conv1, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'a-summary-of-all-layers',
      '2 2 2',
      written`
        | Layer | Output shape | Parameters | MACs |
        |---|---|---|---|
        | first convolution | 64 × 28 × 28 | 640 | 451,584 |
        | Max pool 1 | 64 × 14 × 14 | 0 | - |
        | flattening | (12544) | 0 | - |
        | the fully connected layer | [10] | 125,450 | 125,440 |
        | Total | | 126,090 | 577,024 |
      `,
    ),
    answer(
      'layer-by-layer-with-a-total-that-nobody-asked-for',
      '2 2 2',
      written`
        Convolution:
          output [64, 28, 28]
          parameters: (3·3·1+1)·64 = 640
          MACs: 3·3·1·64·28·28 = 451584

        Max pooling:
          output [64, 14, 14]

        Flattening:
          64·14·14 = 12544 features

        Fully connected layer:
          output [10]
          parameters: 12544·10+10 = 125450

        Total parameters: 126090
      `,
    ),
    answer(
      'a-wrong-number-beside-the-right-ones-of-other-layers',
      '2 0 2',
      written`
        Conv1: output 64x28x28, parameters 576, MACs 451584
        Fc: parameters 125450
        Total parameters: 126026
      `,
      { proposed: '2 ? 2' },
    ),
    answer(
      'channels-told-beside-the-other-sizes',
      '2 2 2',
      written`
        The output of conv1 is 28×28 with 64 channels.
        Conv1 has 640 parameters and takes 451584 MACs.
      `,
      { proposed: '2 2 ?' },
    ),
    answer(
      'maps-of-a-size',
      '2 2 2',
      written`
        Output of conv1: 64 feature maps of 28 x 28
        Parameters of conv1: 640
        MACs of conv1: 451584
      `,
    ),
    answer(
      'channels-left-out-of-a-shape',
      '1 2 2',
      written`
        Output shape of conv1: 28x28
        Parameters of conv1: 640
        MACs of conv1: 451584
      `,
      { proposed: '? 2 2' },
    ),
    answer(
      'other-channels-than-the-layers',
      '? 2 2',
      written`
        Output shape of conv1: 28x28 with 32 channels
        Parameters of conv1: 640
        MACs of conv1: 451584
      `,
    ),
    answer(
      'only-another-layers-number',
      '2 ? 2',
      written`
        The output of conv1 is 64x28x28, and conv1 takes 451584 MACs.
        The fully connected layer has 125450 parameters.
      `,
    ),
  ],
};
