import {
  isCall,
  product,
  quantity,
  rewrite,
  sum,
  type CallNode,
  type Formula,
  type Network,
  type NetworkNode,
  type Role,
} from '@tensormark/network';
import { isOfKeras, kerasAxes } from './keras-axes.js';
import { draft } from '../draft.js';
import { isWhat, type What } from '../what.js';
import { aligned, dimsOf, permutationOf, regroup, type Regrouping } from './arrangements.js';
import {
  asSize,
  computed,
  given,
  opaque,
  sizeOf,
  spatialLabels,
  usualLabels,
  type Axis,
  type AxisLabel,
  type SizeLabel,
} from './axes.js';
import type { Site, Sites } from './sites.js';

/** The axes of every tensor of the network, by node and output. */
export type AxesByNode = ReadonlyMap<number, readonly (readonly Axis[])[]>;

/** Follows every size through the network, from what is stated to what is worked out from it. */
export function axesOf(network: Network, sites: Sites): AxesByNode {
  if (isOfKeras(network)) return kerasAxes(network);
  const known = new Map<number, readonly (readonly Axis[])[]>();
  for (const node of network.nodes) {
    const site = sites.byNode.get(node.id);
    known.set(
      node.id,
      isCall(node) && site !== undefined
        ? new OutputAxes(site, inputsOf(node, known)).all()
        : node.outputs.map((output) => startAxes(node, output.shape, network)),
    );
  }
  return known;
}

function inputsOf(
  node: CallNode,
  known: ReadonlyMap<number, readonly (readonly Axis[])[]>,
): readonly (readonly Axis[])[] {
  return node.inputs.map(({ node: id, output }) => known.get(id)?.[output] ?? []);
}

/** The network's own input counts its batch first; constants and parameters have none. */
function startAxes(node: NetworkNode, shape: readonly number[], network: Network): readonly Axis[] {
  if (node.kind !== 'input') return opaque({ shape, dtype: 'float32' }, false);
  const rank = shape.length - 1;
  const integral = node.outputs[0]?.dtype === 'int64';
  const labels =
    integral && rank === 1
      ? (['length'] as const)
      : usualLabels(rank, readsChannelsFirst(node.id, network) ? 'channels-first' : 'features-last');
  return shape.map((size, at) => given(at === 0 ? 'batch' : (labels[at - 1] ?? 'size'), size));
}

const OVER_ONE_DIMENSION =
  /^(?:Lazy)?(?:Conv|ConvTranspose|BatchNorm|InstanceNorm|\w*Pool|\w*Pad)1d$|^(?:conv|conv_transpose|\w+_pool)1d$/;

function readsChannelsFirst(input: number, { nodes }: Network): boolean {
  return nodes.some(
    (node) =>
      isCall(node) &&
      OVER_ONE_DIMENSION.test(node.operation) &&
      node.inputs.some((tensor) => tensor.node === input),
  );
}

/** Roles that say that a dimension goes through a call as it is. */
const THROUGH: ReadonlySet<Role> = new Set([
  'batch_size',
  'channels',
  'positions',
  'elements',
  'in_length',
  'in_depth',
  'in_height',
  'in_width',
]);

const LABELS: Readonly<Partial<Record<Role, SizeLabel>>> = {
  out_channels: 'channels',
  out_features: 'features',
  out_length: 'length',
  out_depth: 'depth',
  out_height: 'height',
  out_width: 'width',
};

const RECURRENT: ReadonlySet<string> = new Set(['RNN', 'LSTM', 'GRU']);
const CELLS: ReadonlySet<string> = new Set(['RNNCell', 'LSTMCell', 'GRUCell']);
const VIEWS: ReadonlySet<string> = new Set([
  'Flatten',
  'Unflatten',
  'flatten',
  'unflatten',
  'view',
  'reshape',
  'view_as',
  'reshape_as',
]);

/** The axes of what one call returns. */
class OutputAxes {
  private readonly node: CallNode;
  private readonly of: string;

  constructor(
    site: Site,
    private readonly inputs: readonly (readonly Axis[])[],
  ) {
    this.node = site.node;
    this.of = site.of;
  }

  all(): readonly (readonly Axis[])[] {
    return this.node.outputs.map(({ shape }, at) => (at === 0 ? this.first(shape) : this.other(shape)));
  }

  private get input(): readonly Axis[] {
    return this.inputs[0] ?? [];
  }

  private first(shape: readonly number[]): readonly Axis[] {
    const { operation } = this.node;
    if (VIEWS.has(operation)) return this.viewed(shape);
    if (operation === 'cat') return this.joined(shape);
    if (RECURRENT.has(operation)) return this.recurrent(shape);
    if (CELLS.has(operation)) return this.declaredLast(shape);
    if (operation === 'Embedding') return [...this.input, given('features', shape.at(-1) ?? 1)];
    const order = permutationOf(this.node, this.input.length);
    if (order !== undefined) return order.flatMap((axis) => this.input[axis] ?? []);
    const formulas = this.node.call.outputShape();
    if (formulas?.length === shape.length) return this.byFormula(formulas, shape);
    const removed = shape.length < this.input.length ? dimsOf(this.node, this.input.length) : undefined;
    return aligned(shape, this.inputs, removed);
  }

