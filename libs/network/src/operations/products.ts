import type { Cost } from '../costs.js';
import { product, quantity, type Formula } from '../formula/formula.js';
import { defineOperation, type Home, type OperationDefinition } from '../operation.js';
import { EVERYTHING, POINTWISE } from '../reach.js';
import { broadcastShapes, broadcastsTo, normalizeDim } from '../shapes.js';
import { DTYPES, formatShape, promoteTypes, tensorType, type TensorType } from '../tensor.js';
import { raise, raiseAlike } from '../values/errors.js';
import { tensor, tensorOrNumber } from '../values/kinds.js';
import { keywordOnly, optional, required } from '../values/signature.js';

const everywhere: readonly Home[] = ['torch', 'Tensor'];

function checkTypes(a: TensorType, b: TensorType, assume: TensorType): void {
  if (a.dtype === b.dtype) return;
  raise(
    'RuntimeError',
    `expected m1 and m2 to have the same dtype, but got: ${DTYPES[a.dtype].cppName} != ${DTYPES[b.dtype].cppName}`,
    assume,
  );
}

/** @throws Raised as `torch.matmul` */
export function matmul(a: TensorType, b: TensorType): TensorType {
  const left = a.shape;
  const right = b.shape;
  if (left.length === 0 || right.length === 0)
    raise(
      'RuntimeError',
      `both arguments to matmul need to be at least 1D, but they are ${left.length}D and ${right.length}D`,
    );
  const rows = left.length === 1 ? [] : [left.at(-2) ?? 0];
  const columns = right.length === 1 ? [] : [right.at(-1) ?? 0];
  const batches =
    left.length > 2 && right.length > 2
      ? broadcastShapes(left.slice(0, -2), right.slice(0, -2))
      : left.length > 2
        ? left.slice(0, -2)
        : right.slice(0, -2);
  const output = tensorType([...batches, ...rows, ...columns], a.dtype);
  if (left.length === 1 && right.length === 1 && a.dtype !== b.dtype)
    raise(
      'RuntimeError',
      `dot : expected both vectors to have same dtype, but found ${DTYPES[a.dtype].scalarName} and ${DTYPES[b.dtype].scalarName}`,
      output,
    );
  checkInner(left, right, output);
  checkTypes(a, b, output);
  return output;
}

function checkInner(left: readonly number[], right: readonly number[], output: TensorType): void {
  const inner = left.at(-1) ?? 0;
  const other = (right.length === 1 ? right[0] : right.at(-2)) ?? 0;
  if (inner === other) return;
  if (left.length === 1 && right.length === 1)
    raise(
      'RuntimeError',
      `inconsistent tensor size, expected tensor [${inner}] and src [${other}] to have the same number of elements, ` +
        `but got ${inner} and ${other} elements respectively`,
      output,
    );
  const folded = left.slice(0, -1).reduce((count, size) => count * size, 1);
  if (right.length === 1)
    raise(
      'RuntimeError',
      `size mismatch, got input (${folded}), mat (${folded}x${inner}), vec (${other})`,
      output,
    );
  if (right.length === 2)
    raise(
      'RuntimeError',
      `mat1 and mat2 shapes cannot be multiplied (${folded}x${inner} and ${other}x${right[1]})`,
      output,
    );
  if (left.length <= 2) foldedMismatch(left, right, output);
  const batch = output.shape.slice(0, -2).reduce((count, size) => count * size, 1);
  raise(
    'RuntimeError',
    `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${inner}] but got: [${batch}, ${other}].`,
    output,
  );
}

/** A matrix times a batch is worked the other way round, transposed and folded, in most versions. */
function foldedMismatch(left: readonly number[], right: readonly number[], output: TensorType): never {
  const inner = left.at(-1) ?? 0;
  const folded = right.slice(0, -2).reduce((count, size) => count * size, right.at(-1) ?? 1);
  const size = `${folded}x${right.at(-2)}`;
  if (left.length === 1)
    return raiseAlike(
      'RuntimeError',
      `size mismatch, got input (${folded}), mat (${size}), vec (${inner})`,
      output,
    );
  return raiseAlike(
    'RuntimeError',
    `mat1 and mat2 shapes cannot be multiplied (${size} and ${inner}x${left[0]})`,
    output,
  );
}

/** Each element of the product takes as many multiply-accumulates as the inner size. */
export function productCosts(output: TensorType | undefined, inner: number): readonly Cost[] {
  if (!output) return [];
  const { shape } = output;
  const sizes: readonly Formula[] = shape.map((size, axis) =>
    axis === shape.length - 1
      ? quantity('columns', size)
      : axis === shape.length - 2
        ? quantity('rows', size)
        : quantity('batch_size', size),
  );
  return [{ kind: 'multiply-accumulate', count: product(...sizes, quantity('inner_size', inner)) }];
}

function innerOf(a: TensorType): number {
  return a.shape.at(-1) ?? 1;
}

