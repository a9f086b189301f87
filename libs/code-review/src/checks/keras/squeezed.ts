import { isRecurrent, kerasOf, unitsOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { headOf, hiddenIn, isSurelyBuilt } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const squeezed: Check = {
  id: 'squeezed',
  title: 'One unit that all classes have to be told by',
  severity: 'warning',
  why: 'Whatever the layers before it found reaches the last layer as one number, by which several classes can hardly be told apart.',
  instead: 'Leave the layer of one unit out, or give it as many as its neighbours have.',
  needs: 'A hidden Dense of one unit, and a softmax over more than two classes after it.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense, Embedding, LSTM
model = Sequential()
model.add(Embedding(5000, 64, input_length=80))
model.add(LSTM(128))
model.add(Dense(1, activation='relu'))  # <--
model.add(Dense(20, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
`,
  ],
  right: [
    // A code of one number is what an autoencoder may be for, and attention weighs each step by one.
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(32, activation='relu', input_dim=10))
model.add(Dense(1, activation='relu'))
model.add(Dense(32, activation='relu'))
model.add(Dense(10))
model.compile(loss='mse', optimizer='adam')
`,
  ],
  *run(program) {
    for (const { network, compiles } of kerasOf(program).models) {
      const head = network && headOf(network);
      if (network === undefined || compiles.length === 0 || head?.activation !== 'softmax') continue;
      if ((head.units !== undefined && head.units < 3) || !isSurelyBuilt(network)) continue;
      for (const { layer, next, at } of hiddenIn(network)) {
        if (layer.type !== 'Dense' || unitsOf(layer) !== 1 || next.type !== 'Dense' || isRecurrent(next))
          continue;
        if (layer.span === undefined) continue;
        yield {
          at: layer.span,
          message: 'All that the classes are told by goes through this one unit.',
          evidence: [places(['its activation', at], ['the classes', head.layer.span])],
        };
      }
    }
  },
};
