import { isCall, type CallNode, type Network, type NetworkNode, type Tensor } from '@tensormark/network';
import { familyOfType } from './layer-family.js';
import type { Flattened, LayerSurroundings, PoolSurroundings, Surroundings } from './surroundings.js';

/** What stands around the layers of a network, read off its graph. The first call of a layer speaks for it. */
export function surroundingsOf(network: Network): Surroundings {
  const layers = new Map<string, LayerSurroundings>();
  const pools: PoolSurroundings[] = [];
  for (const node of network.nodes) {
    if (!isCall(node)) continue;
    if (node.layer !== undefined && !layers.has(node.modulePath))
      layers.set(node.modulePath, layerSurroundings(network, node));
    const pool = poolOf(node);
    if (pool !== undefined) pools.push(pool);
  }
  for (const { path, layer } of network.modules.values()) {
    if (layer === undefined || layers.has(path)) continue;
    const heads = layer.written['num_heads'] ?? layer.written['nhead'];
    layers.set(path, {
      family: familyOfType(layer.type),
      inputSides: [],
      outputSides: [],
      heads: typeof heads === 'bigint' ? heads : undefined,
    });
  }
  const [input] = network.inputs;
  return {
    layers,
    pools,
    tied: tiedSizes(network),
    inputChannels: size(input?.shape[1]),
    batch: size(input?.shape[0]),
  };
}

function size(written: number | undefined): bigint | undefined {
  return written === undefined ? undefined : BigInt(written);
}

/** The dimensions of a feature map behind its batch and channels. */
function sidesOf(tensor: Tensor | undefined): readonly bigint[] {
  return (tensor?.shape.slice(2) ?? []).map(BigInt);
}

function layerSurroundings(network: Network, node: CallNode): LayerSurroundings {
  const [input] = node.inputs;
  const [output] = node.outputs;
  const family = familyOfType(node.operation);
  const isSpatial = family === 'convolution' || family === 'pooling' || family === 'normalisation';
  const source = input && behindPointwise(network, input);
  const fedBy = source && isCall(source) ? source : undefined;
  const flattened = family === 'linear' && input ? flattenedBefore(network, input) : undefined;
  return {
    family,
    inputSides: isSpatial ? sidesOf(input) : [],
    outputSides: isSpatial ? sidesOf(output) : [],
    flattened,
    directions: family === 'recurrent' ? directionsOf(node) : undefined,
    fedByDirections: fedBy && familyOfType(fedBy.operation) === 'recurrent' ? directionsOf(fedBy) : undefined,
    fedByVocabulary: fedBy && numberOf(fedBy, 'num_embeddings'),
    stride: strideOf(node),
    heads: numberOf(node, 'num_heads') ?? numberOf(node, 'nhead'),
    sequenceLength: sequenceLength(node),
  };
}

function numberOf({ layer }: CallNode, argument: string): bigint | undefined {
  const written = layer?.written[argument];
  return typeof written === 'bigint' ? written : undefined;
}

function strideOf({ call }: CallNode): bigint | undefined {
  const reach = call.reach();
  return reach.kind === 'window' ? size(reach.stride[0]) : undefined;
}

function directionsOf({ layer }: CallNode): bigint {
  return layer?.written['bidirectional'] === true ? 2n : 1n;
}

/** Of `[N, T, …]`, or of `[T, N, …]` where the layer takes its batch second. */
function sequenceLength({ layer, operation, inputs: [input] }: CallNode): bigint | undefined {
  const family = familyOfType(operation);
  if (input === undefined) return undefined;
  if (family === 'embedding') return input.shape.length === 2 ? size(input.shape[1]) : undefined;
  if (family !== 'recurrent' || input.shape.length !== 3) return undefined;
  return size(layer?.written['batch_first'] === true ? input.shape[1] : input.shape[0]);
}

/** Calls that leave the number and order of features as they are. */
function isPointwise({ call, inputs: [input], outputs: [output] }: CallNode): boolean {
  return (
    call.reach().kind === 'pointwise' &&
    input !== undefined &&
    output !== undefined &&
    input.shape.join() === output.shape.join()
  );
}

const LONGEST_WAY = 50;

/** The node whose result comes to a tensor through pointwise calls alone; those with parameters end the way. */
function behindPointwise(network: Network, tensor: Tensor): NetworkNode | undefined {
  let node = network.nodes[tensor.node];
  for (let steps = 0; steps < LONGEST_WAY && node !== undefined; steps += 1) {
    if (!isCall(node) || node.inputs.length !== 1 || !isPointwise(node)) return node;
    const family = familyOfType(node.operation);
    if (family !== 'other' && family !== 'normalisation') return node;
    node = network.nodes[node.inputs[0]?.node ?? -1];
  }
  return undefined;
}

const FLATTENING = new Set(['Flatten', 'flatten', 'view', 'reshape', 'squeeze']);

function flattenedBefore(network: Network, tensor: Tensor): Flattened | undefined {
  const node = behindPointwise(network, tensor);
  if (node === undefined || !isCall(node) || !FLATTENING.has(node.operation)) return undefined;
  const [map] = node.inputs;
  const [, channels, ...sides] = map?.shape ?? [];
  if (map === undefined || channels === undefined || sides.length === 0) return undefined;
  const before = behindPointwise(network, map);
  const pooled = before !== undefined && isCall(before) && /pool/i.test(before.operation);
  return {
    channels: BigInt(channels),
    sides: sides.map(BigInt),
    unpooled: pooled ? sidesOf(before.inputs[0]) : undefined,
  };
}

/** A pooling with a window of its own; one over all places has nothing to give weights to. */
function poolOf(node: CallNode): PoolSurroundings | undefined {
  if (!/^(?:max|avg|Max|Avg)_?[pP]ool/.test(node.operation)) return undefined;
  const reach = node.call.reach();
  const channels = size(node.inputs[0]?.shape[1]);
  if (reach.kind !== 'window' || channels === undefined) return undefined;
  return { module: node.modulePath, kernel: reach.kernel.map(BigInt), channels };
}

function tiedSizes({ parameters }: Network): ReadonlyMap<string, bigint> {
  const sizes = new Map<string, bigint>();
  for (const { names, shape } of parameters) {
    const count = shape.reduce((product, each) => product * BigInt(each), 1n);
    for (const name of names.slice(1)) sizes.set(name.replace(/\.[^.]*$/, ''), count);
  }
  return sizes;
}
