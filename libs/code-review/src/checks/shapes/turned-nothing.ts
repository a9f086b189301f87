import { argument, foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { speaksOfKeras } from '../../ask/keras-calls.js';
import { madeOf, spreadOut } from '../../ask/makings.js';

export const turnedNothing: Check = {
  id: 'turned-nothing',
  title: 'A permute that leaves every dimension where it is',
  severity: 'warning',
  why: 'permute(0, 1, 2) swaps nothing: where the product needs the transpose, rows are multiplied with what columns were meant for, and square sizes hide it.',
  instead: 'Swap the dimensions that are meant: permute(0, 2, 1), or transpose(1, 2).',
  needs: 'An operand of a matrix product that permute or transpose gave with every dimension in its place.',
  onSupposed: true,
  wrong: [
    `
import torch
weights, values = torch.rand(2, 9, 9).softmax(-1), torch.randn(2, 4, 9)
out = torch.bmm(values, weights.permute(0, 1, 2))  # <--
`,
    `
from keras import ops
def scores(q, k):
    return ops.matmul(q, ops.transpose(k, (0, 1, 2)))  # <--
`,
  ],
  right: [
    `
import torch
weights, values = torch.rand(2, 9, 9).softmax(-1), torch.randn(2, 4, 9)
out = torch.bmm(values, weights.permute(0, 2, 1))
same = weights.permute(0, 1, 2).sum()
`,
    `
import tensorflow as tf
def scores(q, k):
    return tf.matmul(q, tf.transpose(k, perm=[0, 2, 1]))
`,
    // Whoever writes the layout out just after cutting it knows that it stays.
    `
import torch
x = torch.randn(2, 16, 49)
q = x.reshape(2, 4, 4, 49).permute(0, 1, 3, 2)
k = x.reshape(2, 4, 4, 49).permute(0, 1, 2, 3)
attention = q @ k
`,
  ],
  *run(program) {
    yield* turnedInGraphs(program);
    if (!/\.(permute|transpose)\(/.test(program.source)) return;
    const turned = new Set<Value>();
    for (const { given } of madeOf(program, 'bmm', 'matmul'))
      for (const operand of given) if (isValue(operand)) turned.add(operand);
    const seen = new Set<number>();
    for (const { result, given } of madeOf(program, 'permute', 'transpose')) {
      const at = result.span;
      if (at === undefined || at.source.file !== program.file || seen.has(at.start) || !turned.has(result))
        continue;
      const [source] = given;
      if (isValue(source) && /^(view|reshape|unflatten)$/.test(makerOf(source))) continue;
      if (!isInPlace(makerOf(result), given.slice(1))) continue;
      seen.add(at.start);
      yield { at, message: 'Every dimension stays where it is: nothing is transposed here.', evidence: [] };
    }
  },
};

const TURNS = /^(tensorflow|keras|tf_keras)\.(?:\w+\.)*(transpose|permute_dimensions)$/;
const MULTIPLIES = /^(tensorflow|keras|tf_keras)\.(?:\w+\.)*(matmul|batch_dot|dot|einsum)$/;

/** The same of TensorFlow's and Keras's own functions: `tf.matmul(q, tf.transpose(k, [0, 1, 2]))`. */
function* turnedInGraphs(program: Program): Generator<Found> {
  if (!/\b(transpose|permute_dimensions)\(/.test(program.source)) return;
  if (!speaksOfKeras(program)) return;
  const seen = new Set<number>();
  for (const { result } of eventsOf(program, 'call')) {
    const product = foreignCall(result);
    if (product === undefined || !MULTIPLIES.test(product.name)) continue;
    for (const operand of [...product.args.positional, ...product.args.named.values()]) {
      const turned = foreignCall(operand);
      if (!isValue(operand) || turned === undefined || !TURNS.test(turned.name)) continue;
      const at = operand.span;
      const order =
        argument(turned.args, 'perm', 1) ?? turned.args.named.get('axes') ?? turned.args.named.get('pattern');
      if (at === undefined || seen.has(at.start) || !Array.isArray(order) || !isInPlace('permute', order))
        continue;
      seen.add(at.start);
      yield { at, message: 'Every dimension stays where it is: nothing is transposed here.', evidence: [] };
    }
  }
}

/** Whether the dimensions asked for are those that there are, in their order. */
function isInPlace(name: string, given: readonly Datum[]): boolean {
  const dims = spreadOut(given);
  if (name === 'transpose') return dims.length === 2 && typeof dims[0] === 'bigint' && dims[0] === dims[1];
  return dims.length > 1 && dims.every((dim, at) => dim === BigInt(at));
}
