import { describe, expect, it } from '@jest/globals';
import { alsoTaken, misfit, offeringOf, optionsOf, plainPath } from '../src/index.js';
import type { Given } from '../src/index.js';

function given(count: number, ...names: string[]): Given {
  return { count, names, hasMorePlaced: false, hasMoreNamed: false };
}

function wrongIn(path: string, call: Given) {
  const parts = plainPath(path).split('.');
  const offer = offeringOf(parts.slice(0, -1).join('.'))?.names.get(parts.at(-1) ?? '');
  return misfit(offer?.signatures ?? [], call, (name, family) => alsoTaken(path, name, family));
}

describe('what libraries offer', () => {
  it.each([
    ['layer-with-shape', 'keras.layers.Dense', given(1, 'activation', 'input_shape')],
    ['layer-of-the-first-keras', 'keras.layers.Convolution2D', given(3, 'border_mode', 'init')],
    ['rate-of-the-second-keras', 'tensorflow.keras.optimizers.Adam', given(0, 'lr', 'decay')],
    ['axis-for-dim', 'torch.cat', given(1, 'axis')],
    ['loss-of-the-first-pytorch', 'torch.nn.CrossEntropyLoss', given(0, 'size_average')],
    ['transform-of-old', 'torchvision.transforms.RandomSizedCrop', given(1)],
    ['number-before-tensor', 'torch.add', given(3)],
    ['parts-of-many', 'sklearn.model_selection.train_test_split', given(5, 'test_size', 'stratify')],
    ['graphs', 'tensorflow.compat.v1.placeholder', given(1, 'shape')],
    [
      'graphs-under-the-first-name',
      'tensorflow.nn.softmax_cross_entropy_with_logits',
      given(0, 'logits', 'labels'),
    ],
    ['dtype-by-place', 'numpy.arange', given(4)],
  ])('takes %s', (_, path, call) => {
    expect(wrongIn(path, call)).toBeUndefined();
  });

  it.each([
    ['first-keras-in-tensorflow', 'tensorflow.keras.layers.Dense', given(0, 'output_dim'), 'unknown'],
    ['misspelt', 'torch.optim.SGD', given(1, 'momentun'), 'unknown'],
    ['without-length', 'torch.nn.Linear', given(1), 'missing'],
    ['one-too-many', 'torchvision.transforms.ToTensor', given(1), 'too-many'],
    ['by-place-and-name', 'torch.nn.Linear', given(2, 'in_features'), 'twice'],
  ])('refuses %s', (_, path, call, kind) => {
    expect(wrongIn(path, call)?.kind).toBe(kind);
  });

  it.each([
    ['loss', 'torch.nn.KLDivLoss', 'reduction', 'batchmean'],
    ['maps', 'keras.layers.Conv2D', 'padding', 'same'],
    ['graph', 'tensorflow.nn.conv2d', 'padding', 'SAME'],
  ])('knows the words of a %s', (_, path, argument, word) => {
    expect(optionsOf(path, argument)?.words).toContain(word);
  });

  it('knows methods', () => {
    expect(offeringOf('keras.Model#')?.names.get('fit')?.signatures).toHaveLength(1);
    expect(offeringOf('tensorflow.data.Dataset#')?.names.has('prefetch')).toBe(true);
  });

  it.each([
    ['tensorflow.losses', 'logcosh'],
    ['tensorflow.metrics', 'logcosh'],
    ['keras.metrics', 'kld'],
    ['keras.metrics', 'KLD'],
  ])('knows what losses go by in %s: %s', (module, name) => {
    expect(offeringOf(module)?.names.has(name)).toBe(true);
  });

  it('knows names that are gone', () => {
    for (const name of ['int', 'alltrue', 'asscalar'])
      expect(offeringOf('numpy')?.names.has(name)).toBe(true);
    expect(offeringOf('keras.layers')?.names.has('CuDNNLSTM')).toBe(true);
    expect(offeringOf('keras.layers')?.names.has('Conv2d')).toBe(false);
    expect(offeringOf('unheard.of')).toBeUndefined();
  });
});