/** @throws Raised as `torch.mm` */
function mm(a: TensorType, b: TensorType): TensorType {
  if (a.shape.length !== 2) raise('RuntimeError', 'self must be a matrix');
  if (b.shape.length !== 2) raise('RuntimeError', 'mat2 must be a matrix');
  return matmul(a, b);
}

/** @throws Raised as `torch.bmm` */
function bmm(a: TensorType, b: TensorType): TensorType {
  if (a.shape.length !== 3) raise('RuntimeError', 'batch1 must be a 3D tensor');
  if (b.shape.length !== 3) raise('RuntimeError', 'batch2 must be a 3D tensor');
  const [batch = 0, rows = 0, inner = 0] = a.shape;
  const [otherBatch, otherInner, columns = 0] = b.shape;
  const output = tensorType([batch, rows, columns], a.dtype);
  if (batch !== otherBatch || inner !== otherInner)
    raise(
      'RuntimeError',
      `Expected size for first two dimensions of batch2 tensor to be: [${batch}, ${inner}] but got: [${otherBatch}, ${otherInner}].`,
      output,
    );
  checkTypes(a, b, output);
  return output;
}

/** @throws Raised as `torch.addmm` */
function addmm(addend: TensorType, a: TensorType, b: TensorType): TensorType {
  for (const [name, { shape }] of [['mat1', a] as const, ['mat2', b] as const])
    if (shape.length !== 2) raise('RuntimeError', `${name} must be a matrix, got ${shape.length}-D tensor`);
  const output = matmul(a, b);
  checkAddend(addend, output);
  return output;
}

function sizeOf({ shape }: TensorType, dim: number): number {
  return shape[normalizeDim(dim, shape.length)] ?? 1;
}

/** @throws Raised as `torch.baddbmm`, which looks at its addend first */
function baddbmm(addend: TensorType, a: TensorType, b: TensorType): TensorType {
  const shape = [sizeOf(a, 0), sizeOf(a, 1), sizeOf(b, 2)];
  checkAddend(addend, tensorType(shape, a.dtype));
  return bmm(a, b);
}

/** The products of a batch, added up. @throws Raised as `torch.addbmm` */
function addbmm(addend: TensorType, a: TensorType, b: TensorType): TensorType {
  const shape = [sizeOf(a, 1), sizeOf(b, 2)];
  checkAddend(addend, tensorType(shape, a.dtype));
  const output = bmm(a, b);
  return { ...output, shape: output.shape.slice(1) };
}

function checkAddend(addend: TensorType, output: TensorType): void {
  if (broadcastsTo(addend.shape, output.shape)) return;
  const lead = output.shape.length - addend.shape.length;
  if (lead < 0)
    raise(
      'RuntimeError',
      `expand(torch.${DTYPES[addend.dtype].scalarName}Tensor{${formatShape(addend.shape)}}, size=${formatShape(output.shape)}): ` +
        `the number of sizes provided (${output.shape.length}) must be greater or equal to the number of dimensions in the tensor (${addend.shape.length})`,
      output,
    );
  const axis = addend.shape.findLastIndex((size, at) => size !== 1 && size !== output.shape[lead + at]);
  raise(
    'RuntimeError',
    `The expanded size of the tensor (${output.shape[lead + axis]}) must match the existing size (${addend.shape[axis]}) ` +
      `at non-singleton dimension ${lead + axis}.  Target sizes: ${formatShape(output.shape)}.  ` +
      `Tensor sizes: ${formatShape(addend.shape)}`,
    output,
  );
}

const pair = { input: required(tensor), other: required(tensor) };
const scales = { beta: keywordOnly(tensorOrNumber, 1n), alpha: keywordOnly(tensorOrNumber, 1n) };

