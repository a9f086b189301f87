import { describe, expect, it } from '@jest/globals';
import { explain, sentenceFor, type Question } from '../../src/index.js';
import { idsFor, network, outputSizeOf, parametersOf, totalOf, workOf } from './layers.js';

type Case = readonly [name: string, wrong: number, ids: readonly string[]];

function each(question: Question, cases: readonly Case[]): void {
  it.each(cases)('%s', (_, wrong, ids) => {
    expect(idsFor(question, wrong).toSorted()).toEqual([...ids].toSorted());
  });
}

describe('a convolution from 32 to 64 channels with 5 × 5 kernels and biases: 51,264', () => {
  each(parametersOf('Conv2d', { in_channels: 32, out_channels: 64, kernel_size: 5 }), [
    ['kernel-not-squared', 64 * (32 * 5 + 1), ['kernel-not-squared']],
    ['kernel-forgotten', 64 * (32 + 1), ['kernel-forgotten']],
    ['kernel-area-twice', 64 * (32 * 625 + 1), ['kernel-area-twice']],
    ['twice-the-side-instead-of-its-square', 64 * (32 * 10 + 1), ['kernel-sides-added']],
    ['input-channels-forgotten', 64 * (25 + 1), ['input-channels-forgotten']],
    ['one-filter', 32 * 25 + 1, ['output-channels-forgotten']],
    ['channels-swapped-shows-in-the-bias', 32 * (64 * 25 + 1), ['bias-per-input', 'channels-swapped']],
    ['output-channels-squared', 64 * (64 * 25 + 1), ['output-channels-for-input']],
    ['input-channels-squared', 32 * (32 * 25 + 1), ['input-channels-for-output']],
    ['bias-forgotten', 64 * 32 * 25, ['bias-forgotten']],
    ['one-bias', 64 * 32 * 25 + 1, ['bias-once']],
    ['bias-per-input-channel', 64 * 32 * (25 + 1), ['bias-per-input-channel']],
    ['bias-per-kernel-element', 64 * (32 * 25 + 25), ['bias-per-kernel-element']],
    ['bias-per-weight', 2 * 64 * 32 * 25, ['bias-per-weight']],
    ['bias-twice', 64 * (32 * 25 + 2), ['bias-doubled']],
    ['filters-added', 64 + 32 * 25 + 1, ['filters-added']],
    ['added-where-multiplied', 64 * (32 + 5 + 5 + 1), ['factors-added']],
    ['kernel-not-squared-and-no-bias', 64 * 32 * 5, ['bias-forgotten + kernel-not-squared']],
    ['input-channels-and-bias-forgotten', 64 * 25, ['bias-forgotten + input-channels-forgotten']],
    ['digits-swapped', 52_164, ['slip-digits-transposed']],
    ['a-zero-too-many', 512_640, ['slip-power-of-ten']],
    ['right', 51_264, []],
    ['nothing-explains-it', 50_000, []],
  ]);
});

describe('an image of three channels and 3 × 3 kernels make errors alike: 1,792', () => {
  const question = parametersOf('Conv2d', { in_channels: 3, out_channels: 64, kernel_size: 3 });
  it('names-all-that-give-640', () => {
    expect(idsFor(question, 640).toSorted()).toEqual([
      'factors-added',
      'input-channels-forgotten',
      'kernel-not-squared',
    ]);
  });
  it('says-that-it-is-one-of-them', () => {
    const found = explain(question, { value: { numerator: 640n, denominator: 1n } });
    expect(sentenceFor('640', found)).toBe(
      '640 is what comes out with one of these: (1) one side of the kernel is counted instead of its area; ' +
        '(2) the input channels are left out; (3) channels and kernel are added instead of multiplied.',
    );
  });
  it('says-plainly-what-alone-gives-it', () => {
    const found = explain(question, { value: { numerator: 1728n, denominator: 1n } });
    expect(sentenceFor('1,728', found)).toBe('1,728 is what comes out where the bias is left out.');
  });
});

describe('a grouped convolution, 96 to 192 channels in 4 groups of 5 × 5: 115,200', () => {
  const grouped = { in_channels: 96, out_channels: 192, kernel_size: 5, groups: 4, bias: false };
  each(parametersOf('Conv2d', grouped), [
    ['groups-ignored', 192 * 96 * 25, ['groups-ignored', 'groups-multiply-as-well']],
    ['one-group', 48 * 24 * 25, ['groups-divide-twice', 'one-group-counted']],
    ['groups-multiplied-in', 192 * 96 * 4 * 25, ['groups-multiply']],
    ['a-bias-that-is-not-there', 192 * 24 * 25 + 192, ['bias-not-there']],
    ['kernel-not-squared', 192 * 24 * 5, ['kernel-not-squared']],
    [
      'kernel-and-groups',
      192 * 96 * 5,
      ['groups-ignored + kernel-not-squared', 'groups-multiply-as-well + kernel-not-squared'],
    ],
  ]);
});

