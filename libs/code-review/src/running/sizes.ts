import type { GivenInput, ModelReading, Program } from '@tensormark/frameworks';
import type { Layer, Network } from '@tensormark/network';
import type { RunInputs } from './running.js';

/** Shapes to try for the inputs of a network, likeliest first; a trace without errors tells which it takes. */
export interface Sizes {
  readonly inputs: readonly GivenInput[];
  readonly from: RunInputs['from'];
}

/** Channels and sides of the images in torchvision's data sets, as published. */
const DATA_SETS: Readonly<Record<string, readonly number[]>> = {
  MNIST: [1, 28, 28],
  FashionMNIST: [1, 28, 28],
  KMNIST: [1, 28, 28],
  QMNIST: [1, 28, 28],
  EMNIST: [1, 28, 28],
  CIFAR10: [3, 32, 32],
  CIFAR100: [3, 32, 32],
  SVHN: [3, 32, 32],
  STL10: [3, 96, 96],
};

/** The shapes a program's own data has, by the data set it names and the size it is brought to. */
export function sizesOfData(program: Program): readonly Sizes[] {
  const code = program.source.replaceAll(/#.*$/gm, '');
  const resized = [
    ...code.matchAll(/\b(?:Resize|CenterCrop|RandomCrop|RandomResizedCrop)\(\s*[([]?\s*(\d+)/g),
  ]
    .map(([, side]) => Number(side))
    .at(-1);
  const sets = Object.entries(DATA_SETS).filter(([name]) => new RegExp(`\\b${name}\\s*\\(`).test(code));
  const channels = /\bGrayscale\(/.test(code) ? 1 : undefined;
  const sized = ([own = 3, height = 224, width = 224]: readonly number[]): Sizes => ({
    inputs: [[channels ?? own, resized ?? height, resized ?? width]],
    from: 'data set',
  });
  const found = sets.flatMap(([, shape]) => [
    sized(shape),
    { inputs: [[shape.reduce((product, size) => product * size, 1)]], from: 'data set' as const },
  ]);
  const folders = /\b(?:ImageFolder|ImageNet)\s*\(/.test(code) ? [sized([3, 224, 224])] : [];
  return [...found, ...folders];
}

/** What the file itself gives its network, where it is called in it or a random tensor is made. */
export function sizesRead({ inputs }: ModelReading): readonly Sizes[] {
  if (inputs.types.length === 0 || inputs.types.some(({ shape }) => shape.length < 1)) return [];
  return [
    { inputs: inputs.types.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype })), from: 'program' },
  ];
}

const SIDES = [32, 28, 64, 224];
const LENGTH = 12;

/** What the first layer with parameters takes. */
export function sizesOfFirstLayer(network: Network): readonly Sizes[] {
  const first = [...network.modules.values()].find(({ layer }) => (layer?.parameters.length ?? 0) > 0)?.layer;
  return first === undefined
    ? []
    : shapesFor(first).map((input) => ({ inputs: [input], from: 'first layer' as const }));
}

function shapesFor({ type, config }: Layer): readonly GivenInput[] {
  const number = (name: string): number => Number(config[name] ?? 0);
  const lengths = [LENGTH, 64, 128];
  switch (type) {
    case 'Linear':
      return [[number('in_features')]];
    case 'Conv1d':
      return lengths.map((length) => [number('in_channels'), length]);
    case 'Conv2d':
      return SIDES.map((side) => [number('in_channels'), side, side]);
    case 'Conv3d':
      return [16, 32].map((side) => [number('in_channels'), side, side, side]);
    case 'Embedding':
      return [{ shape: [LENGTH], dtype: 'int64' }];
    case 'RNN':
    case 'LSTM':
    case 'GRU':
      return config['batch_first'] === true ? [[LENGTH, number('input_size')]] : [];
    default:
      return [];
  }
}
