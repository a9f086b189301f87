import { offeringOf, optionsOf } from '@tensormark/frameworks';
import type { Signature } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { libraryCalls } from '../../ask/library-calls.js';
import { didYouMean, distance } from '../../ask/spelling.js';

export const libraryOption: Check = {
  id: 'library-option',
  title: 'A word that an argument of a library cannot be',
  severity: 'error',
  why: 'The library looks the word up among those it knows, and raises an error where it is none of them.',
  instead: 'Write one of the words that the argument may be, as the library spells it.',
  needs: 'A word written in the call, and all the words that the library takes there.',
  wrong: [
    `
import torch.nn as nn
loss = nn.MSELoss(reduction='average')  # <--
`,
    `
from tensorflow.keras.layers import Conv2D
maps = Conv2D(32, 3, padding='smae')  # <--
`,
    `
from torch.optim.lr_scheduler import ReduceLROnPlateau
def scheduled(optimizer):
    return ReduceLROnPlateau(optimizer, 'minimum')  # <--
`,
    `
import tensorflow as tf
def maps(x, kernel):
    return tf.nn.conv2d(x, kernel, strides=[1, 1, 1, 1], padding='same')  # <--
`,
    `
from tensorflow.keras.layers import Dense
hidden = Dense(64, kernel_initializer='he_normall')  # <--
`,
  ],
  right: [
    `
import torch.nn as nn
from keras.layers import Conv1D, Conv2D, Convolution2D, Dense
loss = nn.KLDivLoss(reduction='batchmean')
maps = Conv2D(32, 3, padding='SAME', data_format='channels_last')
row = Conv1D(32, 3, padding='causal')
old = Convolution2D(32, 3, 3, border_mode='full')
hidden = Dense(64, kernel_initializer='he_normal')
own = Dense(64, kernel_initializer='mine')
`,
  ],
  *run(program) {
    for (const { call, plain, signatures } of libraryCalls(program)) {
      for (const [argument, value] of wordsGiven(call, signatures)) {
        const text = value.value;
        if (typeof text !== 'string') continue;
        const meant = refusalOf(plain, argument, text, signatures);
        if (meant !== undefined)
          yield { at: value.span, message: `${argument} cannot be '${text}': ${meant}.`, evidence: [] };
      }
    }
  },
};

/** The words that a call gives, by the names of the arguments. */
function* wordsGiven(
  { args, keywords }: tree.Call,
  signatures: readonly Signature[],
): Generator<readonly [string, tree.Constant]> {
  for (const { name, value } of keywords)
    if (name !== undefined && value.kind === 'Constant') yield [name, value];
  const [signature, ...others] = signatures;
  if (signature === undefined || others.length > 0) return;
  for (const [at, value] of args.entries()) {
    if (value.kind === 'Starred') return;
    const parameter = signature.placed[at];
    if (parameter !== undefined && !parameter.isLoose && value.kind === 'Constant')
      yield [parameter.name, value];
  }
}

/** What is said of a word that is not taken; undefined where it may be taken. */
function refusalOf(
  path: string,
  argument: string,
  text: string,
  signatures: readonly Signature[],
): string | undefined {
  const options = optionsOf(path, argument);
  if (options !== undefined) {
    const given = options.isCaseless ? text.toLowerCase() : text;
    return options.words.includes(given) ? undefined : `it is one of ${options.words.join(', ')}`;
  }
  // Of what only the newest version is known to take, and of names that programs may add to, only slips are told.
  const words = signatures
    .flatMap(({ placed, named }) => [...placed, ...named])
    .filter(({ name }) => name === argument)
    .flatMap((parameter) => parameter.words);
  const isStart = path.startsWith('keras.layers.') && argument.endsWith('_initializer');
  const known = isStart ? [...(offeringOf('keras.initializers')?.names.keys() ?? [])] : words;
  if (known.length === 0 || known.some((one) => plainly(one) === plainly(text) && (isStart || one === text)))
    return undefined;
  const meant = didYouMean(text, known);
  const isSlip =
    meant !== undefined &&
    text.length > 4 &&
    distance(meant.toLowerCase(), text.toLowerCase()) <= (text.length > 7 ? 2 : 1);
  return isSlip ? `did you mean ${meant}` : undefined;
}

/** Keras finds its names whichever way they are written. */
function plainly(word: string): string {
  return word.toLowerCase().replaceAll('_', '');
}
