import { MULTIPLY_ACCUMULATES, type CostConvention } from '../costs.js';
import { evaluateInteger } from '../formula/evaluate.js';
import { literal, part, product, sum, type Formula } from '../formula/formula.js';
import { byteCount, elementCount, type TensorType } from '../tensor.js';
import { isCall, type CallNode, type Module, type Network, type Parameter } from './network.js';

/** Which parameters a total counts. */
export interface CountingConvention {
  /** False leaves out every parameter of role `bias`. */
  readonly biases: boolean;
  /** True adds the statistics that normalisations keep (`running_mean`, `running_var`), which PyTorch holds as buffers. */
  readonly runningStatistics: boolean;
  /** Tied weights once, as PyTorch's `parameters()` gives them, or once a name. */
  readonly shared: 'once' | 'each-time';
}

export const PYTORCH_COUNTING: CountingConvention = {
  biases: true,
  runningStatistics: false,
  shared: 'once',
};

export interface ParameterTotals {
  readonly parameters: bigint;
  readonly trainable: bigint;
  /** Elements of the buffers, whether counted among the parameters or not. */
  readonly buffers: bigint;
}

/** Totals of a network, or of one module with all below it. */
export function countParameters(
  network: Network,
  convention: CountingConvention = PYTORCH_COUNTING,
  path = '',
): ParameterTotals {
  let parameters = 0n;
  let trainable = 0n;
  let buffers = 0n;
  for (const parameter of network.parameters) {
    const times = BigInt(timesCounted(parameter, path, convention));
    if (times === 0n || (parameter.role === 'bias' && !convention.biases)) continue;
    const count = elementCount(parameter.shape) * times;
    parameters += count;
    if (parameter.trainable) trainable += count;
  }
  for (const buffer of network.buffers) {
    if (!buffer.names.some((name) => isBelow(name, path))) continue;
    const count = elementCount(buffer.shape);
    buffers += count;
    if (convention.runningStatistics && buffer.role === 'statistic') parameters += count;
  }
  return { parameters, trainable, buffers };
}

function timesCounted({ names }: Parameter, path: string, { shared }: CountingConvention): number {
  const below = names.filter((name) => isBelow(name, path)).length;
  return shared === 'once' ? Math.min(below, 1) : below;
}

/** Whether a dotted name stands below a module; everything does below the root. */
export function isBelow(name: string, path: string): boolean {
  return path === '' || (name.startsWith(path) && name.charAt(path.length) === '.');
}

/**
 * The number of parameters as a sum over the modules that own some, each under its path: what a derivation shows and
 * what a search for misconceptions rewrites. Its value is the total of {@link countParameters}.
 */
export function parameterFormula(
  network: Network,
  convention: CountingConvention = PYTORCH_COUNTING,
  path = '',
): Formula {
  const counted = new Set<number>();
  const terms: Formula[] = [];
  for (const module of network.modules.values()) {
    if (module.path !== path && !isBelow(module.path, path)) continue;
    const own = ownFormula(network, module, convention, counted);
    if (own) terms.push(part(module.path === '' ? module.type : module.path, own));
  }
  return sum(...terms);
}

function ownFormula(
  network: Network,
  module: Module,
  convention: CountingConvention,
  counted: Set<number>,
): Formula | undefined {
  const entries = [...module.parameters].filter(
    ([, id]) =>
      !(convention.shared === 'once' && counted.has(id)) &&
      !(network.parameters[id]?.role === 'bias' && !convention.biases),
  );
  for (const [, id] of entries) counted.add(id);
  const statistics = convention.runningStatistics ? statisticsOf(network, module) : [];
  if (entries.length === 0 && statistics.length === 0) return undefined;
  const { layer } = module;
  // The factored form speaks of all of a layer's own parameters and its children's: only where it owns just these.
  const whole =
    layer && layer.children.length === 0 && entries.length === layer.parameters.length && entries.length > 0;
  const specs = new Map(layer?.parameters.map((spec) => [spec.name, spec.formula]));
  const weights = whole
    ? [layer.parameterFormula()]
    : entries.map(([name, id]) => part(name, specs.get(name) ?? sizes(network.parameters[id]?.shape ?? [])));
  return sum(...weights, ...statistics);
}

function statisticsOf(network: Network, module: Module): readonly Formula[] {
  return [...module.buffers].flatMap(([name, id]) => {
    const buffer = network.buffers[id];
    return buffer?.role === 'statistic' ? [part(name, sizes(buffer.shape))] : [];
  });
}

function sizes(shape: readonly number[]): Formula {
  return product(...shape.map(literal));
}

/** The calls made in a module's forward and all below it. */
export function callsBelow(network: Network, path = ''): readonly CallNode[] {
  return network.nodes
    .filter(isCall)
    .filter(({ modulePath }) => modulePath === path || isBelow(modulePath, path));
}

/** The work of a forward pass, or of one module's part in it, under a convention. */
export function countCosts(
  network: Network,
  convention: CostConvention = MULTIPLY_ACCUMULATES,
  path = '',
): bigint {
  let total = 0n;
  for (const node of callsBelow(network, path)) total += nodeCost(node, convention);
  return total;
}

/** The work of one call under a convention. */
export function nodeCost(node: CallNode, convention: CostConvention = MULTIPLY_ACCUMULATES): bigint {
  let total = 0n;
  for (const { kind, count } of node.call.costs(node.outputs)) {
    const weight = convention.weights[kind];
    if (weight !== undefined) total += weight * evaluateInteger(count);
  }
  return total;
}

/** What memory a forward pass needs, in bytes, exactly; a unit is chosen where it is printed. */
export interface MemoryTotals {
  /** Outputs of every layer and operation kept, as for training. */
  readonly activations: bigint;
  readonly parameters: bigint;
  readonly buffers: bigint;
  readonly inputs: bigint;
}

export function countMemory(network: Network): MemoryTotals {
  return {
    activations: bytesOf(network.nodes.filter(isCall).flatMap((node) => node.outputs)),
    parameters: bytesOf(network.parameters),
    buffers: bytesOf(network.buffers),
    inputs: bytesOf(network.inputs),
  };
}

function bytesOf(types: readonly TensorType[]): bigint {
  return types.reduce((total, type) => total + byteCount(type), 0n);
}

/** Units of memory, told apart: kB is 1000 bytes and KiB 1024. */
export const MEMORY_UNITS = {
  B: 1n,
  kB: 1000n,
  MB: 1000n ** 2n,
  GB: 1000n ** 3n,
  KiB: 1024n,
  MiB: 1024n ** 2n,
  GiB: 1024n ** 3n,
} as const;
export type MemoryUnit = keyof typeof MEMORY_UNITS;
