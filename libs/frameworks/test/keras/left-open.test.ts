import { beforeAll, describe, expect, it } from '@jest/globals';
import { moduleRows, openReader } from '@tensormark/frameworks';
import type { CodeReader, ModelReading } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

describe('what cannot be known of a model', () => {
  const functional = (input: string, layer: string): ModelReading =>
    reader.read(`import keras
from keras import layers
i = keras.Input(${input})
model = keras.Model(i, ${layer}(i))
shape = model.output_shape
total = model.count_params()
`);

  it.each([
    ['layer-without-rules', '(8,)', "layers.EinsumDense('ab,bc->ac', output_shape=4)"],
    ['open-length-reshaped', '(None, 4)', 'layers.Reshape((12,))'],
    ['open-sides-reshaped', '(None, None, 4)', 'layers.Reshape((12,))'],
    ['open-length-of-a-merge', '(None, 4)', 'lambda x: layers.Add()([x, keras.Input((8, 4))])'],
    ['name-by-place', '(8, 8, 4)', "layers.MaxPooling2D(2, 2, 'same', None, 'halved')"],
  ])('is no error: %s', (_name, input, layer) => {
    const { errors } = functional(input, `(${layer})`);
    const told = errors
      .map(({ type, message }) => `${type}: ${message}`)
      .filter((error) => !error.includes('disconnected'));
    expect(told).toEqual([]);
  });

  // Shapes as Keras 3.15 gives them, and the first Keras the last of them.
  it.each([
    [
      'resized-channels-first',
      '(3, 8, 9)',
      "layers.Resizing(4, 5, data_format='channels_first')",
      [1, 3, 4, 5],
    ],
    ['kernel-stride-and-padding', '(8, 8, 4)', "layers.Convolution2D(6, 3, 2, 'same')", [1, 4, 4, 6]],
    ['kernel-by-its-sides', '(8, 8, 4)', 'layers.Convolution2D(6, 3, 2)', [1, 6, 7, 6]],
  ])('and what can: %s', (_name, input, layer, shape) => {
    const rows = moduleRows(functional(input, layer)).filter(({ path }) => path !== '');
    expect(rows[0]?.outputs).toEqual([shape]);
  });
});
