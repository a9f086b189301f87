import {
  argument,
  concatenated,
  elementsOf,
  foreignCall,
  graphShape,
  isValue,
  placeOfAxis,
  shownShape,
  splitApart,
  stacked,
  staticSizes,
} from '@tensormark/frameworks';
import type { Datum, GraphShape, Joined, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { columnsOf } from '../../ask/graph-columns.js';
import { callsNamed } from '../../ask/events.js';
import { everyGraphCall, graphCall, shortName } from '../../ask/graphs.js';
import type { GraphCall } from '../../ask/graphs.js';
import { places, spanOf } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

type Refusal = Pick<Found, 'message' | 'instead'>;

/** Tensors that are put together, added to or written into others of other sizes. */
export const joinsInGraphs: KerasPart = {
  why: 'TensorFlow refuses it when the graph is made.',
  instead: 'Give the tensors sizes that go together.',
  wrong: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 20])
words = tf.placeholder(tf.float32, [None, 5, 8])
both = tf.concat([x, words], 1)  # <--
`,
    `
import tensorflow as tf
both = tf.concat([tf.zeros([32, 8]), tf.zeros([16, 8])], axis=1)  # <--
`,
    `
import tensorflow as tf
both = tf.stack([tf.zeros([3]), tf.zeros([4])])  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 30])
w, b = tf.get_variable('w', [30, 64]), tf.get_variable('b', [32])
h = tf.nn.bias_add(tf.matmul(x, w), b)  # <--
`,
    `
import tensorflow as tf
w = tf.Variable(tf.zeros([3, 4]))
start = tf.assign(w, tf.zeros([4, 3]))  # <--
`,
    `
import numpy as np
import tensorflow as tf
w = tf.Variable(tf.zeros([3, 4]))
start = w.assign(np.zeros((4, 3)))  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [16, 7, 7, 64])
w = tf.Variable(tf.truncated_normal([5, 5, 64, 32], stddev=0.1))
larger = tf.nn.conv2d_transpose(x, w, [16, 14, 14, 32], [1, 2, 2, 1])  # <--
`,
    `
import numpy as np
import tensorflow as tf
both = np.stack([np.random.rand(400), np.random.rand(399)], axis=-1)  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 20])
words = tf.placeholder(tf.float32, [None, 5, 8])
both = tf.concat([x, tf.reshape(words, [-1, 40])], 1)
first = tf.concat(1, [x, x])
rows = tf.stack([tf.zeros([3]), tf.ones([3])])
w, b = tf.get_variable('w', [60, 64]), tf.get_variable('b', [64])
h = tf.nn.bias_add(tf.matmul(both, w), b)
start = tf.assign(b, tf.zeros([64]))
maps = tf.placeholder(tf.float32, [16, 7, 7, 64])
kernel = tf.Variable(tf.truncated_normal([5, 5, 32, 64], stddev=0.1))
larger = tf.nn.conv2d_transpose(maps, kernel, [16, 14, 14, 32], [1, 2, 2, 1])
`,
  ],
  *run(program: Program): Generator<Found> {
    yield* refused(program, refusalOf);
    yield* arraysUnlike(program);
    for (const { args, moment } of callsNamed(program, 'assign')) {
      const [variable] = args.positional;
      const isVariable = /^(Variable|get_variable)$/.test(graphCall(variable)?.name ?? '');
      if (!isVariable || moment.span === undefined) continue;
      const found = written(graphShape(variable), graphShape(argument(args, 'value', 1)));
      if (found !== undefined)
        yield {
          at: moment.span,
          ...found,
          evidence: [places(['the variable', spanOf(variable)])],
        };
    }
  },
};

/** Arrays of NumPy that are put together and do not go together. */
function* arraysUnlike(program: Program): Generator<Found> {
  for (const { args, name, result, moment } of callsNamed(program, 'stack', 'concatenate')) {
    const at = moment.span;
    const foreign = foreignCall(result);
    if (
      at === undefined ||
      /\bfor\b/.test(at.text) ||
      (foreign !== undefined && !foreign.name.startsWith('numpy.'))
    )
      continue;
    const taken = foreign?.args ?? args;
    const parts = taken.positional[0];
    const axis = argument(taken, 'axis', 1) ?? 0n;
    if (!Array.isArray(parts) || typeof axis !== 'bigint' || !/[[(]\s*\(|\[/.test(at.text)) continue;
    const found = unlike(name, { parts, axis: Number(axis) }, name === 'stack');
    if (found !== undefined) yield { at, ...found, evidence: [places(['put together here', at])] };
  }
}

/** What is laid out for another number of elements, or split into parts that are not whole. */
export const viewSizeInGraphs: KerasPart = {
  why: 'A reshape keeps every element: a shape that holds another number is refused.',
  instead: 'Work out the sizes, or leave one to TensorFlow with -1.',
  wrong: [
    `
import tensorflow as tf
x = tf.constant([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
square = tf.reshape(x, [2, 2])  # <--
`,
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [50, 30])
parts = tf.split(x, 4, 1)  # <--
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.constant([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
rows = tf.reshape(x, [2, -1])
y = tf.placeholder(tf.float32, [50, 30])
parts = tf.split(y, 3, 1)
before = tf.split(1, 3, y)
numbers = []
for i in range(200):
    numbers.append(float(i))
table = tf.reshape(tf.constant(numbers), [100, 2])
grown = []
for i in range(steps):
    grown.append(tf.zeros([2]))
all_of_them = tf.stack(grown) + tf.zeros([30, 2])
labels = []
for name in names:
    labels.append([1.0, 0.0])
columns = tf.reshape(tf.constant(labels), [100, 2])
pairs = tf.reshape(tf.constant([[float(i), 1.0] for i in range(90)]), [9, 20])
`,
  ],
  run: (program: Program) => refused(program, notWhole),
};