describe('other convolutions', () => {
  each(parametersOf('Conv1d', { in_channels: 16, out_channels: 32, kernel_size: 7, bias: false }), [
    ['one-dimension-squared', 32 * 16 * 49, ['kernel-side-squared']],
  ]);
  each(parametersOf('Conv3d', { in_channels: 16, out_channels: 32, kernel_size: 5, bias: false }), [
    ['squared-where-cubed', 32 * 16 * 25, ['kernel-not-cubed']],
  ]);
  each(parametersOf('ConvTranspose2d', { in_channels: 64, out_channels: 32, kernel_size: 4 }), [
    ['transposed-kernel-not-squared', 64 * 32 * 4 + 32, ['kernel-not-squared']],
    [
      'transposed-bias-by-its-inputs',
      64 * 32 * 16 + 64,
      ['bias-doubled', 'bias-per-input', 'channels-swapped'],
    ],
  ]);
});

describe('a fully connected layer from 784 to 100: 78,500', () => {
  each(parametersOf('Linear', { in_features: 784, out_features: 100 }), [
    ['bias-forgotten', 78_400, ['bias-forgotten']],
    ['one-bias', 78_401, ['bias-once']],
    ['bias-by-inputs', 78_400 + 784, ['bias-per-input']],
    ['bias-by-inputs-and-outputs', 78_400 + 784 + 100, ['bias-for-inputs-too']],
    ['bias-per-weight', 2 * 78_400, ['bias-per-weight']],
    ['inputs-and-outputs-added', 784 + 1 + 100, ['features-added']],
  ]);
});

describe('batch normalisation over 256 channels: 512', () => {
  each(parametersOf('BatchNorm2d', { num_features: 256 }), [
    ['scale-alone', 256, ['normalisation-one-per-channel']],
    ['running-statistics-too', 1024, ['normalisation-four-per-channel']],
    ['none', 0, ['normalisation-forgotten']],
  ]);
});

describe('recurrent layers', () => {
  each(parametersOf('LSTM', { input_size: 100, hidden_size: 128 }), [
    ['lstm-without-gates', 128 * (100 + 128 + 2), ['gates-1']],
    ['lstm-with-three-gates', 3 * 128 * (100 + 128 + 2), ['gates-3']],
    ['lstm-with-one-bias', 4 * 128 * (100 + 128 + 1), ['one-recurrent-bias']],
    ['lstm-without-bias', 4 * 128 * (100 + 128), ['bias-forgotten']],
    ['lstm-without-hidden-weights', 4 * 128 * (100 + 2), ['hidden-weights-forgotten']],
    ['lstm-without-input-weights', 4 * 128 * (128 + 2), ['input-weights-forgotten']],
    ['lstm-sizes-swapped', 4 * 100 * (100 + 128 + 2), ['input-and-hidden-swapped']],
    ['lstm-three-gates-one-bias', 3 * 128 * (100 + 128 + 1), ['gates-3 + one-recurrent-bias']],
  ]);
  each(parametersOf('GRU', { input_size: 64, hidden_size: 80 }), [
    ['gru-with-four-gates', 4 * 80 * (64 + 80 + 2), ['gates-4']],
    ['gru-with-two-gates', 2 * 80 * (64 + 80 + 2), ['gates-2']],
  ]);
  each(parametersOf('RNN', { input_size: 64, hidden_size: 80 }), [
    ['rnn-with-the-gates-of-an-lstm', 4 * 80 * (64 + 80 + 2), ['gates-4']],
  ]);
});

describe('recurrent layers within a network', () => {
  const stacked = network(
    [35, 100],
    [
      { LSTM: { name: 'lstm', hidden_size: 128, num_layers: 2, bidirectional: true, batch_first: true } },
      { Linear: { name: 'head', out_features: 10 } },
    ],
  );
  const cell = (inputs: number): number => 4 * 128 * (inputs + 128 + 2);
  each(totalOf(stacked, 'lstm'), [
    ['one-direction-or-half-the-gates', cell(100) + cell(256), ['directions-not-doubled', 'gates-2']],
    ['one-direction-above', 2 * cell(100) + 2 * cell(128), ['directions-of-the-input-forgotten']],
    ['first-layer-alone', 2 * cell(100), ['first-stacked-layer-only']],
    ['all-like-the-first', 4 * cell(100), ['stacked-layers-like-the-first']],
    ['times-the-sequence', 35 * (2 * cell(100) + 2 * cell(256)), ['steps-in-parameters']],
  ]);
  each(totalOf(stacked, 'head'), [
    ['head-reads-one-direction', 10 * (128 + 1), ['next-layer-reads-one-direction']],
  ]);
});

