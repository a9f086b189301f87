import { literal, product, quantity, quotient, sum, type Formula, type Role } from '@tensormark/network';
import { flag, size, sizes, type LayerCount, type LayerInPlace } from './layer-count.js';

const KERNEL: readonly (readonly Role[])[] = [
  [],
  ['kernel_length'],
  ['kernel_height', 'kernel_width'],
  ['kernel_depth', 'kernel_height', 'kernel_width'],
];

/** `filters · (channels/groups · kernel + 1)`, filter by filter and group by group. */
export function countConvolution(at: LayerInPlace): LayerCount {
  const { layer } = at;
  const groups = size(layer, 'groups');
  const filters = quantity('out_channels', size(layer, 'out_channels'));
  const bias = flag(layer, 'bias');
  const channels = perGroup(at, at.incoming('in_channels', size(layer, 'in_channels')), groups);
  const kernel = kernelOf(at);
  const viaKernel =
    kernel.length > 1 ? [product(channels, at.step('weights-per-kernel', product(...kernel)))] : [];
  const weightsPerFilter = at.step('weights-per-filter', product(channels, ...kernel), viaKernel);
  const perFilter = bias
    ? at.step('parameters-per-filter', sum(weightsPerFilter, quantity('bias', 1)))
    : weightsPerFilter;
  const byGroup = (
    filter: Formula,
    what: 'weights-per-group' | 'parameters-per-group',
  ): readonly Formula[] => {
    if (groups === 1) return [];
    const each = at.step('filters-per-group', quotient(filters, quantity('groups', groups)));
    return [product(quantity('groups', groups), at.step(what, product(each, filter)))];
  };
  const weights = byGroup(weightsPerFilter, 'weights-per-group');
  return {
    weights: product(filters, weightsPerFilter),
    weightRoutes: weights,
    biases: bias ? filters : literal(0),
    learnable: product(filters, perFilter),
    learnableRoutes: bias ? byGroup(perFilter, 'parameters-per-group') : weights,
  };
}

function perGroup(at: LayerInPlace, channels: Formula, groups: number): Formula {
  if (groups === 1) return channels;
  return at.step('channels-per-group', quotient(channels, quantity('groups', groups)));
}

function kernelOf({ layer }: LayerInPlace): readonly Formula[] {
  const kernel = sizes(layer, 'kernel_size');
  return kernel.map((length, axis) => quantity(KERNEL[kernel.length]?.[axis] ?? 'elements', length));
}

/** `in · out/groups · kernel + out`: its weights stand the other way round. */
export function countTransposed(at: LayerInPlace): LayerCount {
  const { layer } = at;
  const groups = size(layer, 'groups');
  const channels = at.incoming('in_channels', size(layer, 'in_channels'));
  const filters = quantity('out_channels', size(layer, 'out_channels'));
  const each =
    groups === 1 ? filters : at.step('filters-per-group', quotient(filters, quantity('groups', groups)));
  const kernel = kernelOf(at);
  const weights = product(channels, each, ...kernel);
  const biases = flag(layer, 'bias') ? filters : literal(0);
  const perFilter =
    groups === 1 ? [product(filters, at.step('weights-per-filter', product(channels, ...kernel)))] : [];
  return {
    weights,
    weightRoutes: perFilter,
    biases,
    learnable: flag(layer, 'bias') ? sum(weights, biases) : weights,
    ...(flag(layer, 'bias') ? {} : { learnableRoutes: perFilter }),
  };
}
