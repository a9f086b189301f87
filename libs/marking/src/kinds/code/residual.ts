import { isCall, type CallNode, type Network } from '@tensormark/network';

const ADDITIONS = new Set(['add', 'iadd', 'add_']);

/**
 * The first addition in which a tensor meets what was computed from it (or from its own source) by layers with
 * parameters: a residual connection, with an identity or a projection as its shortcut.
 */
export function residualConnection(network: Network): CallNode | undefined {
  const ancestors = new Map<number, Set<number>>();
  for (const node of network.nodes) {
    const own = new Set<number>([node.id]);
    if (isCall(node)) {
      for (const input of node.inputs) for (const each of ancestors.get(input.node) ?? []) own.add(each);
    }
    ancestors.set(node.id, own);
  }
  const learns = (id: number): boolean => {
    const node = network.nodes[id];
    return node !== undefined && isCall(node) && (node.layer?.parameters.length ?? 0) > 0;
  };
  const flows = (id: number): boolean => {
    const node = network.nodes[id];
    return node !== undefined && (node.kind === 'input' || isCall(node));
  };
  return network.nodes.filter(isCall).find((node) => {
    if (!ADDITIONS.has(node.operation)) return false;
    const [a, b] = node.inputs.map((input) => ancestors.get(input.node) ?? new Set<number>());
    if (a === undefined || b === undefined) return false;
    const shared = [...a].some((id) => b.has(id) && flows(id));
    const learnt =
      [...a].filter((id) => !b.has(id)).some(learns) || [...b].filter((id) => !a.has(id)).some(learns);
    return shared && learnt;
  });
}