describe('embedding and what reads it', () => {
  const words = network(
    [50],
    [
      { Embedding: { name: 'words', num_embeddings: 10_000, embedding_dim: 300 } },
      { GRU: { name: 'gru', hidden_size: 64, batch_first: true } },
    ],
  );
  each(totalOf(words), [
    ['embedding-forgotten', 3 * 64 * (300 + 64 + 2), ['embedding-forgotten', 'layer-left-out']],
    ['one-hot-words', 3_000_000 + 3 * 64 * (10_000 + 64 + 2), ['one-hot-input']],
    ['a-row-for-each-step', 50 * 300 + 3 * 64 * (300 + 64 + 2), ['embedding-of-the-sequence']],
  ]);
});

describe('attention of width 512 with 8 heads: 1,050,624', () => {
  const encoder = network(
    [20, 512],
    [{ TransformerEncoderLayer: { name: 'encoder', nhead: 8, batch_first: true } }],
  );
  const attention = network(
    [20, 512],
    [{ TransformerEncoderLayer: { name: 'encoder', nhead: 8, batch_first: true } }],
  );
  const projection = 512 * 513;
  each(totalOf(attention, 'encoder.self_attn'), [
    ['one-of-query-key-value', 2 * projection, ['one-projection']],
    ['two-of-query-key-value', 3 * projection, ['layer-left-out', 'two-projections']],
    ['times-the-heads', 8 * 3 * projection + projection, ['heads-multiply']],
    ['one-head', 3 * 64 * 513 + projection, ['one-head']],
  ]);
  const right = 4 * projection + 2048 * 513 + 512 * 2049 + 4 * 512;
  each(totalOf(encoder), [
    ['second-feed-forward-layer-left-out', right - 512 * 2049, ['layer-left-out', 'one-feed-forward-layer']],
    // The attention's biases are as many.
    ['norms-left-out', right - 4 * 512, ['bias-forgotten', 'normalisation-forgotten']],
  ]);
});

describe('a whole transformer layer in one formula', () => {
  const projection = 512 * 513;
  const right = 4 * projection + 2048 * 513 + 512 * 2049 + 4 * 512;
  each(parametersOf('TransformerEncoderLayer', { d_model: 512, nhead: 8 }), [
    ['feed-forward-forgotten', right - 2048 * 513 - 512 * 2049, ['feed-forward-forgotten']],
    ['one-feed-forward-layer', right - 512 * 2049, ['one-feed-forward-layer']],
    ['output-projection-forgotten', right - projection, ['output-projection-forgotten', 'two-projections']],
    ['norms-forgotten', right - 4 * 512, ['normalisation-forgotten']],
  ]);
});

describe('the size of an output: 224 by kernels of 7, stride 2, padding 3', () => {
  const conv = (more: object): ReturnType<typeof network> =>
    network([3, 224, 224], [{ Conv2d: { out_channels: 64, kernel_size: 7, stride: 2, ...more } }]);
  each(outputSizeOf(conv({ padding: 3 }), 2), [
    ['padding-forgotten', 109, ['padding-forgotten']],
    ['one-not-added-or-padding-on-one-side', 111, ['one-not-added', 'padding-once']],
    ['stride-forgotten', 224, ['size-unchanged', 'stride-forgotten']],
    ['rounded-up', 113, ['rounded-up']],
    ['stride-under-the-kernel-alone', 227, ['stride-divides-kernel']],
  ]);
  each(outputSizeOf(conv({ padding: 2, dilation: 3 }), 2), [
    ['dilation-ignored', 111, ['dilation-ignored']],
    ['padding-on-one-side', 104, ['dilation-times-kernel', 'one-not-added', 'padding-once']],
  ]);
  const transposed = network(
    [8, 160, 160],
    [{ ConvTranspose2d: { out_channels: 4, kernel_size: 5, stride: 3, padding: 1, output_padding: 1 } }],
  );
  each(outputSizeOf(transposed, 2), [
    ['output-padding-forgotten', 480, ['output-padding-forgotten']],
    ['as-an-ordinary-convolution', 53, ['transposed-as-ordinary']],
  ]);
});

const LENET = network(
  [1, 28, 28],
  [
    { Conv2d: { name: 'conv1', out_channels: 10, kernel_size: 5 } },
    { MaxPool2d: { name: 'pool1', kernel_size: 2 } },
    'ReLU',
    { Conv2d: { name: 'conv2', out_channels: 20, kernel_size: 5 } },
    { MaxPool2d: { name: 'pool2', kernel_size: 2 } },
    'ReLU',
    'Flatten',
    { Linear: { name: 'fc1', out_features: 50 } },
    { Linear: { name: 'fc2', out_features: 10 } },
  ],
);

