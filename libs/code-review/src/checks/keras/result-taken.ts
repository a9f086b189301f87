import { argument, kerasCall, kerasOf } from '@tensormark/frameworks';
import type { KerasModel, Program, Used } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { compiledFor } from '../../ask/keras.js';
import { keptResult } from '../../ask/kept-results.js';
import { places } from '../../ask/places.js';
import { nodesOf } from '../../ask/tree.js';

const COMPILED = `
from tensorflow import keras
from data import x, y, x_new, y_new
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation='relu'), keras.layers.Dense(1, activation='sigmoid')])
`;

export const resultTaken: Check = {
  id: 'result-taken',
  title: 'What fit or evaluate gives, taken for something else',
  severity: 'error',
  why: 'evaluate gives the loss alone where compile was given no metrics, and else a list of the loss and a figure for each metric; fit gives an object whose numbers are in its history.',
  instead:
    'Take as many numbers as there are: loss, accuracy = model.evaluate(x, y); of fit history.history["loss"].',
  needs: 'evaluate of a network whose metrics are known, or what fit returned.',
  wrong: [
    `${COMPILED}
model.compile(loss='binary_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
loss, accuracy = model.evaluate(x_new, y_new)  # <--
`,
    `${COMPILED}
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy', 'AUC'])
model.fit(x, y, epochs=20)
loss, accuracy = model.evaluate(x_new, y_new)  # <--
`,
    `${COMPILED}
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
model.fit(x, y, epochs=20)
accuracy = model.evaluate(x_new, y_new)
print('accuracy', round(accuracy, 3))  # <--
`,
    `${COMPILED}
model.compile(loss='binary_crossentropy', optimizer='adam')
history = model.fit(x, y, epochs=20)
print(history['loss'])  # <--
`,
  ],
  right: [
    `${COMPILED}
model.compile(loss='binary_crossentropy', optimizer='adam')
history = model.fit(x, y, epochs=20)
print(history.history['loss'], round(model.evaluate(x_new, y_new), 3))
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy'])
loss, accuracy = model.evaluate(x_new, y_new)
figures = model.evaluate(x_new, y_new)
print(round(figures[1] * 100, 3), model.evaluate(x_new, y_new, return_dict=True)['loss'] * 2)
`,
  ],
  *run(program) {
    if (program.source.includes('add_metric')) return;
    for (const model of kerasOf(program).models) {
      for (const use of model.uses) {
        const count = use.kind === 'evaluate' ? figuresOf(model, use) : undefined;
        if (count !== undefined) yield* mistakenFor(program, use, count);
      }
      for (const { call, moment } of model.fits)
        if (call.name !== 'train_on_batch') yield* readAsDict(program, moment.span);
    }
  },
};

/** How many numbers `evaluate` gives; undefined where that is not known. */
function figuresOf(model: KerasModel, { call, moment }: Used): number | undefined {
  const compiled = compiledFor(model, moment.at);
  if (compiled === undefined || kerasCall(model.value) === undefined || model.network?.outputs !== undefined)
    return undefined;
  if (call.args.named.has('return_dict') || compiled.call.args.named.has('weighted_metrics'))
    return undefined;
  if (compiled.moment.span?.text.includes('**') !== false || compiled.moment.arm !== undefined)
    return undefined;
  const given = argument(compiled.call.args, 'metrics', 3);
  if (given === undefined || given === null) return 1;
  // One name, or a value that may be a list of any length.
  return Array.isArray(given) ? 1 + given.length : typeof given === 'string' ? 2 : undefined;
}

function* mistakenFor(program: Program, { moment }: Used, count: number): Generator<Found> {
  const { span } = moment;
  if (span === undefined) return;
  const taken = nodesOf(program, 'Assign').find(
    ({ value }) => value.span.start === span.start && value.span.end === span.end,
  );
  const names = taken?.targets.flatMap(namesAlone)[0];
  if (names !== undefined && names !== count) {
    yield {
      at: span,
      message: `evaluate gives ${count === 1 ? 'the loss alone here, one number' : `${count} numbers here`}, and ${names} are taken.`,
      evidence: [],
    };
    return;
  }
  const kept = count === 1 ? undefined : keptWhole(program, span);
  const use = kept === undefined ? undefined : takenAsNumber(program, kept);
  if (use === undefined) return;
  yield {
    at: use,
    message: `evaluate gives a list of ${count} numbers here, the loss and ${count === 2 ? 'one metric' : `${count - 1} metrics`}, and this takes one number.`,
    evidence: [places(['evaluated here', span])],
  };
}

/** The name that the whole result of a call is kept under. */
function keptWhole(program: Program, call: Span): string | undefined {
  const kept = keptResult(program, call);
  return kept?.value.span.end === call.end ? kept.name : undefined;
}

/** Where a name is reckoned with, rounded or written with a number's format: what takes no list. */
function takenAsNumber(program: Program, name: string): Span | undefined {
  const isName = (node: tree.Expression | undefined): boolean => node?.kind === 'Name' && node.id === name;
  const isNumber = (node: tree.Expression): boolean =>
    node.kind === 'Constant' && /^[\d.]/.test(node.span.text);
  for (const { span, operator, left, right } of nodesOf(program, 'BinOp')) {
    // A list times a whole number is a longer list, which then is taken for a number.
    if (/^[-*/]$/.test(operator) && ((isName(left) && isNumber(right)) || (isName(right) && isNumber(left))))
      return span;
    if (operator === '%' && isName(right) && /^(['"])[^%]*%[\d.]*[fdeg][^%]*\1$/.test(left.span.text))
      return span;
  }
  for (const { span, callee, args } of nodesOf(program, 'Call'))
    if (callee.kind === 'Name' && /^(round|float)$/.test(callee.id) && isName(args[0])) return span;
  for (const { span, parts } of nodesOf(program, 'JoinedStr'))
    if (parts.some((part) => typeof part !== 'string' && part.format !== undefined && isName(part.value)))
      return span;
  return undefined;
}

/** How many names a row of them has, each for one number; undefined where it is no such row. */
function namesAlone(target: tree.Expression): readonly number[] {
  return (target.kind === 'Tuple' || target.kind === 'List') &&
    target.items.every(({ kind }) => kind !== 'Starred')
    ? [target.items.length]
    : [];
}

/** `history['loss']`, where it is in `history.history`. */
function* readAsDict(program: Program, fit: Span | undefined): Generator<Found> {
  const kept = fit === undefined ? undefined : keptWhole(program, fit);
  const read =
    kept === undefined
      ? undefined
      : nodesOf(program, 'Subscript').find(
          ({ value, index }) =>
            value.kind === 'Name' &&
            value.id === kept &&
            index.kind === 'Constant' &&
            /^['"]/.test(index.span.text),
        );
  if (read === undefined) return;
  yield {
    at: read.span,
    message: `What fit returns keeps its numbers in its attribute history: it cannot be asked for ${read.index.span.text} itself.`,
    evidence: [places(['trained here', fit])],
  };
}
