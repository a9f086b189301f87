import { isCertain, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, KerasModel, Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsOfUnknown } from '../../ask/events.js';
import { layersOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

/** Anything that trains, or brings weights from elsewhere. */
const LEARNED =
  /\b(fit|fit_generator|train_on_batch|train_step|load_weights|set_weights|load_model|apply_gradients|minimize|restore|assign|from_pretrained|load|read|add_weight)\s*\(|\.(fit|fit_generator|train_on_batch|load_weights|set_weights)\b|\bweights\s*=|GradientTape/;

/** What reads examples that somebody wants an answer for. */
const READ = /(^|\.)(load_img|imread|open|read_csv|load_data|get_file)$/;

export const weightsMissing: Check = {
  id: 'weights-missing',
  title: 'A network that has learned nothing is asked',
  severity: 'warning',
  why: 'A network that is only put together has random weights; what it predicts changes from run to run and means nothing.',
  instead: 'Load the weights it was trained to (model.load_weights(…)), or train it, before it is asked.',
  needs:
    'A network that the program puts together and asks about pictures or tables that it reads, and nothing in the file that trains or loads weights.',
  wrong: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
from keras.preprocessing import image
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='binary_crossentropy', optimizer='rmsprop')
picture = image.img_to_array(image.load_img('test.jpg', target_size=(150, 150)))
print(model.predict(np.expand_dims(picture / 255, axis=0)))  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
data = np.loadtxt(open('table.csv'), delimiter=',')
model = Sequential([Dense(4, input_dim=8, activation='relu'), Dense(1)])
model.compile('adam', 'mse')
learn = model.fit
learn(data[:, :8], data[:, 8], epochs=20)
print(model.predict(data[:5, :8]))
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Conv2D, Flatten, Dense
from keras.preprocessing import image
model = Sequential()
model.add(Conv2D(32, (3, 3), activation='relu', input_shape=(150, 150, 3)))
model.add(Flatten())
model.add(Dense(1, activation='sigmoid'))
model.load_weights('trained.h5')
picture = image.img_to_array(image.load_img('test.jpg', target_size=(150, 150)))
print(model.predict(np.expand_dims(picture / 255, axis=0)))
`,
    `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(4, input_dim=8, activation='relu'), Dense(1)])
print(model.predict(np.random.rand(3, 8)).shape)
`,
  ],
  *run(program) {
    if (program.cutShort) return;
    for (const model of kerasOf(program).models) {
      const asked = model.uses.find(({ moment, x }) => isCertain(moment) && isRead(x));
      const at = asked?.moment.span;
      if (at === undefined || !isPutTogether(model) || LEARNED.test(program.source)) continue;
      if (isHandedOver(program, model)) continue;
      yield {
        at,
        message: 'The network is asked here, and nothing has trained it or loaded its weights.',
        evidence: [places(['the network', model.network?.span])],
      };
      return;
    }
  },
};

function isPutTogether({ network, compiles }: KerasModel): boolean {
  if (network?.isWhole !== true || compiles.length === 0) return false;
  const layers = layersOf(network);
  return layers.length > 0 && layers.every(({ layer }) => layer !== undefined);
}

function isRead(datum: Datum | undefined): boolean {
  return (
    isValue(datum) &&
    comesOf(datum, ({ made }) => {
      if (made.kind !== 'operation') return false;
      const [callee] = made.args.positional;
      return READ.test(made.name) || (isValue(callee) && READ.test(callee.span?.text ?? ''));
    })
  );
}

/** Whether something unknown was given the network, and may have trained it. */
function isHandedOver(program: Program, { value }: KerasModel): boolean {
  return callsOfUnknown(program).some(({ args }) =>
    [...args.positional.slice(1), ...args.named.values()].some((given) => given === value),
  );
}
