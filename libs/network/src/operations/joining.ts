import { quantity, sum } from '../formula/formula.js';
import { defineOperation, type OperationDefinition } from '../operation.js';
import { broadcastShapes, normalizeDim, resultType, sameAs } from '../shapes.js';
import { formatShape, tensorType, type TensorType } from '../tensor.js';
import { raise } from '../values/errors.js';
import { int, nullable, string, tensors } from '../values/kinds.js';
import { keywordOnly, optional, required, rest } from '../values/signature.js';

/** An empty one-dimensional tensor joins anything, for the sake of old code. */
function isLegacyEmpty({ shape }: TensorType): boolean {
  return shape.length === 1 && shape[0] === 0;
}

/** @throws Raised as `torch.cat` */
export function concatenate(parts: readonly TensorType[], dim: number): TensorType {
  const [leading] = parts;
  if (!leading) return raise('RuntimeError', 'torch.cat(): expected a non-empty list of Tensors');
  const scalar = parts.findIndex(({ shape }) => shape.length === 0);
  if (scalar >= 0)
    raise('RuntimeError', `zero-dimensional tensor (at position ${scalar}) cannot be concatenated`);
  const joined = parts.map((part, index) => ({ part, index })).filter(({ part }) => !isLegacyEmpty(part));
  const first = joined[0]?.part;
  if (!first) return tensorType([0], resultType(parts));
  const axis = normalizeDim(dim, first.shape.length);
  const total = joined.reduce((count, { part }) => count + (part.shape[axis] ?? 0), 0);
  const output = tensorType(first.shape.with(axis, total), resultType(parts));
  for (const { part, index } of joined) checkPart(first, part, index, axis, output);
  return output;
}

function checkPart(
  first: TensorType,
  part: TensorType,
  index: number,
  axis: number,
  output: TensorType,
): void {
  if (part.shape.length !== first.shape.length)
    raise(
      'RuntimeError',
      `Tensors must have same number of dimensions: got ${first.shape.length} and ${part.shape.length}`,
    );
  for (const [at, size] of part.shape.entries()) {
    if (at === axis || size === first.shape[at]) continue;
    raise(
      'RuntimeError',
      `Sizes of tensors must match except in dimension ${axis}. Expected size ${first.shape[at]} but got size ${size} ` +
        `for tensor number ${index} in the list.`,
      output,
    );
  }
}

/** @throws Raised as `torch.stack` */
function stack(parts: readonly TensorType[], dim: number): TensorType {
  const [first] = parts;
  if (!first) return raise('RuntimeError', 'stack expects a non-empty TensorList');
  const axis = normalizeDim(dim, first.shape.length + 1);
  const output = tensorType(first.shape.toSpliced(axis, 0, parts.length), resultType(parts));
  for (const [index, { shape }] of parts.entries()) {
    if (shape.join() !== first.shape.join())
      raise(
        'RuntimeError',
        `stack expects each tensor to be equal size, but got ${formatShape(first.shape)} at entry 0 and ` +
          `${formatShape(shape)} at entry ${index}`,
        output,
      );
  }
  return output;
}

function atLeast(part: TensorType, rank: 1 | 2 | 3): TensorType {
  const { shape } = part;
  if (shape.length >= rank) return sameAs(part);
  const [size] = shape;
  if (rank === 1) return { ...sameAs(part), shape: [1] };
  if (rank === 2) return { ...sameAs(part), shape: size === undefined ? [1, 1] : [1, size] };
  if (shape.length === 2) return { ...sameAs(part), shape: [...shape, 1] };
  return { ...sameAs(part), shape: size === undefined ? [1, 1, 1] : [1, size, 1] };
}

function stackAlong(
  name: string,
  aliases: readonly string[],
  rank: 1 | 2 | 3,
  dim: number,
): OperationDefinition {
  return defineOperation({
    name,
    aliases,
    homes: ['torch'],
    signature: { tensors: required(tensors) },
    infer({ tensors }) {
      if (tensors.length === 0) raise('RuntimeError', `${name} expects a non-empty TensorList`);
      const parts = tensors.map((part) => atLeast(part, rank));
      // `hstack` joins vectors end to end.
      return concatenate(
        parts,
        name === 'hstack' && parts.every(({ shape }) => shape.length === 1) ? 0 : dim,
      );
    },
  });
}

export const JOINING_OPERATIONS: readonly OperationDefinition[] = [
  defineOperation({
    name: 'cat',
    aliases: ['concat', 'concatenate'],
    homes: ['torch'],
    signature: { tensors: required(tensors), dim: optional(int, 0n) },
    infer: ({ tensors, dim }) => concatenate(tensors, dim),
    outputShape({ tensors, dim }) {
      const output = concatenate(tensors, dim);
      const axis = normalizeDim(dim, output.shape.length);
      return output.shape.map((size, at) =>
        at === axis
          ? sum(...tensors.map(({ shape }) => quantity(at === 1 ? 'channels' : 'elements', shape[axis] ?? 0)))
          : quantity(at === 0 ? 'batch_size' : 'elements', size),
      );
    },
  }),
  defineOperation({
    name: 'stack',
    homes: ['torch'],
    signature: { tensors: required(tensors), dim: optional(int, 0n) },
    infer: ({ tensors, dim }) => stack(tensors, dim),
  }),
  stackAlong('hstack', [], 1, 1),
  stackAlong('vstack', ['row_stack'], 2, 0),
  stackAlong('dstack', [], 3, 2),
  defineOperation({
    name: 'broadcast_tensors',
    homes: ['torch'],
    signature: { tensors: rest(tensors) },
    infer({ tensors }) {
      const shape = tensors.map((part) => part.shape).reduce(broadcastShapes, []);
      return tensors.map(({ dtype }) => tensorType(shape, dtype));
    },
  }),
  defineOperation({
    name: 'meshgrid',
    homes: ['torch'],
    signature: { tensors: rest(tensors), indexing: keywordOnly(nullable(string), null) },
    infer({ tensors, indexing }) {
      const sizes = tensors.map(({ shape }, index) => {
        if (shape.length > 1)
          raise(
            'RuntimeError',
            `torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: ${formatShape(shape)}`,
          );
        return tensors[index]?.shape[0] ?? 1;
      });
      const [first = 1, second = 1, ...others] = sizes;
      const shape = indexing === 'xy' && sizes.length > 1 ? [second, first, ...others] : sizes;
      return tensors.map(({ dtype }) => tensorType(shape, dtype));
    },
  }),
];
