import type { Network } from '@tensormark/network';

/** Whether a node's tensor comes of what flows in, and is no parameter, buffer or constant. */
export function isFlow(id: number, { nodes }: Network): boolean {
  const node = nodes[id];
  return node !== undefined && (node.kind === 'input' || node.kind === 'call');
}
