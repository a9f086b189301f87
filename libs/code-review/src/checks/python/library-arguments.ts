import { alsoTaken, misfit } from '@tensormark/frameworks';
import type { Misfit } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { givenIn, libraryCalls } from '../../ask/library-calls.js';
import { didYouMean } from '../../ask/spelling.js';

export const libraryArguments: Check = {
  id: 'library-arguments',
  title: 'Arguments that a function of a library does not take',
  severity: 'error',
  why: 'Python raises a TypeError at the call.',
  instead: 'Give the arguments that the function has in the version in use, under their names.',
  needs: 'A call of a function or class that no usual version of the library has had with such arguments.',
  wrong: [
    `
from tensorflow.keras import layers
hidden = layers.Dense(64, activaton='relu')  # <--
`,
    `
import numpy as np
rows = np.concatenate([np.zeros(3), np.ones(3)], axes=0)  # <--
`,
    `
from sklearn.model_selection import train_test_split
parts = train_test_split([1, 2, 3, 4], testsize=0.5)  # <--
`,
    `
from tensorflow.keras.utils import to_categorical
labels = to_categorical([0, 1], classes=2)  # <--
`,
    `
from torchvision import transforms
turned = transforms.RandomRotation()  # <--
`,
    `
from tensorflow import keras
from data import x, y
def made():
    return keras.Sequential([keras.layers.Dense(3, input_shape=(4,))])
net = made()
net.compile('adam', 'mse')
net.fit(x, y, nb_epoch=3)  # <--
`,
    `
import tensorflow as tf
from data import x
batches = tf.data.Dataset.from_tensor_slices(x).shuffle(100).batch(8, drop_reminder=True)  # <--
`,
  ],
  right: [
    `
from keras.layers import Convolution2D, Dense
maps = Convolution2D(nb_filter=32, nb_row=3, nb_col=3, border_mode='same', input_shape=(28, 28, 1))
hidden = Dense(output_dim=64, init='uniform', input_dim=20)
`,
    `
import numpy as np
from tensorflow import keras
from torchvision.models import resnet50
options = {'axis': 0}
deep = resnet50(False, num_classes=10)
rows = np.concatenate([np.zeros(3), np.ones(3)], **options)
def made(np):
    return np.concatenate(rows=rows)
try:
    slow = keras.optimizers.Adam(jit=False)
except TypeError:
    slow = keras.optimizers.Adam(lr=0.1, decay=1e-6)
`,
  ],
  *run(program) {
    for (const { call, path, signatures } of libraryCalls(program)) {
      const wrong = misfit(signatures, givenIn(call), (name, family) => alsoTaken(path, name, family));
      // Layers of the first Keras took their arguments in another order.
      if (wrong === undefined || (wrong.kind === 'twice' && path.startsWith('keras.'))) continue;
      const word = wrong.kind === 'unknown' || wrong.kind === 'twice' ? wrong.name : undefined;
      const keyword = call.keywords.find(({ name }) => name === word && word !== undefined);
      yield {
        at: keyword?.span ?? call.span,
        message: said(calledIn(call), wrong),
        evidence: [],
        ...(!isCertain(path, wrong) && { severity: 'design', why: OF_VERSIONS }),
      };
    }
  },
};

const OF_VERSIONS =
  'No usual version of the library takes such an argument; a very old or very new one may, and others raise a TypeError.';

/**
 * Whether no version at all takes a call. Arguments have come and gone for ten years, and tables know the usual versions: what is like
 * no argument at all may have been one, what is nearly one is misspelt. Keras within TensorFlow has no first version to have had others.
 */
function isCertain(path: string, wrong: Misfit): boolean {
  if (wrong.kind !== 'unknown' || /^tensorflow\.(python\.)?keras\b/.test(path)) return true;
  // What networks are trained and asked by has never changed in what it takes beyond what the tables have.
  if (/^keras\.(.*\.)?(Model|Sequential)#(fit|evaluate|predict)(_generator)?$/.test(path)) return true;
  return didYouMean(wrong.name, wrong.known) !== undefined;
}

/** What is called, in few words. */
function calledIn({ callee }: tree.Call): string {
  const { text } = callee.span;
  return callee.kind === 'Attribute' && (text.length > 40 || text.includes('(')) ? callee.attribute : text;
}

function said(callee: string, wrong: Misfit): string {
  switch (wrong.kind) {
    case 'unknown': {
      const meant = didYouMean(wrong.name, wrong.known);
      const few =
        wrong.known.length <= 8 && wrong.known.length > 0 ? `: it takes ${wrong.known.join(', ')}` : '';
      return `${callee} takes no ${wrong.name}${meant === undefined ? few : `; did you mean ${meant}`}.`;
    }
    case 'too-many':
      return `${callee} takes at most ${wrong.most} arguments by place.`;
    case 'missing':
      return `${callee} needs ${wrong.names.join(' and ')}.`;
    case 'twice':
      return `${callee} is given ${wrong.name} twice, by place and by name.`;
  }
}
