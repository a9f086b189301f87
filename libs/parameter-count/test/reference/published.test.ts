import { describe, expect, it } from '@jest/globals';
import { equationText } from '@tensormark/network';
import { nodeOf, reference, shapeOf, valueOf } from './building.js';
import { ALEXNET, CLASSIC_ALEXNET, GROUPED, layers, LENET, LSTM, VGG16 } from './networks.js';

function formulaOf(...[network, of, quantity]: Parameters<typeof valueOf>): string {
  const built = reference(network, [[of, quantity]]);
  const node = nodeOf(built, [...built.asked.values()][0]?.nodes[0] ?? '');
  return node.measure === 'expression' ? node.written : equationText(node.formula);
}

describe('published totals', () => {
  it.each([
    ['lenet-5', LENET, 61_706n],
    ['alexnet-of-torchvision', ALEXNET, 61_100_840n],
    ['alexnet-of-2012-in-two-groups', CLASSIC_ALEXNET, 60_965_224n],
    ['vgg16', VGG16, 138_357_544n],
  ])('%s', (_case, network, total) => {
    expect(valueOf(network, '', 'parameters')).toBe(total);
  });

  it('alexnet-layer-by-layer-as-in-the-articles-that-work-it-out', () => {
    const convolutions = ['0', '4', '8', '10', '12'].map((at) =>
      valueOf(CLASSIC_ALEXNET, `features.${at}`, 'parameters'),
    );
    expect(convolutions).toEqual([34_944n, 307_456n, 885_120n, 663_936n, 442_624n]);
    const dense = ['0', '2', '4'].map((at) => valueOf(CLASSIC_ALEXNET, `classifier.${at}`, 'parameters'));
    expect(dense).toEqual([37_752_832n, 16_781_312n, 4_097_000n]);
  });

  it('alexnet-neurons-as-in-the-paper-from-the-second-layer-on', () => {
    const units = ['4', '8', '10', '12'].map((at) => valueOf(CLASSIC_ALEXNET, `features.${at}`, 'units'));
    expect(units).toEqual([186_624n, 64_896n, 64_896n, 43_264n]);
  });

  /** The table of CS231n's notes on convolutional networks; its memory counts numbers, its parameters no biases. */
  it('vgg16-memory-and-weights-as-in-cs231n', () => {
    const rows = [
      ['0', 3_211_264n, 1_728n],
      ['2', 3_211_264n, 36_864n],
      ['4', 802_816n, 0n],
      ['5', 1_605_632n, 73_728n],
      ['7', 1_605_632n, 147_456n],
      ['9', 401_408n, 0n],
      ['10', 802_816n, 294_912n],
      ['12', 802_816n, 589_824n],
      ['30', 25_088n, 0n],
    ] as const;
    for (const [at, memory, weights] of rows) {
      expect(valueOf(VGG16, `features.${at}`, 'activation-memory')).toBe(4n * memory);
      expect(valueOf(VGG16, `features.${at}`, 'weights')).toBe(weights);
    }
    expect(valueOf(VGG16, 'classifier.0', 'weights')).toBe(102_760_448n);
    expect(valueOf(VGG16, 'classifier.3', 'weights')).toBe(16_777_216n);
    expect(valueOf(VGG16, 'classifier.6', 'weights')).toBe(4_096_000n);
  });

  it('vgg16-receptive-fields-as-in-araujo-et-al', () => {
    expect(valueOf(VGG16, 'features', 'receptive-field')).toBe(212n);
    expect(valueOf(VGG16, 'features', 'jump')).toBe(32n);
  });

  it('alexnet-receptive-fields-as-in-araujo-et-al', () => {
    expect(valueOf(CLASSIC_ALEXNET, 'features', 'receptive-field')).toBe(195n);
    expect(valueOf(CLASSIC_ALEXNET, 'features', 'jump')).toBe(32n);
  });

  it('shapes-of-lenet-5', () => {
    expect(shapeOf(LENET, 'conv1')).toEqual([6n, 28n, 28n]);
    expect(shapeOf(LENET, 'pool1')).toEqual([6n, 14n, 14n]);
    expect(shapeOf(LENET, 'conv2')).toEqual([16n, 10n, 10n]);
    expect(shapeOf(LENET, 'pool2')).toEqual([16n, 5n, 5n]);
    expect(shapeOf(LENET, 'flatten')).toEqual([400n]);
    expect(shapeOf(LENET, '')).toEqual([10n]);
  });

  it('multiply-accumulates-of-vgg16-and-alexnet', () => {
    expect(valueOf(VGG16, '', 'multiply-accumulates')).toBe(15_470_264_320n);
    expect(valueOf(ALEXNET, '', 'multiply-accumulates')).toBe(714_188_480n);
    expect(valueOf(ALEXNET, '', 'flops')).toBe(2n * 714_188_480n);
    expect(valueOf(ALEXNET, '', 'flops', { work: 'multiply-accumulates' })).toBe(714_188_480n);
  });
});

