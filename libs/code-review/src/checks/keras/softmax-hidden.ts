import { argument, kerasOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { graphCall, graphCalls, matrixOf, productOf, variableOf } from '../../ask/graphs.js';
import { hiddenInAll, otherWord } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const softmaxHidden: Check = {
  id: 'softmax-hidden',
  title: 'Softmax in a hidden layer',
  severity: 'warning',
  why: 'Softmax makes all units of a layer add up to 1, so that hardly more than one of them says anything and gradients become tiny.',
  instead: "Use 'relu' in hidden layers, and softmax in the last one of a classifier.",
  needs: 'A network of known layers where a dense or convolutional layer follows one with softmax.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='softmax'))  # <--
model.add(Dense(3, activation='softmax'))
`,
    `
from keras.layers import Input, Dense, concatenate
from keras.models import Model
one, other = Input((10,)), Input((5,))
left = Dense(32, activation='softmax')(one)  # <--
right = Dense(16, activation='relu')(other)
out = Dense(1, activation='sigmoid')(concatenate([left, right]))
model = Model([one, other], out)
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 784])
w1 = tf.Variable(tf.truncated_normal([784, 256], stddev=0.1))
w2 = tf.Variable(tf.truncated_normal([256, 10], stddev=0.1))
h = tf.nn.softmax(tf.matmul(x, w1))  # <--
scores = tf.matmul(h, w2)
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dense(3, activation='softmax'))
`,
  ],
  *run(program) {
    for (const { network } of kerasOf(program).models) {
      if (network === undefined) continue;
      for (const { layer, activation, at, next } of hiddenInAll(network)) {
        if (activation !== 'softmax' || at === undefined || next === layer) continue;
        const fix = otherWord(at, 'softmax', 'relu');
        yield {
          at,
          message: `This ${layer.type} is followed by another layer with weights, and its softmax lets hardly anything through.`,
          evidence: [places(['the next layer', next.span])],
          ...(fix && { fix }),
        };
      }
    }
    for (const call of graphCalls(program)) {
      const before = graphCall(argument(call.args, 'a', 0));
      if (call.name !== 'matmul' || before?.name !== 'nn.softmax' || variableOf(matrixOf(call)) === undefined)
        continue;
      const { span } = before.value;
      if (span === undefined || productOf(before.args.positional[0]) === undefined) continue;
      yield {
        at: span,
        message:
          'This softmax is followed by another product with weights, and lets hardly anything through.',
        evidence: [places(['the next product', call.value.span])],
      };
    }
  },
};
