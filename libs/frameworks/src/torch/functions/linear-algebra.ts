import { PyTuple, rest, toArray } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { named } from '../return-types.js';
import type { TensorObject } from '../tensor/tensor.js';
import { applyTo } from './apply-named.js';
import { derived, tensorOf } from './derived.js';

/** Decompositions, inverses and the like of (batches of) matrices: only what shapes they give. */

function matrix(rt: Runtime, input: PyValue, name: string): TensorObject {
  const source = tensorOf(rt, input, name);
  if (source.shape.length < 2)
    return rt.raise('RuntimeError', `linalg.${name}: The input tensor A must have at least 2 dimensions.`);
  return source;
}

function square(rt: Runtime, input: PyValue, name: string): TensorObject {
  const source = matrix(rt, input, name);
  const [rows = 0, columns = 0] = source.shape.slice(-2);
  if (rows !== columns)
    return rt.raise(
      'RuntimeError',
      `linalg.${name}: A must be batches of square matrices, but they are ${rows} by ${columns} matrices`,
    );
  return source;
}

/** A result of a shape made from the batch, the rows and the columns. */
function given(
  rt: Runtime,
  source: TensorObject,
  shape: (rows: number, columns: number) => readonly number[],
): TensorObject {
  const [rows = 0, columns = 0] = source.shape.slice(-2);
  return derived(rt, source, [...source.shape.slice(0, -2), ...shape(rows, columns)]);
}

function sameShape(name: string): NativeImplementation {
  return (rt, input) => {
    const source = square(rt, input ?? null, name);
    return derived(rt, source, source.shape);
  };
}

function perMatrix(name: string): NativeImplementation {
  return (rt, input) => given(rt, square(rt, input ?? null, name), () => []);
}

function singularValues(rt: Runtime, input: PyValue, full: boolean): PyValue {
  const source = matrix(rt, input, 'svd');
  return new PyTuple([
    given(rt, source, (rows, columns) => [rows, full ? rows : Math.min(rows, columns)]),
    given(rt, source, (rows, columns) => [Math.min(rows, columns)]),
    given(rt, source, (rows, columns) => [full ? columns : Math.min(rows, columns), columns]),
  ]);
}

function orthogonal(rt: Runtime, input: PyValue, complete: boolean): PyValue {
  const source = matrix(rt, input, 'qr');
  return new PyTuple([
    given(rt, source, (rows, columns) => [rows, complete ? rows : Math.min(rows, columns)]),
    given(rt, source, (rows, columns) => [complete ? rows : Math.min(rows, columns), columns]),
  ]);
}

function eigen(rt: Runtime, input: PyValue, name: string): PyValue {
  const source = square(rt, input, name);
  return new PyTuple([given(rt, source, (rows) => [rows]), derived(rt, source, source.shape)]);
}

function logDeterminant(name: string): NativeImplementation {
  return (rt, input) => {
    const source = square(rt, input ?? null, 'slogdet');
    return named(name, new PyTuple([given(rt, source, () => []), given(rt, source, () => [])]));
  };
}

/** `X` for which `A X` comes closest to `B`, a matrix or a vector (each of a batch alike). */
function leastSquares(rt: Runtime, input: PyValue, right: PyValue): PyValue {
  const [source, wanted] = [tensorOf(rt, input, 'lstsq'), tensorOf(rt, right, 'lstsq')];
  const refuse = (message: string): never => rt.raise('RuntimeError', `torch.linalg.lstsq: ${message}`);
  if (source.shape.length < 2) return refuse('input must have at least 2 dimensions.');
  const batch = source.shape.slice(0, -2);
  const [rows = 0, columns = 0] = source.shape.slice(-2);
  const isVector = wanted.shape.length === 1 || wanted.shape.join() === source.shape.slice(0, -1).join();
  if (wanted.shape.at(isVector ? -1 : -2) !== rows)
    return refuse(`input.size(-2) should match other.size(${isVector ? -1 : -2})`);
  const solution = [...batch, columns, ...(isVector ? [] : wanted.shape.slice(-1))];
  return named(
    'linalg_lstsq',
    new PyTuple([
      derived(rt, source, solution),
      // Whether there are any hangs on the rank, which is in the values.
      rows > columns ? rt.unknown('what lstsq leaves over') : derived(rt, source, [0]),
      derived(rt, source, batch, 'int64'),
      derived(rt, source, [0]),
    ]),
  );
}

