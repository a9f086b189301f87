import { isCall, tensorsOf, type CallNode, type Network } from '@tensormark/network';
import { z } from 'zod';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const RawScores = z.strictObject({
  ...requirementFields,
  check: z
    .literal('raw-scores')
    .describe('What comes out are raw scores (logits), on which no softmax or sigmoid has been put'),
});

/** What makes probabilities of scores, or their logarithms. */
const SQUASHES = /^(?:log_?)?(?:softmax|softmin|sigmoid)(?:2d)?_?$/i;
/** What only lays the same numbers out otherwise, or leaves some of them out. */
const LAYS_OUT =
  /^(?:flatten|Flatten|view|reshape|squeeze|unsqueeze|permute|transpose|contiguous|identity|Identity|clone|to|float|dropout|Dropout)_?$/;
/** What gives scores of any size. */
const SCORES =
  /^(?:Linear|linear|Bilinear|Conv\dd|conv\dd|matmul|addmm|bmm|add|iadd|add_|mean|AdaptiveAvgPool\dd|AvgPool\dd|adaptive_avg_pool\dd|avg_pool\dd)$/;

/** What comes out went through no softmax or sigmoid; any other activation at the end is for a person. */
export const rawScores: Decide<z.infer<typeof RawScores>> = (_, { network, isSure }) => {
  const last = lastStep(network);
  if (last === undefined)
    return { outcome: 'undecided', says: 'The forward pass could not be followed to its output.' };
  if (SQUASHES.test(last.operation))
    return {
      outcome: isSure ? 'not-met' : 'undecided',
      says: `What comes out has been through ${last.operation}, and is no raw score any more.`,
      ...lineOf(last),
    };
  if (!isSure || !SCORES.test(last.operation))
    return {
      outcome: 'undecided',
      says: `What comes out is made by ${last.operation}; whether these are raw scores is for a person.`,
      ...lineOf(last),
    };
  return { outcome: 'met', says: `What comes out is made by ${last.operation}, with nothing put on it.` };
};

/** The call that makes the numbers of the first output, whatever lays them out afterwards. */
function lastStep({ nodes, output }: Network): CallNode | undefined {
  let at = tensorsOf(output)[0];
  for (let steps = 0; steps <= nodes.length; steps++) {
    const node = at === undefined ? undefined : nodes[at.node];
    if (node === undefined || !isCall(node)) return undefined;
    if (!LAYS_OUT.test(node.operation)) return node;
    [at] = node.inputs;
  }
  return undefined;
}
