import { evaluateInteger, quantity, type Formula, type Role, type TensorType } from '@tensormark/network';
import { valueOf, type Draft } from '../draft.js';

/** What a dimension of a tensor is. The batch is no size that anyone is asked for. */
export type AxisLabel = 'batch' | SizeLabel;
export type SizeLabel = 'channels' | 'depth' | 'height' | 'width' | 'length' | 'features' | 'size';

/** One dimension of a tensor, and where its size comes from. */
export interface Axis {
  readonly label: AxisLabel;
  readonly size: number;
  /** The node that it is worked out by; null where the network states it (a number of filters, the input). */
  readonly draft: Draft | null;
}

const ROLES: Readonly<Record<AxisLabel, Role>> = {
  batch: 'batch_size',
  channels: 'channels',
  depth: 'out_depth',
  height: 'out_height',
  width: 'out_width',
  length: 'sequence_length',
  features: 'out_features',
  size: 'elements',
};

/** The size of an axis in a formula: the number where it is given, and what stands for its node where it is not. */
export function sizeOf({ label, size, draft }: Axis, role: Role = ROLES[label]): Formula {
  return draft === null ? quantity(role, size) : valueOf(draft, role);
}

/** A quantity of a formula as the axis that it is the size of, if it is of that size. */
export function asSize(axis: Axis | undefined, role: Role, value: bigint): Formula | undefined {
  return axis?.draft && BigInt(axis.size) === value ? valueOf(axis.draft, role) : undefined;
}

export function given(label: AxisLabel, size: number): Axis {
  return { label, size, draft: null };
}

export function computed(label: SizeLabel, draft: Draft): Axis {
  return { label, size: Number(evaluateInteger(draft.formula)), draft };
}

const SPATIAL: readonly (readonly SizeLabel[])[] = [
  [],
  ['length'],
  ['height', 'width'],
  ['depth', 'height', 'width'],
];

/** Of a feature map over so many dimensions: `height`, `width`. */
export function spatialLabels(rank: number): readonly SizeLabel[] {
  return SPATIAL[rank] ?? Array.from({ length: rank }, () => 'size');
}

/** What the dimensions behind the batch most likely are. */
export function usualLabels(
  rank: number,
  features: 'channels-first' | 'features-last',
): readonly SizeLabel[] {
  if (rank === 0) return [];
  if (rank === 1) return ['features'];
  if (rank === 2 && features === 'features-last') return ['length', 'features'];
  return ['channels', ...spatialLabels(rank - 1)];
}

/** A tensor of which nothing is known but its shape. */
export function opaque({ shape }: TensorType, batched: boolean): readonly Axis[] {
  const labels: readonly AxisLabel[] = batched
    ? ['batch', ...usualLabels(shape.length - 1, 'features-last')]
    : usualLabels(shape.length, 'features-last');
  return shape.map((size, at) => given(labels[at] ?? 'size', size));
}