function chained(rt: Runtime, tensors: readonly PyValue[]): PyValue {
  const [first = null, ...others] = tensors;
  return others.reduce((product: PyValue, next) => applyTo(rt, 'matmul', product, next), first);
}

/** `norm(x, ord, dim, keepdim)`, with NumPy's names too: whatever the order is, the shape is that of a sum. */
function norm(dims: (dim: PyValue) => PyValue): NativeImplementation {
  return (rt, input, _order, dim, keepdim, _out, _dtype, axis, keepdims) => {
    const axes = dims(axis ?? dim ?? null);
    const keeps = keepdims ?? keepdim ?? false;
    return axes === null && keeps !== true
      ? applyTo(rt, 'norm', tensorOf(rt, input ?? null, 'norm'))
      : applyTo(rt, 'norm', tensorOf(rt, input ?? null, 'norm'), 2n, axes, keeps);
  };
}

export const linearAlgebra: Readonly<Record<string, NativeImplementation>> = {
  'inv(A, *, out=None)': sameShape('inv'),
  'pinv(A, *args, **kwargs)': (rt, input) =>
    given(rt, matrix(rt, input ?? null, 'pinv'), (rows, columns) => [columns, rows]),
  'det(A, *, out=None)': perMatrix('det'),
  'slogdet(A, *, out=None)': logDeterminant('linalg_slogdet'),
  'lstsq(A, B, rcond=None, *, driver=None)': (rt, input, right) =>
    leastSquares(rt, input ?? null, right ?? null),
  'cholesky(A, *, upper=False, out=None)': sameShape('cholesky'),
  'matrix_exp(A)': sameShape('matrix_exp'),
  'matrix_power(A, n, *, out=None)': sameShape('matrix_power'),
  'qr(A, mode="reduced", *, out=None)': (rt, input, mode) =>
    orthogonal(rt, input ?? null, mode === 'complete'),
  'svd(A, full_matrices=True, *, driver=None, out=None)': (rt, input, full) =>
    singularValues(rt, input ?? null, rt.truth(full ?? true)),
  'svdvals(A, *, driver=None, out=None)': (rt, input) =>
    given(rt, matrix(rt, input ?? null, 'svdvals'), (rows, columns) => [Math.min(rows, columns)]),
  'eigh(A, UPLO="L", *, out=None)': (rt, input) => eigen(rt, input ?? null, 'eigh'),
  'eigvalsh(A, UPLO="L", *, out=None)': (rt, input) =>
    given(rt, square(rt, input ?? null, 'eigvalsh'), (rows) => [rows]),
  'solve(A, B, *, left=True, out=None)': (rt, input, right) => {
    square(rt, input ?? null, 'solve');
    const source = tensorOf(rt, right ?? null, 'solve');
    return derived(rt, source, source.shape);
  },
  'solve_triangular(A, B, *, upper, left=True, unitriangular=False, out=None)': (rt, _input, right) => {
    const source = tensorOf(rt, right ?? null, 'solve_triangular');
    return derived(rt, source, source.shape);
  },
  'multi_dot(tensors, *, out=None)': (rt, tensors) => chained(rt, toArray(rt, tensors ?? null)),
  'norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None, axis=None, keepdims=None)': norm(
    (dim) => dim,
  ),
  'vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None, axis=None, keepdims=None)': norm(
    (dim) => dim,
  ),
  'matrix_norm(A, ord="fro", dim=None, keepdim=False, *, dtype=None, out=None, axis=None, keepdims=None)':
    norm((dim) => dim ?? new PyTuple([-2n, -1n])),
};

/** What `torch` itself has of these, under its older signatures. */
export const matrixFunctions: Readonly<Record<string, NativeImplementation>> = {
  'inverse(input, *, out=None)': sameShape('inv'),
  'pinverse(input, rcond=1e-15)': (rt, input) =>
    given(rt, matrix(rt, input ?? null, 'pinv'), (rows, columns) => [columns, rows]),
  'det(input)': perMatrix('det'),
  'logdet(input)': perMatrix('det'),
  'slogdet(input)': logDeterminant('slogdet'),
  'cholesky(input, upper=False, *, out=None)': sameShape('cholesky'),
  'matrix_exp(input)': sameShape('matrix_exp'),
  'matrix_power(input, n, *, out=None)': sameShape('matrix_power'),
  'qr(input, some=True, *, out=None)': (rt, input, some) =>
    orthogonal(rt, input ?? null, !rt.truth(some ?? true)),
  'chain_matmul(*matrices, out=None)': (rt, matrices) => chained(rt, rest(matrices ?? null)),
};
