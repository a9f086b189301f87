import { modulesOf, offeringOf, plainPath } from '@tensormark/frameworks';
import type { Offering, Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { attributesGiven } from '../../ask/given-attributes.js';
import { isGuarded, libraryNames, lookedUp } from '../../ask/library-names.js';
import { didYouMean, distance } from '../../ask/spelling.js';
import { nodesOf } from '../../ask/tree.js';

export const libraryName: Check = {
  id: 'library-name',
  title: 'A name that a library does not have',
  severity: 'error',
  why: 'Python raises an AttributeError or ImportError as soon as the line runs.',
  instead: 'Use the name that the library has; names are told apart by case.',
  needs:
    'A name that no usual version of the library has had, and one much like it, or the same elsewhere in the library.',
  wrong: [
    `
from tensorflow.keras.layers import Conv2d  # <--
maps = Conv2d(32, 3)
`,
    `
import numpy as np
rows = np.concatinate([np.zeros(3), np.ones(3)])  # <--
`,
    `
from sklearn.metrics import confusion_matix  # <--
`,
    `
from tensorflow import keras
net = keras.layers.Sequential([keras.layers.Dense(3)])  # <--
`,
    `
from tensorflow.keras.layers.core import Dense  # <--
`,
    `
from keras.layers.Dense import Dense  # <--
`,
    `
import torch
from torch.utils import DataLoader  # <--
batches = DataLoader(torch.rand(90, 4), batch_size=9)
`,
    `
import torch.nn as nn
from pieces import Overlap

class Both(Overlap):
    def __init__(self):
        super().__init__()
        self.pixels = nn.BCE(reduction='mean')  # <--
`,
  ],
  right: [
    `
import numpy as np
import tensorflow as tf
whole = np.zeros(3).astype(np.int)
one = tf.mul(tf.constant(1.0), tf.constant(2.0))
if hasattr(np, 'concatt'):
    np.concatt([whole])
tf.constent = 3
print(tf.constent)
`,
    `
from keras.layers.core import Dense
from tensorflow.python.keras.layers.recurrent import LSTM
from tensorflow.keras.preprocessing.text import Tokenizer
try:
    from tensorflow.keras.layers.core import Dropout
except ImportError:
    from keras.layers import Dropout
`,
    `
import keras
from keras.layers import Dense
last = Dense(1, activation=keras.layers.activations.sigmoid, kernel_regularizer=keras.layers.regularizers.l2(0.01))
`,
  ],
  *run(program) {
    yield* modulesMissing(program);
    const { used, imported } = libraryNames(program);
    if (used.length === 0 && imported.length === 0) return;
    const set = attributesGiven(program);
    const found = [
      ...imported.map(({ path, span }) => ({ path, span })),
      ...used.map(({ node, path }) => ({ path, span: node.span })),
    ];
    const told = new Set<string>();
    for (const { path, span } of found) {
      const lacking = lackingIn(path);
      if (lacking === undefined) continue;
      const { module, name, meant } = lacking;
      const key = `${module}.${name}`;
      if (set.has(name) || told.has(key) || isGuarded(program)(span)) continue;
      told.add(key);
      yield { at: span, message: `There is no ${name} in ${module}; ${meant}.`, evidence: [] };
    }
  },
};

/** Modules that Keras by itself had before its version 2.13, and the Keras within TensorFlow never. */
const OF_KERAS_ALONE =
  /^tensorflow\.keras\.(engine|layers\.(core|recurrent|convolutional|normalization|embeddings|pooling|wrappers|merge|local|noise|advanced_activations|convolutional_recurrent)|utils\.(np_utils|generic_utils|data_utils|vis_utils|conv_utils))(?=\.|$)/;

/** Imports from what is no module: a class, or a module that another Keras has. */
function* modulesMissing(program: Program): Generator<Found> {
  for (const node of nodesOf(program, 'ImportFrom')) {
    const { module, level, span } = node;
    if (level > 0 || isGuarded(program)(span)) continue;
    const [alone] = OF_KERAS_ALONE.exec(module) ?? [];
    const looked = /\.[A-Z]\w*$/.test(module) ? lookedUp(module) : undefined;
    if (alone !== undefined)
      yield {
        at: span,
        message: `TensorFlow has no module ${alone}; what it had in Keras by itself is in ${alone.replace(/\.\w+$/, '')}.`,
        evidence: [],
      };
    else if (looked?.offer?.isModule === false)
      yield {
        at: span,
        message: `${module} is a class and no module; it is imported from ${looked.module.path}.`,
        evidence: [],
      };
  }
}

interface Lacking {
  readonly module: string;
  readonly name: string;
  readonly meant: string;
}

/** What a path asks for that is not there, and what is meant by it. */
function lackingIn(path: string): Lacking | undefined {
  const looked = lookedUp(path);
  if (looked === undefined) return passedOver(path);
  const { module, name, offer } = looked;
  const meant = offer === undefined ? meantBy(module, name) : undefined;
  return meant === undefined ? undefined : { module: module.path, name, meant };
}

/** `torch.utils.DataLoader`: a class that is in a module within that module, of which nothing else is known. */
function passedOver(path: string): Lacking | undefined {
  const parts = plainPath(path).split('.');
  const name = parts.at(-1) ?? '';
  const module = parts.slice(0, -1).join('.');
  if (!/^[A-Z]/.test(name) || offeringOf(module) !== undefined) return undefined;
  const within = modulesOf(parts[0] ?? '').find(
    (one) => one.startsWith(`${module}.`) && (offeringOf(one)?.names.get(name)?.signatures.length ?? 0) > 0,
  );
  return within === undefined ? undefined : { module, name, meant: `it is in ${within}` };
}

/** What is meant by a name that is not there: one like it, or the same in another module of the library. */
function meantBy({ path, names }: Offering, name: string): string | undefined {
  const near = didYouMean(name, names.keys());
  if (near !== undefined) {
    const letters = distance(near.toLowerCase(), name.toLowerCase());
    if (letters <= (name.length <= 4 ? 0 : name.length <= 7 ? 1 : 2)) return `did you mean ${near}`;
  }
  // Left off: what kind of thing it is, or of how many dimensions.
  const whole = ['Loss', '2d', 'Layer'].map((ending) => `${name}${ending}`).find((one) => names.has(one));
  if (whole !== undefined && path === 'torch.nn') return `did you mean ${whole}`;
  const [library = ''] = path.split('.');
  const elsewhere = modulesOf(library).find(
    (one) => one !== path && (offeringOf(one)?.names.get(name)?.signatures.length ?? 0) > 0,
  );
  return elsewhere === undefined ? undefined : `it is in ${elsewhere}`;
}