describe('a small convolutional network: 260 + 5,020 + 16,050 + 510 = 21,840', () => {
  each(totalOf(LENET), [
    ['flattened-before-the-pooling', 260 + 5020 + 50 * (20 * 8 * 8 + 1) + 510, ['flatten-before-pooling']],
    ['flattened-without-channels', 260 + 5020 + 50 * (16 + 1) + 510, ['flatten-without-channels']],
    ['flattened-one-side', 260 + 5020 + 50 * (20 * 4 + 1) + 510, ['flatten-one-side']],
    ['flattened-channels-alone', 260 + 5020 + 50 * (20 + 1) + 510, ['flatten-without-places']],
    ['bias-forgotten-everywhere', 250 + 5000 + 16_000 + 500, ['bias-forgotten']],
    ['conv2-left-out', 21_840 - 5020, ['layer-left-out']],
    ['fc1-twice', 21_840 + 16_050, ['layer-counted-twice']],
    ['kernel-not-squared-in-both', 10 * 6 + 20 * 51 + 16_050 + 510, ['kernel-not-squared']],
    [
      'every-output-has-its-own-weights',
      260 * 24 * 24 + 5020 * 8 * 8 + 16_560,
      ['output-size-in-parameters'],
    ],
    ['times-the-image', 260 * 28 * 28 + 5020 * 12 * 12 + 16_560, ['input-size-in-parameters']],
    ['pooling-is-given-weights', 21_840 + 4 + 4, ['pooling-with-weights']],
  ]);
  it('names-the-layer', () => {
    const [found] = explain(totalOf(LENET), {
      value: { numerator: BigInt(260 + 20 * 51 + 16_560), denominator: 1n },
    });
    expect(found?.says).toBe('one side of the kernel is counted instead of its area in conv2');
    expect(found?.errors[0].modules).toEqual(['conv2']);
  });
  it('says-nothing-of-a-few-biases-in-a-large-total', () => {
    expect(idsFor(totalOf(LENET), 250 + 5020 + 16_560)).toEqual([]);
  });
});

describe('the work of the same network: 144,000 + 320,000 + 16,000 + 500 = 480,500', () => {
  each(workOf(LENET), [
    ['two-operations-each', 961_000, ['two-operations-each']],
    ['places-left-out', 250 + 5000 + 16_500, ['places-left-out-of-work']],
    ['size-of-the-input', 250 * 28 * 28 + 5000 * 12 * 12 + 16_500, ['input-places-for-work']],
    ['one-side-of-the-output', 250 * 24 + 5000 * 8 + 16_500, ['one-side-of-places']],
  ]);
});

describe('layers of two families', () => {
  const wide = network(
    [3, 32, 32],
    [
      { Conv2d: { name: 'conv1', out_channels: 200, kernel_size: 5 } },
      { Conv2d: { name: 'conv2', out_channels: 300, kernel_size: 5 } },
      { AdaptiveAvgPool2d: 1 },
      'Flatten',
      { Linear: { name: 'fc1', out_features: 80 } },
      { Linear: { name: 'fc2', out_features: 10 } },
    ],
  );
  const without = 200 * 75 + 300 * 5000 + 80 * 300 + 10 * 80;
  const says = (wrong: number): string[] =>
    explain(totalOf(wide), { value: { numerator: BigInt(wrong), denominator: 1n } }).map(
      (found) => found.says,
    );
  it('names-the-one-that-it-is-in', () => {
    expect(says(without + 90)).toEqual(['the bias is left out in every convolution']);
  });
  it('names-both', () => {
    expect(says(without)).toEqual([
      'the bias is left out in every convolution and in every fully connected layer',
    ]);
  });
});

describe('a number that was rounded', () => {
  const question = parametersOf('Conv2d', { in_channels: 256, out_channels: 512, kernel_size: 3 });
  it('is-explained-by-what-rounds-to-it', () => {
    const stated = {
      value: { numerator: 394_000n, denominator: 1n },
      roundedTo: { numerator: 1000n, denominator: 1n },
    };
    expect(explain(question, stated).map(({ says, value }) => [says, value.numerator])).toEqual([
      ['one side of the kernel is counted instead of its area', 512n * (256n * 3n + 1n)],
    ]);
  });
  it('is-not-explained-where-it-is-the-right-one-rounded', () => {
    const stated = {
      value: { numerator: 1_180_000n, denominator: 1n },
      roundedTo: { numerator: 10_000n, denominator: 1n },
    };
    expect(explain(question, stated)).toEqual([]);
  });
});
