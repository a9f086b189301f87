import { isCall, type CallNode, type Network } from '@tensormark/network';
import { computedBy } from './called-by.js';
import { isFlow } from './flow.js';

/** Whether numbers are raw scores, went through a softmax or sigmoid, or may be either. */
export type Rawness =
  | { readonly kind: 'raw' | 'squashed'; readonly by: CallNode }
  | { readonly kind: 'unknown'; readonly by: CallNode | undefined };

/** What makes probabilities of scores, or their logarithms. */
const SQUASHES = /^(?:softmax|softmax2d|softmin|logsoftmax|sigmoid|logsigmoid|hardsigmoid)$/;
/** What gives scores of any size. */
const SCORES = /^(?:linear|bilinear|conv\dd|convtranspose\dd|separableconv\dd|matmul|mm|bmm|addmm)$/;
/** What gives on its numbers, laid out otherwise, averaged or summed. */
const GIVES_ON =
  /^(?:flatten|view|reshape|squeeze|unsqueeze|permute|transpose|contiguous|identity|clone|to|float|dropout|getitem|mean|sum|adaptiveavgpool\dd|avgpool\dd|add|iadd|average|stack|cat|concatenate)$/;
/** What scales them, where there is but one of them. */
const SCALES = /^(?:mul|imul|div|idiv|truediv|multiply|divide)$/;

const MOST_STEPS = 10_000;

/** Looks back from a node to the calls that made its numbers. */
export function rawness(start: number, network: Network): Rawness {
  const seen = new Set<number>([start]);
  const ends: Rawness[] = [];
  for (const id of seen) {
    const node = network.nodes[id];
    if (node === undefined || !isCall(node) || seen.size > MOST_STEPS) {
      ends.push({ kind: 'unknown', by: undefined });
      continue;
    }
    const { names, other } = computedBy(node);
    const name = names.at(-1) ?? '';
    const flows = node.inputs.filter((input) => isFlow(input.node, network));
    if (other) ends.push({ kind: 'unknown', by: node });
    else if (SQUASHES.test(name)) ends.push({ kind: 'squashed', by: node });
    else if (SCORES.test(name)) ends.push({ kind: 'raw', by: node });
    else if (flows.length > 0 && (GIVES_ON.test(name) || (SCALES.test(name) && flows.length === 1)))
      for (const input of flows) seen.add(input.node);
    else ends.push({ kind: 'unknown', by: node });
  }
  const squashed = ends.filter(({ kind }) => kind === 'squashed');
  const raw = ends.find(({ kind }) => kind === 'raw');
  if (squashed[0] !== undefined && squashed.length === ends.length) return squashed[0];
  // A sum with scores of any size is of any size, whatever else is in it but probabilities.
  if (squashed.length === 0 && raw !== undefined) return raw;
  return { kind: 'unknown', by: ends.find(({ kind }) => kind !== 'raw')?.by };
}
