import { argument, foreignCall, isCertain, isValue, kerasCall, kerasOf } from '@tensormark/frameworks';
import type { Compiled, Datum, Fitted, KerasModel, Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { compiledFor } from '../../ask/keras.js';
import { keptResult } from '../../ask/kept-results.js';
import { places } from '../../ask/places.js';
import { nodesOf } from '../../ask/tree.js';

const BEGINNING = `
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.callbacks import EarlyStopping
from data import x, y
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
`;

export const figureMissing: Check = {
  id: 'figure-missing',
  title: 'A figure that training does not record',
  severity: 'error',
  why: 'What fit records has the names of the loss and of the metrics that compile was given, and with val_ before them where there is validation: another name is a KeyError in the history, and a callback that watches it warns and does nothing.',
  instead: 'Use the name of a metric that compile is given, or give compile that metric.',
  needs: 'Metrics that are all known, and the history that fit returns, or a callback that fit is given.',
  wrong: [
    `${BEGINNING}
model.compile(loss='binary_crossentropy', optimizer='adam')
history = model.fit(x, y, epochs=20, validation_split=0.2)
print(history.history['accuracy'])  # <--
`,
    `${BEGINNING}
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
history = model.fit(x, y, epochs=20)
print(history.history['val_loss'])  # <--
`,
    `${BEGINNING}
stop = EarlyStopping(monitor='val_acc', patience=3)  # <--
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['AUC'])
model.fit(x, y, epochs=20, validation_split=0.2, callbacks=[stop])
`,
  ],
  right: [
    `${BEGINNING}
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
history = model.fit(x, y, epochs=20, validation_split=0.2, callbacks=[EarlyStopping(monitor='val_accuracy')])
print(history.history['acc'], history.history['val_loss'], history.history['lr'])
`,
    `${BEGINNING}
from data import f1, callbacks
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy', f1])
history = model.fit(x, y, epochs=20, callbacks=callbacks)
print(history.history['f1'], history.history['val_accuracy'])
`,
    `${BEGINNING.replaceAll('tensorflow.keras', 'keras')}
model.compile(loss='binary_crossentropy', optimizer='adam')
history = model.fit(x, y, nb_epoch=20, show_accuracy=True)
print(history.history['acc'])
`,
  ],
  *run(program) {
    if (!/history|monitor/.test(program.source)) return;
    for (const model of kerasOf(program).models)
      for (const fit of model.fits) {
        const figures = figuresOf(program, model, fit);
        if (figures === undefined) continue;
        for (const { name, at } of [...namesRead(program, fit), ...namesWatched(fit)]) {
          if (figures.has(name)) continue;
          yield {
            at,
            message: `Training records ${[...figures.recorded].join(', ')}, and no ${name}.`,
            evidence: [
              places(['compiled here', figures.compiled.moment.span], ['trained here', fit.moment.span]),
            ],
          };
        }
      }
  },
};

interface Figures {
  readonly recorded: readonly string[];
  readonly compiled: Compiled;
  has(name: string): boolean;
}

/** Names that callbacks add. */
const ADDED = /^(lr|learning_rate)$/;
/** What came with TensorFlow 2, where accuracy is recorded under that name alone. */
const SECOND =
  /tf\.data\.AUTOTUNE|image_dataset_from_directory|layers\.(Random\w+|TextVectorization|Rescaling)|reset_state\(|tf\.random\.set_seed|\.keras['"]/;

/** What a fit records; undefined where it is not known. */
function figuresOf(program: Program, model: KerasModel, fit: Fitted): Figures | undefined {
  const compiled = compiledFor(model, fit.moment.at);
  if (compiled === undefined || fit.call.name === 'train_on_batch' || !isCertain(compiled.moment))
    return undefined;
  if (model.network?.outputs !== undefined) return undefined;
  // Before Keras 1 it was fit that was told to record the accuracy.
  if (fit.call.args.named.has('show_accuracy')) return undefined;
  if (/add_metric|train_step/.test(program.source) || compiled.call.args.named.has('weighted_metrics'))
    return undefined;
  if (compiled.moment.span?.text.includes('**') === true || fit.moment.span?.text.includes('**') === true)
    return undefined;
  const given = argument(compiled.call.args, 'metrics', 3);
  const all = given === undefined || given === null ? [] : Array.isArray(given) ? given : [given];
  const names = all.map((metric: Datum) => nameOf(metric));
  if (names.some((name) => name === undefined)) return undefined;
  const plain = ['loss', ...names.map((name) => name ?? '')];
  const recorded = isValidated(fit) ? [...plain, ...plain.map((name) => `val_${name}`)] : plain;
  const isSecond =
    program.source.includes('tensorflow') &&
    // Before TensorFlow 2 a generator was given to fit_generator.
    (SECOND.test(program.source) || (fit.call.name === 'fit' && isFromFolder(fit.x)));
  return {
    recorded,
    compiled,
    has: (name) =>
      ADDED.test(name) || recorded.some((one) => plainly(one, isSecond) === plainly(name, isSecond)),
  };
}

/** A name as all versions have it: earlier ones shortened that of accuracy, and a metric that was made before has a number. */
function plainly(name: string, isSecond: boolean): string {
  const plain = name
    .toLowerCase()
    .replace(/_\d+$/, '')
    .replace(/mean_(s|a)(?:quared|bsolute)_error$/, 'm$1e');
  return isSecond ? plain : plain.replace(/accuracy$/, 'acc');
}

function isFromFolder(x: Datum | undefined): boolean {
  return isValue(x) && x.made.kind === 'operation' && x.made.name === 'flow_from_directory';
}

/** The name under which a metric is recorded; undefined where it is not known. */
function nameOf(metric: Datum): string | undefined {
  if (typeof metric === 'string') return metric === '' ? undefined : metric;
  const named = kerasCall(metric)?.args.named.get('name');
  return typeof named === 'string' ? named : undefined;
}

function isValidated({ validation, validationSplit, call }: Fitted): boolean {
  const { positional, named } = call.args;
  return (
    validation !== undefined ||
    validationSplit !== undefined ||
    ['validation_data', 'validation_split', 'validation_generator'].some((name) => named.has(name)) ||
    positional.length > 7
  );
}

interface Named {
  readonly name: string;
  readonly at: Span;
}

/** The names that are asked of the history that a fit returns, which has one name that is bound to nothing else. */
function namesRead(program: Program, { moment }: Fitted): Named[] {
  const fitted = moment.span;
  if (fitted === undefined || !program.source.includes('.history')) return [];
  const bound = keptResult(program, fitted);
  if (bound === undefined) return [];
  const isWhole = bound.value.span.end === fitted.end;
  const found: Named[] = [];
  for (const node of nodesOf(program, 'Subscript')) {
    const of = isWhole
      ? historyOf(node.value)
      : node.value.kind === 'Name' && bound.value.span.text.endsWith('.history')
        ? node.value.id
        : undefined;
    const name = textOf(node.index);
    if (of === bound.name && name !== undefined) found.push({ name, at: node.span });
  }
  return found;
}

function historyOf(node: tree.Expression): string | undefined {
  return node.kind === 'Attribute' && node.attribute === 'history' && node.value.kind === 'Name'
    ? node.value.id
    : undefined;
}

function textOf(node: tree.Expression): string | undefined {
  return /^(['"])(\w+)\1$/.exec(node.span.text)?.[2];
}

/** The names that callbacks watch; those of a validation that is not there are told elsewhere. */
function namesWatched(fit: Fitted): Named[] {
  const given = fit.call.args.named.get('callbacks');
  return (Array.isArray(given) ? given : [given]).flatMap((callback: Datum | undefined) => {
    const made = kerasCall(callback);
    if (made === undefined || !isValue(callback) || callback.span === undefined) return [];
    if (!/^(EarlyStopping|ReduceLROnPlateau|ModelCheckpoint)$/.test(made.name)) return [];
    const { named, positional } = made.args;
    if (made.name === 'ModelCheckpoint' && named.get('save_best_only') !== true) return [];
    const name = named.get('monitor') ?? positional[made.name === 'ModelCheckpoint' ? 1 : 0];
    if (typeof name !== 'string' || (name.startsWith('val_') && !isValidated(fit))) return [];
    return foreignCall(callback) === undefined ? [] : [{ name, at: callback.span }];
  });
}
