import { readLayers, type Network } from '@tensormark/network';

/** A network given as layers, as an exam gives it. */
export function layers(input: readonly number[], ...entries: readonly unknown[]): Network {
  const reading = readLayers({ input, layers: entries });
  if (reading.kind === 'refused') throw new Error(reading.message);
  return reading.network;
}

/** LeCun et al. 1998, with all maps of C3 joined to all of S2, as it is taught. */
export const LENET = layers(
  [1, 32, 32],
  { name: 'conv1', Conv2d: [1, 6, 5] },
  { name: 'pool1', AvgPool2d: 2 },
  { name: 'conv2', Conv2d: [6, 16, 5] },
  { name: 'pool2', AvgPool2d: 2 },
  { name: 'flatten', Flatten: null },
  { name: 'fc1', Linear: [400, 120] },
  { name: 'fc2', Linear: [120, 84] },
  { name: 'fc3', Linear: [84, 10] },
);

/** Three blocks, the second with grouped filters, the third ending in a classifier. */
export const GROUPED = layers(
  [3, 128, 128],
  {
    name: 'block1',
    layers: [{ Conv2d: { out_channels: 512, kernel_size: 7, padding: 3, bias: false } }, 'ReLU'],
  },
  {
    name: 'block2',
    layers: [{ Conv2d: { out_channels: 512, kernel_size: 3, padding: 1, groups: 8, bias: false } }, 'ReLU'],
  },
  {
    name: 'classifier',
    layers: [{ AdaptiveAvgPool2d: 1 }, 'Flatten', { Linear: { out_features: 30, bias: false } }],
  },
);

/** AlexNet as torchvision has it. */
export const ALEXNET = layers(
  [3, 224, 224],
  {
    name: 'features',
    layers: [
      { Conv2d: { out_channels: 64, kernel_size: 11, stride: 4, padding: 2 } },
      'ReLU',
      { MaxPool2d: { kernel_size: 3, stride: 2 } },
      { Conv2d: { out_channels: 192, kernel_size: 5, padding: 2 } },
      'ReLU',
      { MaxPool2d: { kernel_size: 3, stride: 2 } },
      { Conv2d: { out_channels: 384, kernel_size: 3, padding: 1 } },
      'ReLU',
      { Conv2d: { out_channels: 256, kernel_size: 3, padding: 1 } },
      'ReLU',
      { Conv2d: { out_channels: 256, kernel_size: 3, padding: 1 } },
      'ReLU',
      { MaxPool2d: { kernel_size: 3, stride: 2 } },
    ],
  },
  { name: 'avgpool', AdaptiveAvgPool2d: 6 },
  { name: 'flatten', Flatten: null },
  {
    name: 'classifier',
    layers: [
      { Dropout: 0.5 },
      { Linear: [9216, 4096] },
      'ReLU',
      { Dropout: 0.5 },
      { Linear: [4096, 4096] },
      'ReLU',
      { Linear: [4096, 1000] },
    ],
  },
);

/** A sentence classifier: two layers of LSTM in both directions. */
export const LSTM = layers(
  [40],
  { name: 'embedding', Embedding: [10_000, 100] },
  {
    name: 'lstm',
    LSTM: { hidden_size: 128, num_layers: 2, bidirectional: true, batch_first: true },
  },
  { name: 'fc', Linear: 2 },
);

/** Krizhevsky et al. 2012: filters in two groups, on 227 × 227. */
export const CLASSIC_ALEXNET = layers(
  [3, 227, 227],
  {
    name: 'features',
    layers: [
      { Conv2d: { out_channels: 96, kernel_size: 11, stride: 4 } },
      'ReLU',
      { LocalResponseNorm: 5 },
      { MaxPool2d: { kernel_size: 3, stride: 2 } },
      { Conv2d: { out_channels: 256, kernel_size: 5, padding: 2, groups: 2 } },
      'ReLU',
      { LocalResponseNorm: 5 },
      { MaxPool2d: { kernel_size: 3, stride: 2 } },
      { Conv2d: { out_channels: 384, kernel_size: 3, padding: 1 } },
      'ReLU',
      { Conv2d: { out_channels: 384, kernel_size: 3, padding: 1, groups: 2 } },
      'ReLU',
      { Conv2d: { out_channels: 256, kernel_size: 3, padding: 1, groups: 2 } },
      'ReLU',
      { MaxPool2d: { kernel_size: 3, stride: 2 } },
    ],
  },
  { name: 'flatten', Flatten: null },
  {
    name: 'classifier',
    layers: [{ Linear: 4096 }, 'ReLU', { Linear: 4096 }, 'ReLU', { Linear: 1000 }],
  },
);

const VGG_WIDTHS = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];

/** Simonyan and Zisserman 2014, configuration D. */
export const VGG16 = layers(
  [3, 224, 224],
  {
    name: 'features',
    layers: VGG_WIDTHS.flatMap((width): readonly unknown[] =>
      width === 0
        ? [{ MaxPool2d: 2 }]
        : [{ Conv2d: { out_channels: width, kernel_size: 3, padding: 1 } }, 'ReLU'],
    ),
  },
  { name: 'flatten', Flatten: null },
  {
    name: 'classifier',
    layers: [
      { Linear: 4096 },
      'ReLU',
      { Dropout: 0.5 },
      { Linear: 4096 },
      'ReLU',
      { Dropout: 0.5 },
      { Linear: 1000 },
    ],
  },
);