describe('recurrent layers', () => {
  const cell = (kind: string, options = {}) =>
    layers([7, 32], { name: 'rnn', [kind]: { hidden_size: 64, batch_first: true, ...options } });

  it.each([
    ['lstm', 'LSTM', 4n * (64n * (32n + 64n) + 2n * 64n), 4n * (64n * (32n + 64n) + 64n)],
    ['gru', 'GRU', 3n * (64n * (32n + 64n) + 2n * 64n), 3n * (64n * (32n + 64n) + 64n)],
    ['rnn', 'RNN', 64n * (32n + 64n) + 2n * 64n, 64n * (32n + 64n) + 64n],
  ])('%s-with-two-biases-and-with-one', (_case, kind, two, one) => {
    expect(valueOf(cell(kind), 'rnn', 'parameters')).toBe(two);
    expect(valueOf(cell(kind), 'rnn', 'parameters', { recurrentBias: 'one' })).toBe(one);
  });

  it('an-lstm-gate-by-gate', () => {
    expect(formulaOf(cell('LSTM'), 'rnn', 'parameters')).toBe('4 · 64 · (32 + 64 + 2) = 25,088');
    expect(formulaOf(cell('LSTM'), 'rnn', 'parameters-per-gate')).toBe('64 · (32 + 64 + 2) = 6,272');
    expect(formulaOf(cell('LSTM'), 'rnn', 'input-weights')).toBe('4 · 64 · 32 = 8,192');
    expect(formulaOf(cell('LSTM'), 'rnn', 'recurrent-weights')).toBe('4 · 64 · 64 = 16,384');
  });

  it('layers-and-directions', () => {
    // 2·4·128·(100 + 128 + 2) + 2·4·128·(256 + 128 + 2), as torch.nn.LSTM has it.
    expect(valueOf(LSTM, 'lstm', 'parameters')).toBe(630_784n);
    expect(valueOf(LSTM, '', 'parameters')).toBe(1_631_298n);
    expect(shapeOf(LSTM, 'lstm')).toEqual([40n, 256n]);
  });
});

describe('what a person would write', () => {
  it.each([
    [
      'a convolution',
      layers([3, 9, 9], { name: 'c', Conv2d: [3, 64, 3] }),
      'c',
      'parameters',
      '64 · (3·3·3 + 1) = 1,792',
    ],
    ['without bias', GROUPED, 'block1.0', 'parameters', '512 · (3·7·7) = 75,264'],
    ['in groups', GROUPED, 'block2.0', 'weights-per-group', '(512/8) · (512/8) · 3 · 3 = 36,864'],
    ['a flattened size', LENET, 'flatten', 'features', '16 · 5 · 5 = 400'],
    ['a linear layer', LENET, 'fc1', 'parameters', '120 · (400 + 1) = 48,120'],
    ['a total', LENET, '', 'parameters', '156 + 2,416 + 48,120 + 10,164 + 850 = 61,706'],
    ['a height', LENET, 'pool1', 'height', '⌊(28 − 2)/2⌋ + 1 = 14'],
    ['a field', LENET, 'conv2', 'receptive-field', '6 + (5 − 1)·2 = 14'],
    ['work', LENET, 'conv2', 'multiply-accumulates', '16 · 10 · 10 · (6·5·5) = 240,000'],
    ['memory', LENET, 'conv2', 'activation-memory', '(16·10·10) · 4 = 6,400'],
  ] as const)('%s', (_case, network, of, quantity, text) => {
    expect(formulaOf(network, of, quantity)).toBe(text);
  });
});

describe('attention', () => {
  const attention = layers([10, 64], {
    name: 'mha',
    MultiheadAttention: { embed_dim: 64, num_heads: 4, batch_first: true },
  });

  it('comes-to-four-projections-alike', () => {
    const built = reference(attention, [['mha', 'parameters']]);
    const node = nodeOf(built, 'mha/parameters');
    if (node.measure === 'expression') throw new Error('a count is no expression');
    expect([node.formula, ...node.otherRoutes].map((route) => equationText(route))).toContain(
      '4 · 64 · (64 + 1) = 16,640',
    );
  });

  it('numbers-linear-layers-without-its-own-projection', () => {
    const network = layers(
      [10, 64],
      { name: 'mha', MultiheadAttention: { embed_dim: 64, num_heads: 4, batch_first: true } },
      { name: 'up', Linear: 256 },
      { name: 'down', Linear: 64 },
    );
    const names = (id: string): readonly string[] =>
      nodeOf(reference(network, [[id, 'parameters']]), `${id}/parameters`).names;
    expect(names('up')).toContain('first linear');
    expect(names('down')).toContain('second linear');
  });
});
