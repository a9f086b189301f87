import type { Reach } from '../reach.js';
import { isCall, type Network, type NetworkNode } from './network.js';

/** What one place of a feature map sees of the network's input along one spatial dimension. */
export interface FieldAlongAxis {
  /** How many input places it depends on, were there no border. */
  readonly size: number;
  /** How far apart in the input two neighbouring places look; below 1 after upsampling. */
  readonly jump: number;
  /** Where in the input, counted from 0, the middle of the first place's field lies. */
  readonly start: number;
}

/** One entry a spatial dimension, or the whole input. */
export type ReceptiveField = readonly FieldAlongAxis[] | 'whole-input';

/**
 * The receptive field of every node's first output towards the network's first input: sizes grow by
 * `(kernel − 1) · dilation · jump`, jumps by the stride (Araujo et al., "Computing Receptive Fields of Convolutional
 * Neural Networks", Distill 2019). Where paths meet, the largest size over them is taken. A node that no input flows
 * into has none.
 */
export function receptiveFields(network: Network): ReadonlyMap<number, ReceptiveField> {
  const fields = new Map<number, ReceptiveField>();
  for (const node of network.nodes) {
    const field = fieldOf(node, network, fields);
    if (field) fields.set(node.id, field);
  }
  return fields;
}

function fieldOf(
  node: NetworkNode,
  network: Network,
  fields: ReadonlyMap<number, ReceptiveField>,
): ReceptiveField | undefined {
  if (node.kind === 'input') {
    if (node.id !== network.inputs[0]?.node) return undefined;
    const spatial = Math.max((node.outputs[0]?.shape.length ?? 0) - 2, 0);
    return Array.from({ length: spatial }, () => ({ size: 1, jump: 1, start: 0 }));
  }
  if (!isCall(node)) return undefined;
  const known = node.inputs
    .map((input) => fields.get(input.node))
    .filter((field): field is ReceptiveField => field !== undefined);
  if (known.length === 0) return undefined;
  if (known.includes('whole-input')) return 'whole-input';
  const [first, ...others] = known.filter((field) => field !== 'whole-input');
  if (!first) return undefined;
  return through(others.reduce(widest, first), node.call.reach());
}

function through(field: readonly FieldAlongAxis[], reach: Reach): ReceptiveField {
  if (reach.kind === 'pointwise') return field;
  if (reach.kind === 'everything') return 'whole-input';
  return field.map((along, axis) => {
    const kernel = reach.kernel[axis] ?? 1;
    const stride = reach.stride[axis] ?? 1;
    const dilation = reach.dilation[axis] ?? 1;
    const padding = reach.padding[axis] ?? 0;
    if (reach.kind === 'transposed-window') {
      // A place of the output is written by at most ⌈span / stride⌉ neighbouring places of the input.
      const span = dilation * (kernel - 1) + 1;
      const jump = along.jump / stride;
      return {
        size: along.size + (Math.ceil(span / stride) - 1) * along.jump,
        jump,
        start: along.start + (padding - (span - 1) / 2) * jump,
      };
    }
    const span = dilation * (kernel - 1);
    return {
      size: along.size + span * along.jump,
      jump: along.jump * stride,
      start: along.start + (span / 2 - padding) * along.jump,
    };
  });
}

function widest(a: readonly FieldAlongAxis[], b: readonly FieldAlongAxis[]): readonly FieldAlongAxis[] {
  return a.map((field, axis) => {
    const other = b[axis];
    return other && other.size > field.size ? other : field;
  });
}
