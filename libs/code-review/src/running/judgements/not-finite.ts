import { isCall, type Network } from '@tensormark/network';
import { judgement, numbers } from '../judgement.js';

export const notFinite = judgement({
  id: 'not-finite',
  title: 'NaN or infinity in the forward pass',
  severity: 'warning',
  why: 'One such number makes the loss and every gradient NaN, and training cannot recover.',
  instead:
    'Keep the argument away from where the function is not defined: clamp it, add a small constant, or use a stable form.',
  probe: 'finite',
  ofStart: true,
  judge({ forward }, { network }) {
    if (forward === undefined || !isLearned(network, forward.step)) return undefined;
    return {
      message: `${forward.operation} gives ${forward.what === 'NaN' ? 'NaN' : 'infinity'} on inputs of mean 0 and deviation 1.`,
      place: forward.place,
      evidence: [numbers([`share of its elements that are ${forward.what}`, forward.share])],
    };
  },
});

/** Whether a layer with parameters stands before a call: what is done to the data itself depends on the data. */
function isLearned(network: Network, step: number): boolean {
  const waiting = [step];
  const seen = new Set<number>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = network.nodes[next];
    if (node === undefined || seen.has(next)) continue;
    seen.add(next);
    if (!isCall(node)) continue;
    if ((node.layer?.parameters.length ?? 0) > 0) return true;
    waiting.push(...node.inputs.map((tensor) => tensor.node));
  }
  return false;
}
