import { quantity } from '../formula/formula.js';
import { defineLayer, parameter, type ParameterSpec } from '../layer.js';
import { defineOperation } from '../operation.js';
import { DTYPES, formatSize, tensorType, type DType, type TensorType } from '../tensor.js';
import { pythonRepr } from '../values/argument.js';
import { raise, raiseAlike } from '../values/errors.js';
import { bool, device, dtype, float, int, nullable, string, tensor } from '../values/kinds.js';
import { optional, required, type Bound } from '../values/signature.js';
import { checkSizes } from './convolution/checks.js';

/** Indices must be integers of 32 or 64 bits. @throws Raised */
function checkIndices({ dtype }: TensorType, operation: string, assume: TensorType): void {
  if (dtype === 'int64' || dtype === 'int32') return;
  const given = dtype === 'bool' ? 'CPUBoolType' : `torch.${DTYPES[dtype].scalarName}Tensor`;
  const say = dtype === 'bool' ? raiseAlike : raise;
  say(
    'RuntimeError',
    `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; ` +
      `but got ${given} instead (while checking arguments for ${operation})`,
    assume,
  );
}

function lookUp(input: TensorType, width: number, dtype: DType): TensorType {
  const output = tensorType([...input.shape, width], dtype);
  checkIndices(input, 'embedding', output);
  return output;
}

/** Rows are brought to a norm first, by a function with words of its own. @throws Raised */
function checkRenormed(input: TensorType, { shape }: TensorType): void {
  const checked = '(while checking arguments for embedding_renorm_)';
  if (shape.length !== 2)
    raise(
      'RuntimeError',
      `Expected 2-dimensional tensor, but got ${shape.length}-dimensional tensor for argument #1 'self' ${checked}`,
    );
  if (input.dtype !== 'int64' && input.dtype !== 'int32')
    raise(
      'RuntimeError',
      `Expected tensor for argument #2 'indices' to have one of the following scalar types: Long, Int; but got ${input.dtype === 'bool' ? 'CPUBoolType' : `torch.${DTYPES[input.dtype].scalarName}Tensor`} instead ${checked}`,
    );
}

function checkPaddingIndex(index: number | null, count: number, name: string): void {
  if (index === null) return;
  if (index >= count || index < -count) raise('AssertionError', `${name} must be within num_embeddings`);
}

interface Sized {
  readonly num_embeddings: number;
  readonly embedding_dim: number;
  readonly padding_idx: number | null;
  readonly dtype: DType | null;
}

/** The table of vectors that is looked up in. */
function table({ num_embeddings, embedding_dim, dtype }: Sized): readonly ParameterSpec[] {
  const sizes = [quantity('num_embeddings', num_embeddings), quantity('embedding_dim', embedding_dim)];
  return [parameter('weight', 'weight', sizes, dtype)];
}

/** The row that stands for padding, a negative one counted from the end. */
function paddingRow({ padding_idx, num_embeddings }: Sized): number | null {
  return padding_idx !== null && padding_idx < 0 ? padding_idx + num_embeddings : padding_idx;
}

const shownSizes = ({ num_embeddings, embedding_dim }: Sized): string =>
  `${num_embeddings}, ${embedding_dim}`;

function shownPadding(config: Sized): string {
  const row = paddingRow(config);
  return row === null ? '' : `, padding_idx=${row}`;
}

/** The arguments that `repr` shows where they are not the defaults. */
function shownOptions(written: Bound, defaults: Readonly<Record<string, string>>): string {
  return Object.entries(defaults)
    .filter(([name, value]) => pythonRepr(written[name] ?? null) !== value)
    .map(([name]) => `, ${name}=${pythonRepr(written[name] ?? null).replaceAll("'", '')}`)
    .join('');
}

const Embedding = defineLayer({
  type: 'Embedding',
  signature: {
    num_embeddings: required(int),
    embedding_dim: required(int),
    padding_idx: optional(nullable(int), null),
    max_norm: optional(nullable(float), null),
    norm_type: optional(float, 2.0),
    scale_grad_by_freq: optional(bool, false),
    sparse: optional(bool, false),
    _weight: optional(nullable(tensor), null),
    _freeze: optional(bool, false),
    device: optional(device, null),
    dtype: optional(dtype, null),
  },
  forward: { input: required(tensor) },
  validate({ num_embeddings, embedding_dim, padding_idx }) {
    checkPaddingIndex(padding_idx, num_embeddings, 'Padding_idx');
    checkSizes([num_embeddings, embedding_dim]);
  },
  parameters: table,
  infer({ num_embeddings, embedding_dim, max_norm, dtype }, { input }) {
    if (max_norm !== null) checkRenormed(input, tensorType([num_embeddings, embedding_dim]));
    return lookUp(input, embedding_dim, dtype ?? 'float32');
  },
  attributes(config) {
    const row = paddingRow(config);
    return { padding_idx: row === null ? null : BigInt(row) };
  },
  extraRepr: (config, written) =>
    shownSizes(config) +
    shownPadding(config) +
    shownOptions(written, {
      max_norm: 'None',
      norm_type: '2.0',
      scale_grad_by_freq: 'False',
      sparse: 'False',
    }),
});

