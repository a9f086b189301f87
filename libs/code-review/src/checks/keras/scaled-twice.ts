import { arrayFacts, isValue, kerasOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const scaledTwice: Check = {
  id: 'scaled-twice',
  title: 'Pixels divided twice',
  severity: 'warning',
  why: 'Divided by 255 twice, all pixels are below 0.004: the network sees next to nothing.',
  instead: 'Divide once: either the array, or in the generator (rescale), or in a Rescaling layer.',
  needs: 'A published data set of pictures whose scaling can be followed to fit.',
  wrong: [
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten
(x, y), _ = mnist.load_data()
x = x.astype('float32') / 255
x = x / 255.0  # <--
model = Sequential([Flatten(input_shape=(28, 28)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
  ],
  right: [
    `
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, Flatten
(x, y), _ = mnist.load_data()
x = x.astype('float32')
x = x / 255.0
model = Sequential([Flatten(input_shape=(28, 28)), Dense(64, activation='relu'), Dense(10, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=5)
`,
  ],
  *run(program) {
    const said = new Set<unknown>();
    for (const { network, fits } of kerasOf(program).models)
      for (const { inputs, targets, moment } of fits) {
        const rescaling = network?.steps.find(({ layer }) => layer?.type === 'Rescaling');
        const isAgain =
          rescaling !== undefined && inputs.scale === 'unit' && inputs.set?.of.isPixels === true;
        const again = inputs.scaledAgain ?? targets.scaledAgain;
        const at = again?.span ?? (isAgain ? rescaling.span : undefined);
        if (at === undefined || (again !== undefined && !isValue(again))) continue;
        said.add(at);
        yield {
          at,
          message: 'These pixels have been divided already.',
          evidence: [places(['learned from here', moment.span])],
        };
      }
    // Learned from in a loop of the program's own, or handed to a function that is not read.
    if (said.size > 0 || !/\/ *=? *255[\s\S]*\/ *=? *255/.test(program.source)) return;
    for (const { result, moment } of eventsOf(program, 'call')) {
      if (!isValue(result) || !DIVIDES.test(makerOf(result)) || said.has(moment.span?.start)) continue;
      if (moment.span === undefined || arrayFacts(result).scaledAgain !== result) continue;
      said.add(moment.span.start);
      yield { at: moment.span, message: 'These pixels have been divided already.', evidence: [] };
    }
  },
};

const DIVIDES = /^(i?true)?_?div$/;
