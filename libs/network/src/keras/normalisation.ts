import { eachElement } from '../costs.js';
import { literal, product, quantity, type Formula } from '../formula/formula.js';
import type { ParameterSpec } from '../layer.js';
import type { TensorType } from '../tensor.js';
import { isSequence } from '../values/argument.js';
import { raise } from '../values/errors.js';
import { anything, bool, float, nullable, type Kind } from '../values/kinds.js';
import { optional } from '../values/signature.js';
import { untouched, whole } from './kinds.js';
import { defineKerasLayer, shapeText, weight } from './layer.js';

const REST = untouched(
  'beta_initializer',
  'gamma_initializer',
  'beta_regularizer',
  'gamma_regularizer',
  'beta_constraint',
  'gamma_constraint',
);

/** One axis or several, always several to the rules. */
const axes: Kind<readonly number[]> = {
  expects: 'int or list of ints',
  read: (value, name) =>
    isSequence(value) ? value.map((item) => whole.read(item, name)) : [whole.read(value, name)],
};

/** The sizes along the axes that a normalisation has weights for. @throws Raised where there is no such axis */
function along(input: TensorType, wanted: readonly number[], name: string): readonly Formula[] {
  return wanted.map((axis) => {
    const size = input.shape.at(axis);
    if (size === undefined || axis >= input.shape.length || axis < -input.shape.length)
      raise(
        'ValueError',
        `Invalid value for \`axis\` in layer "${name}": there is no axis ${axis} in shape ${shapeText(input.shape)}`,
      );
    return quantity(wanted.length === 1 ? 'num_features' : 'normalized_size', size);
  });
}

/** Scale and shift, each where it is wanted. */
function scaleAndShift(
  { scale, center }: { readonly scale: boolean; readonly center: boolean },
  dims: readonly Formula[],
): readonly ParameterSpec[] {
  return [
    ...(scale ? [weight('gamma', 'weight', dims)] : []),
    ...(center ? [weight('beta', 'bias', dims)] : []),
  ];
}

const BatchNormalization = defineKerasLayer({
  type: 'BatchNormalization',
  signature: {
    axis: optional(axes, -1n),
    momentum: optional(float, 0.99),
    epsilon: optional(float, 0.001),
    center: optional(bool, true),
    scale: optional(bool, true),
    ...REST,
    ...untouched(
      'moving_mean_initializer',
      'moving_variance_initializer',
      'renorm',
      'fused',
      'virtual_batch_size',
      'synchronized',
      'mode',
    ),
  },
  behaviour: 'batch-statistics',
  formerly: { beta_init: 'beta_initializer', gamma_init: 'gamma_initializer' },
  demands: ({ axis }, built) =>
    built ? { ndim: built.shape.length, axes: new Map(axis.map((at) => [at, built.shape.at(at) ?? 0])) } : {},
  parameters(config, { first, name }) {
    const dims = along(first, config.axis, name);
    return [
      ...scaleAndShift(config, dims),
      weight('moving_mean', 'weight', dims, false),
      weight('moving_variance', 'weight', dims, false),
    ];
  },
  parameterFormula: ({ axis, scale, center }, built) =>
    product(literal(2 + Number(scale) + Number(center)), ...along(built, axis, '')),
  infer: (_, { first }) => ({ shape: first.shape, dtype: 'float32' }),
  costs: (_, { first }) => eachElement('normalisation', first, 2),
});

const LayerNormalization = defineKerasLayer({
  type: 'LayerNormalization',
  signature: {
    axis: optional(axes, -1n),
    epsilon: optional(float, 0.001),
    center: optional(bool, true),
    scale: optional(bool, true),
    ...REST,
    rms_scaling: optional(anything, false),
  },
  parameters: (config, { first, name }) => scaleAndShift(config, along(first, config.axis, name)),
  infer: (_, { first }) => ({ shape: first.shape, dtype: 'float32' }),
  costs: (_, { first }) => eachElement('normalisation', first, 2),
});

const GroupNormalization = defineKerasLayer({
  type: 'GroupNormalization',
  signature: {
    groups: optional(whole, 32n),
    axis: optional(whole, -1n),
    epsilon: optional(float, 0.001),
    center: optional(bool, true),
    scale: optional(bool, true),
    ...REST,
  },
  parameters(config, { first, name }) {
    const channels = first.shape.at(config.axis) ?? 0;
    const groups = config.groups === -1 ? channels : config.groups;
    if (groups <= 0 || channels % groups !== 0)
      raise(
        'ValueError',
        `Number of groups (${groups}) must be a multiple of the number of channels (${channels}).`,
      );
    return scaleAndShift(config, along(first, [config.axis], name));
  },
  infer: (_, { first }) => ({ shape: first.shape, dtype: 'float32' }),
  costs: (_, { first }) => eachElement('normalisation', first, 2),
});

const RMSNormalization = defineKerasLayer({
  type: 'RMSNormalization',
  signature: { axis: optional(axes, -1n), epsilon: optional(float, 1e-6) },
  parameters: ({ axis }, { first, name }) => [weight('scale', 'weight', along(first, axis, name))],
  infer: (_, { first }) => ({ shape: first.shape, dtype: 'float32' }),
  costs: (_, { first }) => eachElement('normalisation', first, 2),
});

const UnitNormalization = defineKerasLayer({
  type: 'UnitNormalization',
  signature: { axis: optional(axes, -1n) },
  infer: (_, { first }) => ({ shape: first.shape, dtype: 'float32' }),
  costs: (_, { first }) => eachElement('normalisation', first, 2),
});

/** Standardises by what it was adapted to: a mean and a variance to each feature, and how many rows it has seen. */
const Normalization = defineKerasLayer({
  type: 'Normalization',
  signature: {
    axis: optional(nullable(axes), -1n),
    mean: optional(anything, null),
    variance: optional(anything, null),
    invert: optional(bool, false),
  },
  parameters({ axis, mean }, { first, name }) {
    if (mean !== null) return [];
    const dims = axis === null ? [] : along(first, axis, name);
    return [
      weight('mean', 'weight', dims, false),
      weight('variance', 'weight', dims, false),
      weight('count', 'weight', [], false),
    ];
  },
  infer: (_, { first }) => ({ shape: first.shape, dtype: 'float32' }),
  costs: (_, { first }) => eachElement('normalisation', first, 2),
});

export const KERAS_NORMALISATIONS = {
  BatchNormalization,
  LayerNormalization,
  GroupNormalization,
  RMSNormalization,
  UnitNormalization,
  Normalization,
};