export const PRODUCT_OPERATIONS: readonly OperationDefinition[] = [
  defineOperation({
    name: 'matmul',
    homes: everywhere,
    signature: pair,
    infer: ({ input, other }) => matmul(input, other),
    costs: ({ input }, [output]) => productCosts(output, innerOf(input)),
    // With two feature maps places mix; with a plain matrix only the last dimension does.
    reach: ({ input, other }) => (other.shape.length > 2 || input.shape.length <= 2 ? EVERYTHING : POINTWISE),
  }),
  defineOperation({
    name: 'mm',
    aliases: ['spmm', 'smm'],
    homes: everywhere,
    signature: { input: required(tensor), mat2: required(tensor) },
    infer: ({ input, mat2 }) => mm(input, mat2),
    costs: ({ input }, [output]) => productCosts(output, innerOf(input)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'bmm',
    homes: everywhere,
    signature: { input: required(tensor), mat2: required(tensor) },
    infer: ({ input, mat2 }) => bmm(input, mat2),
    costs: ({ input }, [output]) => productCosts(output, innerOf(input)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'mv',
    homes: everywhere,
    signature: { input: required(tensor), vec: required(tensor) },
    infer({ input, vec }) {
      if (input.shape.length !== 2 || vec.shape.length !== 1)
        raise(
          'RuntimeError',
          `vector + matrix @ vector expected, got 1, ${input.shape.length}, ${vec.shape.length}`,
        );
      return matmul(input, vec);
    },
    costs: ({ input }, [output]) => productCosts(output, innerOf(input)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'dot',
    aliases: ['vdot'],
    homes: everywhere,
    signature: { input: required(tensor), tensor: required(tensor) },
    infer({ input, tensor }) {
      if (input.shape.length !== 1 || tensor.shape.length !== 1)
        raise(
          'RuntimeError',
          `1D tensors expected, but got ${input.shape.length}D and ${tensor.shape.length}D tensors`,
          tensorType([], input.dtype),
        );
      return matmul(input, tensor);
    },
    costs: ({ input }, [output]) => productCosts(output, innerOf(input)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'addmm',
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), mat1: required(tensor), mat2: required(tensor), ...scales },
    infer: ({ input, mat1, mat2 }) => addmm(input, mat1, mat2),
    costs: ({ mat1 }, [output]) => productCosts(output, innerOf(mat1)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'baddbmm',
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), batch1: required(tensor), batch2: required(tensor), ...scales },
    infer: ({ input, batch1, batch2 }) => baddbmm(input, batch1, batch2),
    costs: ({ batch1 }, [output]) => productCosts(output, innerOf(batch1)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'addbmm',
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), batch1: required(tensor), batch2: required(tensor), ...scales },
    infer: ({ input, batch1, batch2 }) => addbmm(input, batch1, batch2),
    costs: ({ batch1 }, [output]) => productCosts(output, (batch1.shape[0] ?? 1) * innerOf(batch1)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'addmv',
    homes: everywhere,
    inPlace: true,
    signature: { input: required(tensor), mat: required(tensor), vec: required(tensor), ...scales },
    infer({ input, mat, vec }) {
      const ranks = [input, mat, vec].map(({ shape }) => shape.length);
      if ((ranks[0] ?? 0) > 1 || ranks[1] !== 2 || ranks[2] !== 1)
        raise('RuntimeError', `vector + matrix @ vector expected, got ${ranks.join(', ')}`);
      const output = matmul(mat, vec);
      checkAddend(input, output);
      return output;
    },
    costs: ({ mat }, [output]) => productCosts(output, innerOf(mat)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'inner',
    homes: everywhere,
    signature: pair,
    infer({ input, other }) {
      if (input.shape.length === 0 || other.shape.length === 0)
        return tensorType([...input.shape, ...other.shape], promoteTypes(input.dtype, other.dtype));
      const output = tensorType([...input.shape.slice(0, -1), ...other.shape.slice(0, -1)], input.dtype);
      if (input.shape.at(-1) !== other.shape.at(-1))
        raise(
          'RuntimeError',
          `inner() the last dimension must match on both input tensors but got shapes ${formatShape(input.shape)} and ${formatShape(other.shape)}`,
          output,
        );
      checkTypes(input, other, output);
      return output;
    },
    costs: ({ input }, [output]) => productCosts(output, innerOf(input)),
    reach: () => EVERYTHING,
  }),
  defineOperation({
    name: 'outer',
    aliases: ['ger'],
    homes: everywhere,
    signature: { input: required(tensor), vec2: required(tensor) },
    infer({ input, vec2 }) {
      if (input.shape.length !== 1)
        raise('RuntimeError', `outer: Expected 1-D argument self, but got ${input.shape.length}-D`);
      if (vec2.shape.length !== 1)
        raise('RuntimeError', `outer: Expected 1-D argument vec2, but got ${vec2.shape.length}-D`);
      return tensorType([...input.shape, ...vec2.shape], input.dtype);
    },
    costs: (_, [output]) => productCosts(output, 1),
  }),
  defineOperation({
    name: 'cdist',
    homes: ['torch'],
    signature: { x1: required(tensor), x2: required(tensor), p: optional(tensorOrNumber, 2.0) },
    infer({ x1, x2 }) {
      for (const [name, { shape }] of [['X1', x1] as const, ['X2', x2] as const])
        if (shape.length < 2)
          raise('RuntimeError', `cdist only supports at least 2D tensors, ${name} got: ${shape.length}D`);
      const width = x1.shape.at(-1);
      if (width !== x2.shape.at(-1))
        raise(
          'RuntimeError',
          `X1 and X2 must have the same number of columns. X1: ${width} X2: ${x2.shape.at(-1)}`,
        );
      const batch = broadcastShapes(x1.shape.slice(0, -2), x2.shape.slice(0, -2));
      return tensorType([...batch, x1.shape.at(-2) ?? 0, x2.shape.at(-2) ?? 0], x1.dtype);
    },
    costs: ({ x1 }, [output]) => productCosts(output, innerOf(x1)),
    reach: () => EVERYTHING,
  }),
];
