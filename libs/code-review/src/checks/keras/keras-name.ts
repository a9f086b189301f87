import {
  ACTIVATIONS,
  argument,
  entriesOf,
  kerasCall,
  kerasOf,
  layerArgument,
  LOSSES,
  lossOf,
  OPTIMIZERS,
} from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { layersMade } from '../../ask/keras-calls.js';
import { didYouMean } from '../../ask/spelling.js';

export const kerasNameCheck: Check = {
  id: 'keras-name',
  title: 'A name that Keras does not know',
  severity: 'error',
  why: 'Activations, losses and optimisers that are named by a string are looked up, and an unknown name raises an error.',
  instead: 'Write the name as Keras has it.',
  needs: 'A string where Keras takes the name of an activation, a loss, a metric or an optimiser.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='rellu'))  # <--
model.add(Dense(3, activation='softmax'))
`,
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential()
model.add(Dense(64, input_dim=8, activation='relu'))
model.add(Dense(3, activation='soft_max'))  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropi', optimizer='adam')  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam', metric=['accuracy'])  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accurcy'])  # <--
`,
    `
from keras.models import Sequential
from keras.layers import Dense, Flatten
model = Sequential()
model.add(Flatten(), input_shape=(28, 28))  # <--
model.add(Dense(3, activation='softmax'))
`,
    `
from keras.models import Model
from keras.layers import Concatenate, Dense, Input
given = Input((8,))
wide = Dense(64, activation='rellu')(given)  # <--
model = Model(given, Dense(1, activation='sigmoid')(Concatenate()([given, wide])))
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([Dense(64, input_dim=8, activation='relu'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['acc', 'AUC', 'kullback_leibler_divergence', 'fmeasure', 'RootMeanSquaredError'])
`,
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.utils import get_custom_objects
get_custom_objects()['bent'] = lambda x: x
model = Sequential([Dense(64, input_dim=8, activation='bent'), Dense(3, activation='softmax')])
model.compile(loss='categorical_crossentropy', optimizer='Adam')
model.compile(loss='crossentropy', optimizer='adam')
`,
  ],
  *run(program) {
    if (/custom_object/.test(program.source)) return;
    for (const { args, moment } of callsNamed(program, 'add')) {
      const word = [...args.named.keys()].find((one) => OF_LAYERS.test(one));
      if (word === undefined || moment.span === undefined) continue;
      if (kerasCall(args.positional[0])?.name !== 'Sequential') continue;
      yield {
        at: moment.span,
        message: `add takes a layer and no ${word}, which belongs between the brackets of the layer.`,
        evidence: [],
      };
    }
    const said = new Set<number>();
    for (const { layer } of layersMade(program)) {
      const given =
        layer.type === 'Activation'
          ? layerArgument(layer, ['activation'], 0)
          : layer.args.named.get('activation');
      const at = layer.span;
      if (typeof given !== 'string' || at === undefined || said.has(at.start)) continue;
      if (isKnown(ACTIVATIONS, given) && !isOtherwiseWritten(given)) continue;
      said.add(at.start);
      yield unknown(at, 'activation', given);
    }
    for (const { compiles, fits } of kerasOf(program).models) {
      for (const { call, lossGiven, optimizerGiven, moment } of compiles) {
        if (moment.span === undefined) continue;
        const loss = typeof lossGiven === 'string' ? lossOf(lossGiven)?.name : undefined;
        if (
          typeof lossGiven === 'string' &&
          loss !== undefined &&
          // Keras tells by the targets which of its cross-entropies is meant.
          !/^(crossentropy|ce)$/i.test(lossGiven) &&
          (/cross_?entropies$|cross_entropy|CrossEntropy/.test(lossGiven) ||
            (!LOSSES.has(loss) && !isKnown(LOSSES, loss)))
        )
          yield unknown(moment.span, 'loss', lossGiven);
        const word = misspelt(call.args.named.keys(), OF_COMPILE);
        if (word !== undefined)
          yield {
            at: moment.span,
            message: `compile takes no ${word.given}: it is ${word.meant}.`,
            evidence: [],
          };
        for (const metric of namesIn(argument(call.args, 'metrics', 3))) {
          const meant = isKnown(METRICS, metric) ? undefined : didYouMean(metric, METRICS);
          if (meant !== undefined && !LOSSES.has(lossOf(metric)?.name ?? ''))
            yield unknown(moment.span, 'metric', metric);
        }
        if (typeof optimizerGiven === 'string' && !OPTIMIZERS.has(optimizerGiven.toLowerCase()))
          yield unknown(moment.span, 'optimiser', optimizerGiven);
      }
      for (const { call, moment } of fits) {
        const word = call.name === 'fit' ? misspelt(call.args.named.keys(), OF_FIT) : undefined;
        if (word !== undefined && moment.span !== undefined)
          yield {
            at: moment.span,
            message: `fit takes no ${word.given}: it is ${word.meant}.`,
            evidence: [],
          };
      }
    }
  },
};

/** The metrics that are named by strings, in a list or under the names of outputs. */
function namesIn(given: Datum | undefined): readonly string[] {
  if (typeof given === 'string') return [given];
  if (Array.isArray(given)) return given.flatMap((one: Datum) => namesIn(one));
  return entriesOf(given)?.flatMap(([, one]) => namesIn(one)) ?? [];
}

/** Metrics that are asked for by a word, in small letters. */
const METRICS: ReadonlySet<string> = new Set([
  ...LOSSES,
  ...'accuracy acc binary_accuracy categorical_accuracy sparse_categorical_accuracy mse mae mape precision recall auc iou'.split(
    ' ',
  ),
  ...'top_k_categorical_accuracy sparse_top_k_categorical_accuracy root_mean_squared_error r2_score mean_io_u'.split(
    ' ',
  ),
  ...'true_positives true_negatives false_positives false_negatives f1_score fbeta_score log_cosh_error'.split(
    ' ',
  ),
]);

/** What layers take, and not the network that they are added to. */
const OF_LAYERS =
  /^(input_shape|input_dim|batch_input_shape|activation|units|filters|kernel_size|strides|padding|pool_size|name|return_sequences|kernel_initializer|kernel_regularizer|rate)$/;

const OF_COMPILE = ['optimizer', 'loss', 'metrics', 'loss_weights', 'weighted_metrics', 'run_eagerly'];
const OF_FIT = [
  'batch_size',
  'epochs',
  'verbose',
  'callbacks',
  'validation_split',
  'validation_data',
  'shuffle',
  'class_weight',
  'sample_weight',
  'steps_per_epoch',
  'validation_steps',
];

/** A keyword that is one of those but for a letter or two that are missing, too many or in each other's place. */
function misspelt(
  given: Iterable<string>,
  known: readonly string[],
): { readonly given: string; readonly meant: string } | undefined {
  for (const word of given) {
    if (known.includes(word)) continue;
    const meant = known.find(
      (one) => one.length > 4 && (one === `${word}s` || `${one}s` === word || isTurned(one, word)),
    );
    if (meant !== undefined) return { given: word, meant };
  }
  return undefined;
}

function isTurned(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const apart = [...one].flatMap((letter, at) => (letter === other[at] ? [] : [at]));
  const [first = 0, second = 0] = apart;
  return (
    apart.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first]
  );
}

/** Capitals and underscores are left alone: versions differ in them. */
function isKnown(names: ReadonlySet<string>, name: string): boolean {
  const plain = (one: string): string => one.toLowerCase().replaceAll('_', '');
  return [...names].some((known) => plain(known) === plain(name));
}

/** Of those that have been there from the start no version has had another spelling; some have taken the names of layers too. */
function isOtherwiseWritten(name: string): boolean {
  return (
    !/^(relu|ReLU|sigmoid|tanh|softmax|Softmax|linear)$/.test(name) &&
    /^(relu|sigmoid|tanh|softmax|linear)$/.test(name.toLowerCase().replaceAll('_', ''))
  );
}

function unknown(at: Found['at'], what: string, name: string): Found {
  return { at, message: `Keras has no ${what} called '${name}'.`, evidence: [] };
}
