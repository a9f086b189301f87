import { isCall, kerasType, type Network, type NetworkNode } from '@tensormark/network';
import { given, spatialLabels, usualLabels, type Axis } from './axes.js';

/** Whether a network is made of Keras's layers. */
export function isOfKeras({ nodes }: Network): boolean {
  return nodes.some(
    (node) => isCall(node) && node.layer !== undefined && kerasType(node.layer) !== undefined,
  );
}

/**
 * The axes of a network of Keras, whose maps have their channels last unless a layer says otherwise. They come channels first all the
 * same, as those of every other network do, so that an answer in either order is one.
 */
export function kerasAxes(network: Network): ReadonlyMap<number, readonly (readonly Axis[])[]> {
  return new Map(
    network.nodes.map((node) => [node.id, node.outputs.map(({ shape }) => axesOfShape(node, shape))]),
  );
}

function axesOfShape(node: NetworkNode, shape: readonly number[]): readonly Axis[] {
  const [batch, ...sizes] = shape;
  if (batch === undefined) return [];
  return [given('batch', batch), ...labelled(node, sizes)];
}

function labelled(node: NetworkNode, sizes: readonly number[]): readonly Axis[] {
  const rank = sizes.length;
  const isOfIndices = node.kind === 'input' && node.outputs[0]?.dtype !== 'float32';
  if (rank === 1 && isOfIndices) return sizes.map((size) => given('length', size));
  const channels = sizes.at(-1);
  if (rank < 3 || channels === undefined || isChannelsFirst(node)) {
    const labels = usualLabels(rank, 'features-last');
    return sizes.map((size, at) => given(labels[at] ?? 'size', size));
  }
  const labels = spatialLabels(rank - 1);
  const spatial = sizes.slice(0, -1).map((size, at) => given(labels[at] ?? 'size', size));
  return [given('channels', channels), ...spatial];
}

function isChannelsFirst(node: NetworkNode): boolean {
  return isCall(node) && node.layer?.config['data_format'] === 'channels_first';
}
