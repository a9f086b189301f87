import { eachNode, isCertain, kerasOf } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { definitionOf } from './own-loss.js';

export const lossOfRows: Check = {
  id: 'loss-of-rows',
  title: 'A loss of the first examples alone',
  severity: 'warning',
  why: 'Keras hands a loss the targets and predictions of a batch, one output at a time: [0] and [1] are its first two examples, and the others do not count.',
  instead: 'Give compile one loss for each output, loss=[…], or take columns: y_pred[:, 0].',
  needs: 'A loss of the program’s own in which the predictions stand with [0] and [1] and not otherwise.',
  wrong: [
    `
from keras.layers import Input, Dense
from keras.losses import binary_crossentropy, mean_squared_error
from keras.models import Model
def both(y_true, y_pred):
    picture = mean_squared_error(y_true[0], y_pred[0])  # <--
    return picture + binary_crossentropy(y_true[1], y_pred[1])
given = Input((784,))
code = Dense(32, activation='relu')(given)
model = Model(given, [Dense(784, activation='sigmoid')(code), Dense(1, activation='sigmoid')(code)])
model.compile(optimizer='adam', loss=both)
`,
  ],
  right: [
    `
from keras import backend as K
from keras.layers import Input, Dense
from keras.models import Model
def both(y_true, y_pred):
    return K.square(y_true[:, 0] - y_pred[:, 0]) + 2 * K.square(y_true[:, 1] - y_pred[:, 1])
given = Input((784,))
model = Model(given, Dense(2)(Dense(32, activation='relu')(given)))
model.compile(optimizer='adam', loss=both)
`,
  ],
  *run(program) {
    const said = new Set<tree.FunctionDefinition>();
    for (const { compiles } of kerasOf(program).models)
      for (const { lossGiven, moment } of compiles) {
        const definition = isCertain(moment) ? definitionOf(program, lossGiven) : undefined;
        if (definition === undefined || said.has(definition)) continue;
        said.add(definition);
        const at = firstRow(definition);
        if (at === undefined) continue;
        yield {
          at,
          message: 'This takes the first example of the batch for an output of its own.',
          evidence: [places(['the loss is given here', moment.span])],
        };
      }
  },
};

/** Where a loss first takes one row of the predictions, if [0] and [1] are all that it ever takes of them. */
function firstRow({ parameters, body }: tree.FunctionDefinition): Span | undefined {
  const predicted = parameters[1]?.name;
  if (predicted === undefined || parameters.length !== 2) return undefined;
  let [uses, first]: [number, Span | undefined] = [0, undefined];
  const rows = new Map<string, Span>();
  const taken: string[] = [];
  eachNode(body, (node) => {
    if (node.kind === 'Name' && node.id === predicted) uses++;
    if (node.kind !== 'Subscript' || node.value.kind !== 'Name') return;
    if (node.value.id !== predicted && node.value.id !== parameters[0]?.name) return;
    if (!/^[01]$/.test(node.index.span.text)) return;
    if (first === undefined || node.span.start < first.start) first = node.span;
    if (node.value.id !== predicted) return;
    rows.set(node.index.span.text, node.span);
    taken.push(node.index.span.text);
  });
  return rows.size === 2 && taken.length === uses ? first : undefined;
}