function* refused(program: Program, refusal: (call: GraphCall) => Refusal | undefined): Generator<Found> {
  const said = new Set<number>();
  for (const call of everyGraphCall(program)) {
    const { span } = call.value;
    if (span === undefined || said.has(span.start)) continue;
    const found = refusal(call);
    if (found === undefined) continue;
    said.add(span.start);
    const given = [...call.args.positional, ...call.args.named.values()].flatMap((part) =>
      isValue(part) && part.span !== undefined ? [['what it is given', part.span] as const] : [],
    );
    yield { at: span, ...found, evidence: given.length === 0 ? [] : [places(...given.slice(0, 2))] };
  }
}

function refusalOf(call: GraphCall): Refusal | undefined {
  const { args, name } = call;
  switch (name) {
    case 'concat':
      return unlike(shortName(call), concatenated(call, graphShape), false);
    case 'stack':
    case 'pack':
      return unlike(shortName(call), stacked(call, graphShape), true);
    case 'nn.bias_add': {
      const [columns, bias] = [
        args.named.has('data_format') ? undefined : columnsOf(argument(args, 'value', 0)),
        graphShape(argument(args, 'bias', 1)),
      ];
      if (columns === undefined || bias?.length !== 1 || bias[0] === undefined || bias[0] === columns)
        return undefined;
      return {
        message: `What comes here has ${columns} columns, and the bias ${bias[0]} numbers.`,
        instead: 'Make the bias as long as the last size of what it is added to.',
      };
    }
    case 'assign':
      return args.named.has('validate_shape')
        ? undefined
        : written(graphShape(argument(args, 'ref', 0)), graphShape(argument(args, 'value', 1)));
    case 'nn.conv2d_transpose':
      return turned(call);
    default:
      return undefined;
  }
}

function unlike(name: string, joins: Joined | undefined, isStack: boolean): Refusal | undefined {
  const shapes = joins?.parts.map((part: Datum) => graphShape(part)) ?? [];
  const [first] = shapes;
  if (first === undefined || joins?.axis === undefined) return undefined;
  const at = placeOfAxis(joins.axis, first.length);
  const other = shapes.find(
    (shape) =>
      shape !== undefined &&
      (shape.length !== first.length ||
        shape.some((size, axis) => {
          const here = first[axis];
          return (isStack || axis !== at) && size !== undefined && here !== undefined && size !== here;
        })),
  );
  if (other === undefined) return undefined;
  return {
    message: `${name} is given ${shownShape(first)} and ${shownShape(other)}.`,
    instead: isStack
      ? 'Stack tensors of one shape.'
      : 'Give all of them as many dimensions, and the same sizes but along the axis.',
  };
}

function written(variable: GraphShape | undefined, value: GraphShape | undefined): Refusal | undefined {
  if (variable === undefined || value === undefined) return undefined;
  const isAlike =
    variable.length === value.length &&
    variable.every((size, axis) => size === undefined || value[axis] === undefined || size === value[axis]);
  return isAlike
    ? undefined
    : {
        message: `A variable of ${shownShape(variable)} is given ${shownShape(value)}.`,
        instead: 'Write what has the shape of the variable.',
      };
}

function turned({ args }: GraphCall): Refusal | undefined {
  if (args.named.has('data_format')) return undefined;
  const filter = graphShape(argument(args, 'filter', 1));
  if (filter?.length !== 4) return undefined;
  const channels = graphShape(argument(args, 'value', 0))?.at(-1);
  const wanted = staticSizes(argument(args, 'output_shape', 2), graphShape)?.at(-1);
  const [gives, takes] = filter.slice(2);
  const isFit =
    (channels === undefined || takes === undefined || channels === takes) &&
    (wanted === undefined || gives === undefined || wanted === gives);
  return isFit
    ? undefined
    : {
        message: `The filter of conv2d_transpose is (height, width, channels out, channels in), and this is ${shownShape(filter)} for ${channels ?? '?'} channels in and ${wanted ?? '?'} out.`,
        instead: 'Give the channels that come out before those that come in.',
      };
}

function notWhole(call: GraphCall): Refusal | undefined {
  if (call.name === 'split') {
    const apart = splitApart(call, graphShape);
    const size = apart?.shape[apart.axis];
    return apart === undefined || size === undefined || size % apart.pieces === 0
      ? undefined
      : {
          message: `${size} cannot be split into ${apart.pieces} parts of one size.`,
          instead: 'Give the size of each part: tf.split(x, [10, 20], 1).',
        };
  }
  if (call.name !== 'reshape') return undefined;
  const shape = graphShape(argument(call.args, 'tensor', 0));
  const wanted = staticSizes(argument(call.args, 'shape', 1), graphShape);
  const whole = shape && elementsOf(shape);
  const rest = wanted && elementsOf(wanted.filter((size) => size !== -1));
  if (whole === undefined || rest === undefined || wanted === undefined || !Number.isFinite(whole))
    return undefined;
  const isWhole = wanted.includes(-1) ? rest > 0 && whole % rest === 0 : whole === rest;
  return isWhole
    ? undefined
    : {
        message: `The ${whole} elements of ${shape === undefined ? 'this' : shownShape(shape)} do not go into ${shownShape(wanted)}.`,
        instead: 'Work out the sizes, or leave one to TensorFlow with -1.',
      };
}
