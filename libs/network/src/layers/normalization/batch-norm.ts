import { eachElement } from '../../costs.js';
import { literal, product, quantity, type Formula } from '../../formula/formula.js';
import {
  buffer,
  defineLayer,
  parameter,
  type BufferSpec,
  type LayerDefinition,
  type ParameterSpec,
} from '../../layer.js';
import { sameAs } from '../../shapes.js';
import { DTYPES, formatSize, isFloatingPoint, type DType, type TensorType } from '../../tensor.js';
import { pythonRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { anything, bool, device, dtype, float, int, nullable, tensor } from '../../values/kinds.js';
import { optional, required, type Bound, type ConfigOf } from '../../values/signature.js';
import { checkSizes } from '../convolution/checks.js';

export interface NormDefaults {
  readonly affine: boolean;
  readonly track: boolean;
}

/** The arguments that batch and instance normalisation share, but for `num_features`. */
export function normOptions({ affine, track }: NormDefaults) {
  return {
    eps: optional(float, 1e-5),
    momentum: optional(nullable(float), 0.1),
    affine: optional(bool, affine),
    track_running_stats: optional(bool, track),
    device: optional(device, null),
    dtype: optional(dtype, null),
  };
}

export function normSignature(defaults: NormDefaults) {
  return { num_features: required(int), ...normOptions(defaults) };
}

export type NormConfig = ConfigOf<ReturnType<typeof normSignature>>;

export function normParameters({ num_features, affine, dtype }: NormConfig): readonly ParameterSpec[] {
  if (!affine) return [];
  const dims = [quantity('num_features', num_features)];
  return [parameter('weight', 'weight', dims, dtype), parameter('bias', 'bias', dims, dtype)];
}

/** `2 · features`: a scale and a shift each. */
export function normFormula({ num_features, affine }: NormConfig): Formula {
  return affine ? product(literal(2), quantity('num_features', num_features)) : literal(0);
}

export function normBuffers({ num_features, track_running_stats, dtype }: NormConfig): readonly BufferSpec[] {
  if (!track_running_stats) return [];
  return [
    buffer('running_mean', 'statistic', [num_features], dtype),
    buffer('running_var', 'statistic', [num_features], dtype),
    buffer('num_batches_tracked', 'counter', [], 'int64'),
  ];
}

export function normRepr(num_features: number, written: Bound): string {
  const shown = ['eps', 'momentum', 'affine', 'track_running_stats'].map(
    (name) => `${name}=${pythonRepr(written[name] ?? null)}`,
  );
  return [`${num_features}`, ...shown].join(', ');
}

/** What of a batch norm's state must have one element a channel. */
export interface NormState {
  readonly runningMean?: readonly number[];
  readonly runningVariance?: readonly number[];
  readonly weight?: readonly number[];
  readonly bias?: readonly number[];
  readonly parameterType?: DType;
}

/** @throws Raised as `torch.nn.functional.batch_norm` */
export function inferBatchNorm(input: TensorType, state: NormState, batchStatistics: boolean): TensorType {
  const { shape } = input;
  if (batchStatistics) {
    // The batch counts among the values of a channel; an empty batch passes, as it does in PyTorch.
    const values = (shape[0] ?? 1) * shape.slice(2).reduce((count, size) => count * size, 1);
    if (values === 1)
      raise(
        'ValueError',
        `Expected more than 1 value per channel when training, got input size ${formatSize(shape)}`,
        sameAs(input),
      );
  }
  const channels = shape[1] ?? 0;
  const named = [
    ['running_mean', state.runningMean],
    ['running_var', state.runningVariance],
    ['weight', state.weight],
    ['bias', state.bias],
  ] as const;
  for (const [name, size] of named) {
    const count = size?.reduce((product, dim) => product * dim, 1);
    if (count !== undefined && count !== channels)
      raise('RuntimeError', `${name} should contain ${channels} elements not ${count}`, sameAs(input));
  }
  if (!isFloatingPoint(input.dtype))
    raise('RuntimeError', `"batch_norm" not implemented for '${DTYPES[input.dtype].scalarName}'`, {
      ...sameAs(input),
      dtype: 'float32',
    });
  const { parameterType } = state;
  if (parameterType && parameterType !== input.dtype && !(parameterType === 'float32' && isHalf(input.dtype)))
    raiseAlike(
      'RuntimeError',
      `expected input and parameters of one dtype, but got ${DTYPES[input.dtype].scalarName} and ${DTYPES[parameterType].scalarName}`,
      { ...sameAs(input), dtype: parameterType },
    );
  return sameAs(input);
}

function isHalf(dtype: DType): boolean {
  return dtype === 'float16' || dtype === 'bfloat16';
}

const BATCH = { affine: true, track: true };

/** The ranks of input that a normalisation takes, as it names them. */
interface Ranks {
  readonly ranks: readonly number[];
  readonly expected: string;
}

const RANKS = {
  1: { ranks: [2, 3], expected: 'expected 2D or 3D input' },
  2: { ranks: [4], expected: 'expected 4D input' },
  3: { ranks: [5], expected: 'expected 5D input' },
} as const satisfies Record<number, Ranks>;

function checkRanks({ shape }: TensorType, { ranks, expected }: Ranks): void {
  if (!ranks.includes(shape.length)) raise('ValueError', `${expected} (got ${shape.length}D input)`);
}

function inferLayer(config: NormConfig, input: TensorType, training: boolean): TensorType {
  const { num_features, affine, track_running_stats, dtype } = config;
  const size = [num_features];
  return inferBatchNorm(
    input,
    {
      ...(track_running_stats && { runningMean: size }),
      ...(affine && { weight: size, bias: size, parameterType: dtype ?? 'float32' }),
    },
    training || !track_running_stats,
  );
}

function batchNorm(rank: keyof typeof RANKS) {
  return defineLayer({
    type: `BatchNorm${rank}d`,
    initializer: '_BatchNorm',
    signature: normSignature(BATCH),
    forward: { input: required(tensor) },
    training: 'batch-statistics',
    validate: ({ num_features }) => checkSizes([num_features]),
    parameters: normParameters,
    parameterFormula: normFormula,
    buffers: normBuffers,
    infer(config, { input }, { training }) {
      checkRanks(input, RANKS[rank]);
      return inferLayer(config, input, training);
    },
    costs: (_, __, [output]) => eachElement('normalisation', output, 2),
    extraRepr: ({ num_features }, written) => normRepr(num_features, written),
  });
}

function lazyBatchNorm(rank: keyof typeof RANKS, becomes: LayerDefinition) {
  return defineLayer({
    type: `LazyBatchNorm${rank}d`,
    signature: normOptions(BATCH),
    forward: { input: required(tensor) },
    training: 'batch-statistics',
    infer: () => null,
    extraRepr: (_, written) => normRepr(0, written),
    materialize: (_, { input }, written) =>
      becomes.build({ positional: [], named: { ...written, num_features: BigInt(input.shape[1] ?? 0) } }),
  });
}

const BatchNorm1d = batchNorm(1);
const BatchNorm2d = batchNorm(2);
const BatchNorm3d = batchNorm(3);

const { device: deviceSlot, dtype: dtypeSlot, ...untyped } = normSignature(BATCH);

const SyncBatchNorm = defineLayer({
  type: 'SyncBatchNorm',
  signature: { ...untyped, process_group: optional(anything, null), device: deviceSlot, dtype: dtypeSlot },
  forward: { input: required(tensor) },
  training: 'batch-statistics',
  validate: ({ num_features }) => checkSizes([num_features]),
  parameters: (config) => normParameters(config),
  parameterFormula: (config) => normFormula(config),
  buffers: (config) => normBuffers(config),
  infer(config, { input }, { training }) {
    if (input.shape.length < 2)
      raise('ValueError', `expected at least 2D input (got ${input.shape.length}D input)`);
    return inferLayer(config, input, training);
  },
  costs: (_, __, [output]) => eachElement('normalisation', output, 2),
  extraRepr: ({ num_features }, written) => normRepr(num_features, written),
});

export const BATCH_NORMS = {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  SyncBatchNorm,
  LazyBatchNorm1d: lazyBatchNorm(1, BatchNorm1d),
  LazyBatchNorm2d: lazyBatchNorm(2, BatchNorm2d),
  LazyBatchNorm3d: lazyBatchNorm(3, BatchNorm3d),
};
