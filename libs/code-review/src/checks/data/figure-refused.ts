import { argument, arrayFacts, foreignCall, isValue, predictionOf, shownShape } from '@tensormark/frameworks';
import type { Datum, NamedCall, Program, Size, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { callsOfUnknown } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';

const LEARNED = `
import numpy as np
from sklearn.metrics import f1_score, mean_squared_error, roc_auc_score
from tensorflow import keras
from data import x, x_new, labels
y, y_new = labels.ravel(), labels[300:].ravel()
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation='relu'), keras.layers.Dense(3, activation='softmax')])
model.compile(loss='sparse_categorical_crossentropy', optimizer='adam')
model.fit(x, y, epochs=20)
`;

const LEARNED_IN_TORCH = `
import torch
import torch.nn as nn
from sklearn.metrics import precision_score, roc_auc_score
x, y = torch.randn(500, 8), torch.randint(0, 4, (500,))
net = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 4))
with torch.no_grad():
    scores = net(x)
`;

const SERIES = `
import numpy as np
from sklearn.metrics import mean_squared_error
from tensorflow import keras
x, y = np.random.rand(500, 12, 1), np.random.rand(500, 1)
`;

export const figureRefused: Check = {
  id: 'figure-refused',
  title: 'A figure asked for of what it does not take',
  severity: 'error',
  why: 'f1_score, precision_score and recall_score are of two classes unless told how to average over more; roc_auc_score needs multi_class for a column of chances a class; figures of regression take arrays of one shape, of two dimensions at most.',
  instead:
    'Say average="macro" (or multi_class="ovr"); for regression bring predictions and targets to one shape.',
  needs: 'A figure of scikit-learn of what a network with known outputs predicts.',
  wrong: [
    `${LEARNED}
print(f1_score(y_new, np.argmax(model.predict(x_new), axis=1)))  # <--
`,
    `${LEARNED}
print(roc_auc_score(y_new, model.predict(x_new)))  # <--
`,
    `${LEARNED_IN_TORCH}
print(precision_score(y.numpy(), scores.argmax(dim=1).numpy()))  # <--
`,
    `${LEARNED_IN_TORCH}
print(roc_auc_score(y, scores.softmax(1)))  # <--
`,
    `${SERIES}
model = keras.Sequential([keras.layers.LSTM(16, return_sequences=True, input_shape=(12, 1)), keras.layers.TimeDistributed(keras.layers.Dense(1))])
model.compile(loss='mse', optimizer='adam')
print(mean_squared_error(np.random.rand(500, 12), model.predict(x)))  # <--
`,
  ],
  right: [
    `${LEARNED_IN_TORCH}
print(precision_score(y, scores.argmax(1), average='macro'), roc_auc_score(y, scores.softmax(1), multi_class='ovo'))
print(precision_score(y == 1, scores.argmax(1) == 1), roc_auc_score(y == 1, scores.softmax(1)[:, 1]))
`,
    `${LEARNED}
chances = model.predict(x_new)
print(f1_score(y_new, np.argmax(chances, axis=1), average='macro'), roc_auc_score(y_new, chances, multi_class='ovr'))
print(f1_score(y_new == 2, np.argmax(chances, axis=1) == 2), roc_auc_score(y_new == 1, chances[:, 1]))
`,
    `${SERIES}
model = keras.Sequential([keras.layers.LSTM(16, input_shape=(12, 1)), keras.layers.Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=20)
print(mean_squared_error(y[:, 0], model.predict(x)), mean_squared_error(y, model.predict(x).ravel()))
`,
  ],
  *run(program) {
    if (!program.source.includes('sklearn')) return;
    const said = new Set<number>();
    for (const { moment, result } of callsOfUnknown(program)) {
      const at = moment.span;
      const call = foreignCall(result);
      const name = /^sklearn\.metrics\.(\w+)$/.exec(call?.name ?? '')?.[1];
      if (at === undefined || call === undefined || name === undefined || said.has(at.start)) continue;
      const message = FIGURES.find(([names]) => names.test(name))?.[1](program, call);
      if (message === undefined) continue;
      said.add(at.start);
      yield { at, message, evidence: [places(['what is predicted', spanOf(predicted(call))])] };
    }
  },
};

/** What is said of a figure that refuses what it is given; undefined where it may take it. */
type Refusing = (program: Program, call: NamedCall) => string | undefined;

/** The figures, each with what it refuses. */
const FIGURES: readonly (readonly [names: RegExp, refusing: Refusing])[] = [
  [/^(f1_score|precision_score|recall_score|jaccard_score)$/, withoutAverage],
  [/^roc_auc_score$/, ofSeveralClasses],
  [/^(mean_squared_error|mean_absolute_error|r2_score|root_mean_squared_error)$/, ofOtherShapes],
];

function predicted({ args }: NamedCall): Datum | undefined {
  return argument(args, 'y_pred', 1) ?? args.named.get('y_score');
}

function withoutAverage(program: Program, call: NamedCall): string | undefined {
  if (call.args.named.has('average') || call.args.positional.length > 4) return undefined;
  const classes = classesIn(program, predicted(call));
  return classes === undefined || classes < 3
    ? undefined
    : `These are predictions of ${classes} classes; without an average this figure is of two classes only.`;
}

function ofSeveralClasses(program: Program, call: NamedCall): string | undefined {
  if (call.args.named.has('multi_class')) return undefined;
  const classes = columnsIn(program, predicted(call));
  const truth = argument(call.args, 'y_true', 0);
  const shape = shapeIn(truth);
  const isRow = shape === undefined ? arrayFacts(truth).targets?.kind === 'classes' : shape.length === 1;
  return classes === undefined || classes < 3 || !isRow
    ? undefined
    : `This is given chances of ${classes} classes; without multi_class it is of two only.`;
}

/** Shapes that a figure of regression does not compare, a row being taken for one column. */
function ofOtherShapes(_: Program, call: NamedCall): string | undefined {
  const [one, other] = [argument(call.args, 'y_true', 0), predicted(call)].map(shapeIn);
  const deep = [one, other].find((shape) => shape !== undefined && shape.length > 2);
  if (deep !== undefined)
    return `This is given an array of shape ${shownShape(deep)}, and takes two dimensions at most.`;
  const [wanted, given] = [columnsOf(one), columnsOf(other)];
  if (wanted === undefined || given === undefined || wanted === given) return undefined;
  return `This is given ${wanted === 1 ? 'one target' : `${wanted} targets`} for an example and ${given === 1 ? 'one prediction' : `${given} predictions`}.`;
}

function columnsOf(shape: readonly Size[] | undefined): Size {
  if (shape === undefined || shape.length === 0) return undefined;
  return shape.length === 1 ? 1 : shape[1];
}

/** What a tensor of PyTorch's is called on to become an array of the same shape. */
const AS_ARRAY = /^(numpy|cpu|detach|data|tolist|float|to)$/;

/** The tensor of PyTorch's that an array was. */
function tensorBehind(datum: Datum | undefined): Value | undefined {
  let current = isValue(datum) ? datum : undefined;
  while (current !== undefined && current.shape === undefined && AS_ARRAY.test(makerOf(current)))
    current = current.inputs[0];
  return current;
}

/** The shape of an array, or of the tensor that it was. */
function shapeIn(datum: Datum | undefined): readonly Size[] | undefined {
  return arrayFacts(datum).shape ?? tensorBehind(datum)?.shape;
}

/** How many columns a network's predictions have; undefined of anything else. */
function columnsIn(program: Program, datum: Datum | undefined): Size {
  const isSaid =
    predictionOf(program, datum) !== undefined ||
    (isValue(datum) && comesOf(datum, ({ made }) => made.kind === 'layer'));
  const shape = isSaid ? shapeIn(datum) : undefined;
  return shape?.length === 2 ? shape[1] : undefined;
}

/** Among how many classes a network's choice was: the largest of its columns. */
function classesIn(program: Program, datum: Datum | undefined): Size {
  const choice = tensorBehind(datum);
  if (choice?.made.kind !== 'operation') return undefined;
  const call = foreignCall(choice);
  const args = call?.args ?? choice.made.args;
  if (!/^(numpy\.)?argmax$/.test(call?.name ?? choice.made.name)) return undefined;
  const axis = argument(args, 'axis', 1) ?? args.named.get('dim');
  return axis === 1n || axis === -1n ? columnsIn(program, args.positional[0]) : undefined;
}
