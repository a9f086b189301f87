import { literal, product, rewrite, sum, type Formula, type Role } from '@tensormark/network';
import { draft, valueOf, written, type Draft } from '../draft.js';
import { asSize, sizeOf, type Axis } from '../layout/axes.js';
import type { Site } from '../layout/sites.js';
import type { What } from '../what.js';
import type { Counting } from './count.js';
import { isZero } from './layers/layer-count.js';
import { isCall, membersOf } from './members.js';
import { sizesOf } from './sizes.js';

/** Multiply-accumulates of convolutions and matrix products, and FLOPs by the convention's reckoning. */
export function countWork(counting: Counting, of: string, what: What): Draft | undefined {
  switch (what) {
    case 'multiply-accumulates':
      return isCall(counting, of) ? ofCall(counting, of) : ofBlock(counting, of);
    case 'work-per-step':
      return perStep(counting, of);
    case 'work-per-output':
      return perOutput(counting, of);
    case 'flops':
      return flops(counting, of);
    default:
      return undefined;
  }
}

function flops(counting: Counting, of: string): Draft | undefined {
  const products = counting.draft(of, 'multiply-accumulates');
  if (products === undefined) return undefined;
  const once = counting.convention.work === 'multiply-accumulates';
  const inside = isCall(counting, of) ? written(products) : valueOf(products, 'operations');
  const members = isCall(counting, of) ? [] : membersOf(counting, of);
  const parts = members.flatMap((member) => counting.draft(member, 'flops') ?? []);
  const terms = parts.filter(({ formula }) => !isZero(formula)).map((each) => valueOf(each, 'operations'));
  return draft(
    of,
    'flops',
    once ? inside : product(literal(2), inside),
    terms.length > 1 ? [sum(...terms)] : [],
  );
}

function ofBlock(counting: Counting, of: string): Draft | undefined {
  if (!counting.network.modules.has(of)) return undefined;
  const parts = membersOf(counting, of).flatMap(
    (member) => counting.draft(member, 'multiply-accumulates') ?? [],
  );
  const terms = parts.filter(({ formula }) => !isZero(formula)).map((each) => valueOf(each, 'operations'));
  return draft(of, 'multiply-accumulates', sum(...terms));
}

const RECURRENT = /^(?:RNN|LSTM|GRU)$/;

function ofCall(counting: Counting, of: string): Draft | undefined {
  const site = counting.layout.sites.byName.get(of);
  if (site === undefined) return undefined;
  const type = site.node.layer?.type ?? '';
  const each = /^Conv\dd$/.test(type) ? counting.draft(of, 'work-per-output') : undefined;
  if (each !== undefined) {
    const sizes = sizesOf(axesOf(counting, site)).map(({ axis }) => sizeOf(axis));
    return draft(of, 'multiply-accumulates', product(...sizes, written(each)), byWeights(counting, site));
  }
  if (RECURRENT.test(type)) {
    const step = counting.draft(of, 'work-per-step');
    const length = lengthOf(inputAxes(counting, site));
    if (step !== undefined && length !== undefined)
      return draft(of, 'multiply-accumulates', product(sizeOf(length, 'sequence_length'), written(step)));
  }
  return draft(of, 'multiply-accumulates', workOf(counting, site), byWeights(counting, site));
}

/** What each output element of a convolution takes: as much as a filter has weights. */
function perOutput(counting: Counting, of: string): Draft | undefined {
  const site = counting.layout.sites.byName.get(of);
  if (site?.node.layer === undefined || !/^Conv\dd$/.test(site.node.layer.type)) return undefined;
  const filter = counting.draft(site.node.modulePath, 'weights-per-filter');
  return filter === undefined ? undefined : draft(of, 'work-per-output', filter.formula);
}

/** A recurrent layer multiplies each of its weights once a time step. */
function perStep(counting: Counting, of: string): Draft | undefined {
  const site = counting.layout.sites.byName.get(of);
  if (site?.node.layer === undefined || !RECURRENT.test(site.node.layer.type)) return undefined;
  const weights = counting.draft(site.node.modulePath, 'weights');
  return weights === undefined ? undefined : draft(of, 'work-per-step', weights.formula);
}

function workOf(counting: Counting, site: Site): Formula {
  return sum(...worksOf(counting, site));
}

function worksOf(counting: Counting, site: Site): readonly Formula[] {
  const { call, outputs } = site.node;
  return call
    .costs(outputs)
    .filter(({ kind }) => kind === 'multiply-accumulate')
    .map(({ count }) => settled(counting, site, count));
}

/** A convolution or linear layer multiplies each weight once at each place. */
function byWeights(counting: Counting, site: Site): readonly Formula[] {
  const { layer, modulePath } = site.node;
  if (layer === undefined || !/^(?:Conv\dd|Linear)$/.test(layer.type)) return [];
  const weights = counting.draft(modulePath, 'weights');
  if (weights === undefined) return [];
  const isConvolution = layer.type !== 'Linear';
  const places = sizesOf(axesOf(counting, site)).filter((_, at, all) =>
    isConvolution ? at > 0 : at < all.length - 1,
  );
  return [product(...places.map(({ axis }) => sizeOf(axis)), valueOf(weights, 'num_parameters'))];
}

/** The sizes in a formula of costs as the nodes that they are the values of; a batch of one is left out. */
function settled(counting: Counting, site: Site, formula: Formula): Formula {
  const axes = axesByRole(inputAxes(counting, site), axesOf(counting, site));
  const sized = rewrite(formula, (node) =>
    node.kind === 'quantity' ? asSize(axes(node.role, node.value), node.role, node.value) : undefined,
  );
  return rewrite(sized, (node) => {
    if (node.kind !== 'product') return undefined;
    const factors = node.factors.filter(
      (factor) => !(factor.kind === 'quantity' && factor.role === 'batch_size' && factor.value === 1n),
    );
    return factors.length === node.factors.length ? undefined : product(...factors);
  });
}

function axesByRole(
  input: readonly Axis[],
  output: readonly Axis[],
): (role: Role, value: bigint) => Axis | undefined {
  const labelled = (axes: readonly Axis[], label: string): Axis | undefined =>
    axes.find((axis) => axis.label === label);
  return (role, value) => {
    if (role.startsWith('out_')) return labelled(output, role.slice('out_'.length));
    switch (role) {
      case 'in_channels':
        return labelled(input, 'channels');
      case 'in_height':
      case 'in_width':
      case 'in_depth':
      case 'in_length':
        return labelled(input, role.slice('in_'.length));
      case 'in_features':
      case 'input_size':
      case 'embed_dim':
      case 'inner_size':
        return input.at(-1);
      case 'sequence_length':
      case 'target_length':
      case 'source_length':
        return labelled(input, 'length');
      case 'positions':
        return input.find((axis) => axis.draft !== null && BigInt(axis.size) === value);
      case 'rows':
        return output.at(-2);
      case 'columns':
        return output.at(-1);
      default:
        return undefined;
    }
  };
}

function axesOf({ layout }: Counting, { node }: Site): readonly Axis[] {
  const [output] = node.outputs;
  return output === undefined ? [] : layout.axesOf(output);
}

function inputAxes({ layout }: Counting, { node }: Site): readonly Axis[] {
  const [input] = node.inputs;
  return input === undefined ? [] : layout.axesOf(input);
}

function lengthOf(axes: readonly Axis[]): Axis | undefined {
  return axes.find(({ label }) => label === 'length');
}
