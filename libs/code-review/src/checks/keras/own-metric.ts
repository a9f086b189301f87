import { argument, eachNode, isCertain, kerasOf } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsIn } from '../../ask/tree.js';
import { definitionOf, returns } from './own-loss.js';

export const ownMetric: Check = {
  id: 'own-metric',
  title: 'A metric of the program’s own that cannot be computed',
  severity: 'error',
  why: 'Keras calls a metric on tensors of its graph, which have no numbers yet: NumPy cannot compute with them, and what returns nothing gives no figure.',
  instead: 'Use functions of Keras or TensorFlow, and return the result.',
  needs:
    'A function of the program that compile is given as a metric, with NumPy’s functions of its arguments, or without return.',
  wrong: [
    `
import numpy as np
import keras.backend as K
from keras.models import Sequential
from keras.layers import Dense
def found(y_true, y_pred):
    return K.sum(y_true * K.round(y_pred)) / np.sum(y_true)  # <--
model = Sequential([Dense(9, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=[found])
`,
    `
import keras.backend as K
from keras.models import Sequential
from keras.layers import Dense
def found(y_true, y_pred):  # <--
    share = K.sum(y_true * K.round(y_pred)) / K.sum(y_true)
model = Sequential([Dense(9, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=['accuracy', found])
`,
  ],
  right: [
    `
import numpy as np
import tensorflow as tf
import keras.backend as K
from keras.models import Sequential
from keras.layers import Dense
weights = np.array([0.2, 0.8])
def found(y_true, y_pred):
    return K.sum(y_true * K.round(y_pred)) / K.sum(y_true) * np.sum(weights)
def counted(y_true, y_pred):
    return tf.numpy_function(np.sum, [y_true], tf.float32)
def sized(y_true, y_pred):
    return K.mean(y_pred) * np.prod(y_pred.shape[1:])
model = Sequential([Dense(9, input_dim=4, activation='relu'), Dense(1, activation='sigmoid')])
model.compile(loss='binary_crossentropy', optimizer='adam', metrics=[found, counted, sized])
`,
  ],
  *run(program) {
    if (/run_eagerly|run_functions_eagerly|py_func|numpy_function/.test(program.source)) return;
    const said = new Set<tree.FunctionDefinition>();
    for (const { compiles } of kerasOf(program).models)
      for (const { call, moment } of compiles) {
        const metrics = argument(call.args, 'metrics', 3);
        for (const metric of Array.isArray(metrics) ? metrics : []) {
          const definition = isCertain(moment) ? definitionOf(program, metric) : undefined;
          if (definition === undefined || said.has(definition)) continue;
          said.add(definition);
          const given = [places(['the metric is given here', moment.span])];
          const at = numpyIn(program, definition);
          if (at !== undefined)
            yield {
              at,
              message: 'NumPy is given a tensor here that has no numbers yet.',
              evidence: given,
            };
          else if (!returns(definition))
            yield {
              at: definition.nameSpan,
              message: `${definition.name} is given as a metric, and returns nothing.`,
              evidence: given,
            };
        }
      }
  },
};

/** A function of NumPy that is given one of the arguments themselves, before they are bound to anything else. */
function numpyIn({ source }: Program, { body, parameters }: tree.FunctionDefinition): Span | undefined {
  if (!/^\s*import numpy as np\s*$/m.test(source)) return undefined;
  const names = new Set(parameters.slice(0, 2).map(({ name }) => name));
  for (const one of statementsIn(body))
    if (one.kind === 'Assign')
      for (const target of one.targets) if (target.kind === 'Name') names.delete(target.id);
  let found: Span | undefined;
  eachNode(body, (node) => {
    if (
      node.kind !== 'Call' ||
      !/^np\.(sum|mean|abs|round|exp|log|sqrt|square|argmax|max|min|dot)$/.test(node.callee.span.text)
    )
      return;
    const [of] = node.args;
    if (of !== undefined && isOf(of, names)) found ??= node.span;
  });
  return found;
}

/** An argument itself, or what operators make of it. */
function isOf(node: tree.Expression, names: ReadonlySet<string>): boolean {
  if (node.kind === 'Name') return names.has(node.id);
  return node.kind === 'BinOp' && (isOf(node.left, names) || isOf(node.right, names));
}