const MODES = ['sum', 'mean', 'max'];

const EmbeddingBag = defineLayer({
  type: 'EmbeddingBag',
  signature: {
    num_embeddings: required(int),
    embedding_dim: required(int),
    max_norm: optional(nullable(float), null),
    norm_type: optional(float, 2.0),
    scale_grad_by_freq: optional(bool, false),
    mode: optional(string, 'mean'),
    sparse: optional(bool, false),
    _weight: optional(nullable(tensor), null),
    include_last_offset: optional(bool, false),
    padding_idx: optional(nullable(int), null),
    device: optional(device, null),
    dtype: optional(dtype, null),
  },
  forward: {
    input: required(tensor),
    offsets: optional(nullable(tensor), null),
    per_sample_weights: optional(nullable(tensor), null),
  },
  validate({ num_embeddings, embedding_dim, padding_idx }) {
    checkPaddingIndex(padding_idx, num_embeddings, 'padding_idx');
    checkSizes([num_embeddings, embedding_dim]);
  },
  parameters: table,
  infer({ embedding_dim, mode, include_last_offset, dtype }, { input, offsets, per_sample_weights }) {
    const bags = (count: number): TensorType => tensorType([count, embedding_dim], dtype ?? 'float32');
    const { shape } = input;
    if (shape.length !== 1 && shape.length !== 2)
      raise('ValueError', `input has to be 1D or 2D Tensor, but got Tensor of dimension ${shape.length}`);
    if (shape.length === 2 && offsets)
      raise(
        'ValueError',
        'if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. ' +
          "However, found offsets of type <class 'torch.Tensor'>",
        bags(shape[0] ?? 0),
      );
    if (per_sample_weights && per_sample_weights.shape.join() !== shape.join())
      raise(
        'ValueError',
        `embedding_bag: If per_sample_weights (${formatSize(per_sample_weights.shape)}) is not None, ` +
          `then it must have the same shape as the input (${formatSize(shape)})`,
        bags(shape[0] ?? 0),
      );
    if (shape.length === 1 && !offsets) raise('ValueError', 'offsets has to be a 1D Tensor but got None');
    if (!MODES.includes(mode)) raise('ValueError', 'mode has to be one of sum, mean or max');
    const ends = offsets ? (offsets.shape[0] ?? 0) : (shape[0] ?? 0);
    // Rows are given offsets of their own, whose last is then taken for the end.
    const count = ends - (include_last_offset ? 1 : 0);
    if (per_sample_weights && mode !== 'sum')
      raise(
        'NotImplementedError',
        'embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for ' +
          `mode='sum' (got mode='${mode}'). Please open a feature request on GitHub.`,
        bags(count),
      );
    checkIndices(input, 'embedding_bag', bags(count));
    return bags(count);
  },
  extraRepr: (config, written) =>
    shownSizes(config) +
    shownOptions(written, { max_norm: 'None', norm_type: '2.0', scale_grad_by_freq: 'False' }) +
    `, mode=${pythonRepr(written['mode'] ?? null)}` +
    shownPadding(config),
});

export const EMBEDDINGS = { Embedding, EmbeddingBag };

export const EMBEDDING_OPERATIONS = [
  defineOperation({
    name: 'embedding',
    homes: ['functional'],
    signature: {
      input: required(tensor),
      weight: required(tensor),
      padding_idx: optional(nullable(int), null),
      max_norm: optional(nullable(float), null),
      norm_type: optional(float, 2.0),
      scale_grad_by_freq: optional(bool, false),
      sparse: optional(bool, false),
    },
    infer({ input, weight, padding_idx, max_norm }) {
      checkPaddingIndex(padding_idx, weight.shape[0] ?? 0, 'Padding_idx');
      if (max_norm !== null) checkRenormed(input, weight);
      if (weight.shape.length !== 2) raise('RuntimeError', "'weight' must be 2-D");
      return lookUp(input, weight.shape[1] ?? 0, weight.dtype);
    },
  }),
];