  /** Of a state, a tensor of indices or a second part. */
  private other(shape: readonly number[]): readonly Axis[] {
    return aligned(shape, [this.input], undefined).map((axis) =>
      axis.draft === null ? axis : given(axis.label, axis.size),
    );
  }

  private byFormula(formulas: readonly Formula[], shape: readonly number[]): readonly Axis[] {
    const spatial = spatialLabels(shape.length - 2);
    return formulas.map((formula, at) => {
      const from = this.input.length === shape.length ? this.input[at] : undefined;
      const size = shape[at] ?? 1;
      if (formula.kind === 'quantity') {
        if (THROUGH.has(formula.role)) return from?.size === size ? from : given(from?.label ?? 'size', size);
        return given(LABELS[formula.role] ?? from?.label ?? 'size', size);
      }
      const label = this.labelOf(at, from, spatial[at - 2]);
      const made = this.compute(label, this.substituted(formula, from));
      return made.size === size ? made : given(label, size);
    });
  }

  private labelOf(at: number, from: Axis | undefined, spatial: SizeLabel | undefined): SizeLabel {
    if (at === 1) return 'channels';
    return spatial ?? (from === undefined || from.label === 'batch' ? 'size' : from.label);
  }

  /** The input's sizes in a formula of one axis are those of the axis that it stands for. */
  private substituted(formula: Formula, from: Axis | undefined): Formula {
    return rewrite(formula, (node) =>
      node.kind === 'quantity' && THROUGH.has(node.role) ? asSize(from, node.role, node.value) : undefined,
    );
  }

  private compute(label: SizeLabel, formula: Formula, taken: readonly Axis[] = []): Axis {
    const what = whatOf(label, taken);
    return computed(label, draft(this.of, what, formula));
  }

  private recurrent(shape: readonly number[]): readonly Axis[] {
    const lead = shape.slice(0, -1).map((size, at) => this.input[at] ?? given('size', size));
    const width = shape.at(-1) ?? 1;
    const config = this.node.layer?.config ?? {};
    if (config['bidirectional'] !== true) return [...lead, given('features', width)];
    const state = quantity(
      config['proj_size'] === 0 || config['proj_size'] === undefined ? 'hidden_size' : 'proj_size',
      width / 2,
    );
    return [...lead, this.compute('features', product(quantity('directions', 2), state))];
  }

  private declaredLast(shape: readonly number[]): readonly Axis[] {
    return shape.map((size, at) =>
      at === shape.length - 1 ? given('features', size) : (this.input[at] ?? given('size', size)),
    );
  }

  private joined(shape: readonly number[]): readonly Axis[] {
    const at = shape.findIndex((size, axis) => this.inputs.some((input) => input[axis]?.size !== size));
    return shape.map((size, axis) => {
      const parts = this.inputs.flatMap((input) => input[axis] ?? []);
      const [first] = parts;
      if (axis !== at || first === undefined || first.label === 'batch')
        return parts.find(({ draft: worked }) => worked !== null) ?? first ?? given('size', size);
      const whole = this.compute(
        first.label,
        sum(...parts.map((part) => sizeOf(part, inputRole(part.label)))),
      );
      return whole.size === size ? whole : given(first.label, size);
    });
  }

  private viewed(shape: readonly number[]): readonly Axis[] {
    const groups = regroup(this.input, shape);
    if (groups === undefined) return opaque({ shape, dtype: 'float32' }, this.input[0]?.label === 'batch');
    const rank = groups.reduce((count, { after }) => count + after.length, 0);
    const axes: Axis[] = [];
    for (const group of groups) axes.push(...this.regrouped(group, rank, axes));
    return axes;
  }

  private regrouped({ before, after }: Regrouping, rank: number, taken: readonly Axis[]): readonly Axis[] {
    const [only] = after;
    if (after.length === 1 && only !== undefined) {
      const telling = before.filter((axis) => axis.draft !== null || axis.size !== 1);
      const [axis, ...others] = telling.length > 0 ? telling : before;
      if (axis === undefined) return [given('size', only)];
      if (others.length === 0) return [axis];
      const label: SizeLabel = taken.length === rank - 1 && rank <= 2 ? 'features' : 'length';
      return [
        this.compute(label, product(...telling.map((each) => sizeOf(each, inputRole(each.label)))), taken),
      ];
    }
    const [axis] = before;
    return after.map((size, at): Axis => {
      const last = at === after.length - 1;
      return given(last && before.length === 1 && axis !== undefined ? axis.label : 'size', size);
    });
  }
}

/** The role of a size as it comes into a call. */
function inputRole(label: AxisLabel): Role {
  switch (label) {
    case 'channels':
      return 'channels';
    case 'depth':
      return 'in_depth';
    case 'height':
      return 'in_height';
    case 'width':
      return 'in_width';
    case 'length':
      return 'in_length';
    case 'features':
      return 'in_features';
    case 'batch':
      return 'batch_size';
    case 'size':
      return 'elements';
  }
}

/** A second axis of the same label in one shape needs a name of its own. */
function whatOf(label: SizeLabel, taken: readonly Axis[]): What {
  const before = taken.filter((axis) => axis.draft !== null && axis.label === label).length;
  const name = before === 0 ? label : `size-${before + 1}`;
  return isWhat(name) ? name : 'size';
}
