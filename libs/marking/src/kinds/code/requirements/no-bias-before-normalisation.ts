import { isCall, type CallNode, type Network } from '@tensormark/network';
import { z } from 'zod';
import { asWritten, computedBy } from '../computing/called-by.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const NoBiasBeforeNormalisation = z.strictObject({
  ...requirementFields,
  check: z
    .literal('no-bias-before-normalisation')
    .describe('No layer straight before batch or instance normalisation has a bias'),
});

/** A normalisation that takes away each channel's mean, and with it any bias added just before. */
const TAKES_MEAN = /^(?:batch|instance)norm\dd$/;
const WEIGHTED = /^(?:conv(?:transpose)?|separableconv|depthwiseconv)\dd$|^linear$/;
/** What a bias may go through and still be taken away. */
const BETWEEN =
  /^(?:view|reshape|flatten|squeeze|unsqueeze|permute|transpose|contiguous|identity|(?:avg|max)pool\dd)$/;

interface Pair {
  readonly layer: CallNode;
  readonly norm: CallNode;
  /** The norm is straight after the layer, and nothing else takes what the layer gives. */
  readonly straight: boolean;
}

/** No convolution or linear layer whose output goes straight into batch or instance normalisation has a bias. */
export const noBiasBeforeNormalisation: Decide<z.infer<typeof NoBiasBeforeNormalisation>> = (
  _,
  { network, isSure },
) => {
  const pairs = pairsIn(network);
  const biased = pairs.filter(({ layer }) => hasBias(layer));
  const sure = biased.find(({ straight }) => straight);
  if (sure !== undefined) {
    return {
      outcome: 'not-met',
      says: `${calledOf(sure.layer)} has a bias, which ${asWritten(sure.norm)} after it takes away again.`,
      ...placeOf(sure.layer, network),
    };
  }
  const [loose] = biased;
  if (loose !== undefined)
    return {
      outcome: 'undecided',
      says: `${calledOf(loose.layer)} has a bias, and ${asWritten(loose.norm)} after it, though not straight, may take it away again; that is for a person.`,
      ...placeOf(loose.layer, network),
    };
  if (!isSure)
    return {
      outcome: 'undecided',
      says: 'No bias before a normalisation was seen, but not all was followed.',
    };
  return pairs.length === 0
    ? {
        outcome: 'undecided',
        says: 'No convolution or linear layer stands before a batch or instance normalisation.',
      }
    : {
        outcome: 'met',
        says:
          pairs.length === 1
            ? 'The one layer before a normalisation has no bias.'
            : `None of the ${pairs.length} layers before a normalisation has a bias.`,
      };
};

function pairsIn({ nodes }: Network): Pair[] {
  const calls = nodes.filter(isCall);
  const takers = new Map<number, number>();
  for (const { inputs } of calls)
    for (const { node } of inputs) takers.set(node, (takers.get(node) ?? 0) + 1);
  return calls.flatMap((norm): Pair[] => {
    if (!computedBy(norm).names.some((name) => TAKES_MEAN.test(name))) return [];
    let straight = true;
    let at = norm.inputs[0]?.node;
    for (;;) {
      const node = at === undefined ? undefined : nodes[at];
      if (node === undefined || !isCall(node)) return [];
      const { names, other } = computedBy(node);
      const [name = ''] = names;
      // What an activation is put on before it is normalised keeps what its bias does.
      if (names.length > 1 || other) return [];
      if (WEIGHTED.test(name))
        return [{ layer: node, norm, straight: straight && takers.get(node.id) === 1 }];
      if (!BETWEEN.test(name)) return [];
      straight = false;
      at = node.inputs[0]?.node;
    }
  });
}

function hasBias({ layer, inputs }: CallNode): boolean {
  // The functions take input, weight and bias.
  return layer === undefined ? inputs.length > 2 : layer.parameters.some(({ role }) => role === 'bias');
}

function calledOf(node: CallNode): string {
  return node.layer === undefined || node.modulePath === '' ? asWritten(node) : node.modulePath;
}

function placeOf(node: CallNode, network: Network): { readonly line?: number } {
  const made = node.layer === undefined ? undefined : network.modules.get(node.modulePath);
  return lineOf(made ?? node);
}
