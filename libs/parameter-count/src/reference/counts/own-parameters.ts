import {
  literal,
  product,
  quantity,
  sum,
  type Formula,
  type Layer,
  type Module,
  type Network,
  type Parameter,
  type Role,
} from '@tensormark/network';
import type { Convention } from '../convention.js';
import { draft, valueOf, type Draft } from '../draft.js';
import { asSize } from '../layout/axes.js';
import type { Layout } from '../layout/layout.js';
import type { What } from '../what.js';
import { placed, type LayerCount } from './layers/layer-count.js';
import { countLayer } from './layers/table.js';

/** What a module's own parameters come to, its children's left out. */
export interface OwnParameters {
  readonly count: LayerCount;
  /** Those that learn: all of them, unless some are frozen. */
  readonly trainable: Formula;
  readonly frozen: Formula;
  /** What normalisations keep of the data. */
  readonly statistics: Formula;
  readonly steps: ReadonlyMap<What, Draft>;
  /** Parameters that a class registers itself, each a node of its own: `pos_embedding`. */
  readonly registered: readonly Draft[];
}

const NOTHING = literal(0);

export function ownParameters(layout: Layout, module: Module, convention: Convention): OwnParameters {
  const { network } = layout;
  const entries = entriesOf(module, network);
  const statistics = statisticsOf(module, network);
  const { layer } = module;
  if (layer !== undefined && layer.parameters.length > 0 && isAsBuilt(layer, entries))
    return ofLayer(layout, module, layer, entries, statistics, convention);
  const counted = entries.filter(
    ({ parameter }) => convention.bias !== 'without' || parameter.role !== 'bias',
  );
  const drafts = counted.map(({ name, parameter }) => ({
    parameter,
    draft: registered(module, name, parameter),
  }));
  const total = (wanted: (parameter: Parameter) => boolean): Formula =>
    sum(
      ...drafts.filter((each) => wanted(each.parameter)).map((each) => valueOf(each.draft, 'num_parameters')),
    );
  return {
    count: {
      weights: total(({ role }) => role === 'weight'),
      biases: total(({ role }) => role === 'bias'),
      learnable: total(() => true),
    },
    trainable: total(({ trainable }) => trainable),
    frozen: total(({ trainable }) => !trainable),
    statistics,
    steps: new Map(),
    registered: drafts.map((each) => each.draft),
  };
}

interface Entry {
  readonly name: string;
  readonly parameter: Parameter;
}

/** A parameter under two names of one module counts once. */
function entriesOf({ parameters }: Module, network: Network): readonly Entry[] {
  const seen = new Set<number>();
  return [...parameters].flatMap(([name, id]) => {
    const parameter = network.parameters[id];
    if (parameter === undefined || seen.has(id)) return [];
    seen.add(id);
    return [{ name, parameter }];
  });
}

/** Whether the module has just the parameters that its layer made. */
function isAsBuilt({ parameters }: Layer, entries: readonly Entry[]): boolean {
  return (
    parameters.length === entries.length &&
    parameters.every(({ name, shape }) =>
      entries.some((each) => each.name === name && each.parameter.shape.join() === shape.join()),
    )
  );
}

function ofLayer(
  layout: Layout,
  { path }: Module,
  layer: Layer,
  entries: readonly Entry[],
  statistics: Formula,
  convention: Convention,
): OwnParameters {
  const counted = underConvention(layer, convention);
  const incoming = incomingOf(layout, path);
  const at = placed({ of: path, layer: counted, convention, incoming });
  const count = countLayer(at);
  const frozenNames = new Set(
    entries.filter(({ parameter }) => !parameter.trainable).map(({ name }) => name),
  );
  const isFrozen = (name: string): boolean =>
    frozenNames.has(name) ||
    // A bias that only the convention adds is frozen with its layer.
    (frozenNames.size === entries.length && !entries.some((each) => each.name === name));
  const ofThose = (frozen: boolean): Formula =>
    sum(...counted.parameters.filter(({ name }) => isFrozen(name) === frozen).map(({ formula }) => formula));
  const all = counted.parameters.every(({ name }) => !isFrozen(name));
  const none = counted.parameters.every(({ name }) => isFrozen(name));
  return {
    count,
    trainable: all ? count.learnable : none ? NOTHING : ofThose(false),
    frozen: all ? NOTHING : none ? count.learnable : ofThose(true),
    statistics,
    steps: at.steps,
    registered: [],
  };
}

/** The layer as the convention on biases has it. */
function underConvention(layer: Layer, { bias }: Convention): Layer {
  if (bias === 'as-given' || !hasSwitch(layer) || layer.written['bias'] === (bias === 'with')) return layer;
  return layer.definition.build({ positional: [], named: { ...layer.written, bias: bias === 'with' } });
}

/** Whether a layer's `bias` is a plain switch: a normalisation's shift is no bias that one leaves out. */
export function hasSwitch(layer: Layer): boolean {
  return typeof layer.written['bias'] === 'boolean' && !/Norm/.test(layer.type);
}

/** Sizes of what flows into a module at its first call, by the roles that arguments have. */
function incomingOf(layout: Layout, path: string): (role: Role, size: number) => Formula {
  const call = layout.sites.byModule.get(path)?.find(({ node }) => node.layer !== undefined);
  const [tensor] = call?.node.inputs ?? [];
  const axes = tensor === undefined ? [] : layout.axesOf(tensor);
  return (role, size) => {
    const axis =
      role === 'in_channels' || role === 'num_features' || role === 'channels' ? channelsAxis() : axes.at(-1);
    return asSize(axis, role, BigInt(size)) ?? quantity(role, size);
  };
  function channelsAxis() {
    return axes[0]?.label === 'batch' ? axes[1] : axes[0];
  }
}

function registered({ path }: Module, name: string, { shape }: Parameter): Draft {
  const sizes = shape.filter((size) => size !== 1).map((size) => quantity('elements', size));
  return draft(path === '' ? name : `${path}.${name}`, 'parameters', product(...sizes));
}

function statisticsOf({ buffers, layer }: Module, network: Network): Formula {
  const found = [...buffers].flatMap(([, id]) => {
    const buffer = network.buffers[id];
    return buffer?.role === 'statistic' ? [buffer.shape] : [];
  });
  const [first] = found;
  if (first === undefined) return NOTHING;
  const sizes = first.map((size) => quantity(layer === undefined ? 'elements' : 'num_features', size));
  const alike = found.every((shape) => shape.join() === first.join());
  if (alike) return product(...(found.length === 1 ? [] : [literal(found.length)]), ...sizes);
  return sum(...found.map((shape) => product(...shape.map((size) => quantity('elements', size)))));
}
