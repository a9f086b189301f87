import { describe, expect, it } from '@jest/globals';
import { kerasOf, openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

/** What the first `fit` is given, by its shape. */
function shapeGiven(source: string): readonly (number | undefined)[] | undefined {
  const [model] = kerasOf(reader.read(source)).models;
  return model?.fits[0]?.inputs.shape;
}

const MODEL = `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense, LSTM
model = Sequential([LSTM(100, input_shape=(49, 2)), Dense(1)])
model.compile(loss='mse', optimizer='adam')
`;

describe('what a network is given', () => {
  it('an-array-that-is-not-filled-yet', () => {
    expect(
      shapeGiven(`${MODEL}
images = np.ndarray(shape=(2000, 49, 3), dtype=np.float32)
load(images)
model.fit(images, np.zeros((2000, 1)))
`),
    ).toEqual([2000, 49, 3]);
  });

  it('as-many-sizes-as-another-array-has', () => {
    expect(
      shapeGiven(`${MODEL}
x = np.random.randn(*np.random.randn(100, 49, 2).shape)
model.fit(x, np.zeros((100, 1)))
`),
    ).toBeUndefined();
  });

  it('a-first-batch-that-is-empty-says-nothing', () => {
    expect(
      shapeGiven(`${MODEL}
def windows(rows, batch):
    at = 0
    while True:
        x, y = [], []
        for _ in range(batch):
            if at >= len(rows) - 50:
                yield np.array(x), np.array(y)
                at = 0
            x.append(rows[at:at + 49])
            y.append(rows[at + 49, 0])
            at += 1
        yield np.array(x), np.array(y)
model.fit_generator(windows(np.load('prices.npy'), 32), steps_per_epoch=100, epochs=20)
`),
    ).toBeUndefined();
  });
});

describe('what a network takes', () => {
  const bySetting = (set: string): string => `
from keras import backend as K
from keras.layers import Dense, Flatten
from keras.models import Sequential
${set}
if K.image_data_format() == 'channels_first':
    shape = (1, 28, 28)
else:
    shape = (28, 28, 1)
model = Sequential([Flatten(input_shape=shape), Dense(10)])
model.compile(loss='mse', optimizer='adam')
`;

  const taken = (set: string): unknown => kerasOf(reader.read(bySetting(set))).models[0]?.network?.input;

  it('channels-come-last-where-no-setting-says-otherwise', () => {
    expect(taken('')).toEqual([28, 28, 1]);
  });

  it('a-setting-the-program-makes-is-left-open', () => {
    expect(taken("K.set_image_data_format('channels_first')")).not.toEqual([28, 28, 1]);
  });
});
