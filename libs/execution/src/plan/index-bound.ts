import { isCall, isGraphTensor, isIntegral, type CallNode, type Network } from '@tensormark/network';

/** What hands whole numbers on as they are. */
const HANDED_ON = new Set([
  'view',
  'reshape',
  'flatten',
  'Flatten',
  'permute',
  'transpose',
  't',
  'squeeze',
  'unsqueeze',
  'contiguous',
  'clone',
  'detach',
  'getitem',
  'select',
  'narrow',
  'long',
  'int',
  'expand',
  'repeat',
  'flip',
  'roll',
  'cpu',
  'cuda',
  'Identity',
]);

/** One past the largest index that every lookup an input flows into takes; undefined where it flows into none. */
export function indexBound(network: Network, input: number): number | undefined {
  const type = network.nodes[input]?.outputs[0];
  if (!type || !isIntegral(type.dtype)) return undefined;
  const carrying = new Set([input]);
  let bound: number | undefined;
  for (const node of network.nodes) {
    if (!isCall(node) || !node.inputs.some((tensor) => carrying.has(tensor.node))) continue;
    const rows = rowsLookedUp(node, carrying);
    if (rows !== undefined) bound = Math.min(bound ?? rows, rows);
    else if (HANDED_ON.has(node.operation)) carrying.add(node.id);
  }
  return bound;
}

function rowsLookedUp(node: CallNode, carrying: ReadonlySet<number>): number | undefined {
  const { input, weight } = node.call.arguments;
  if (!isGraphTensor(input) || !carrying.has(input.node)) return undefined;
  if (node.operation === 'Embedding' || node.operation === 'EmbeddingBag') {
    const rows = node.layer?.config['num_embeddings'];
    return typeof rows === 'number' ? rows : undefined;
  }
  return node.operation === 'embedding' && isGraphTensor(weight) ? weight.shape[0] : undefined;
}
