import { isCall, type CallNode } from '@tensormark/network';
import { z } from 'zod';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const NoBiasBeforeNormalisation = z.strictObject({
  ...requirementFields,
  check: z
    .literal('no-bias-before-normalisation')
    .describe('No layer straight before batch or instance normalisation has a bias'),
});

/** A normalisation that takes away each channel's mean, and with it any bias added just before. */
const TAKES_MEAN = /^(?:Sync)?(?:BatchNorm|InstanceNorm)(?:[123]d)?$/;
const WEIGHTED = /^(?:Conv(?:Transpose)?[123]d|Linear)$/;

/** No convolution or linear layer whose output goes straight into batch or instance normalisation has a bias. */
export const noBiasBeforeNormalisation: Decide<z.infer<typeof NoBiasBeforeNormalisation>> = (
  _,
  { network, isSure },
) => {
  const pairs = network.nodes.filter(isCall).flatMap((norm): { layer: CallNode; norm: CallNode }[] => {
    if (!TAKES_MEAN.test(norm.operation)) return [];
    const [input] = norm.inputs;
    const layer = input === undefined ? undefined : network.nodes[input.node];
    return layer !== undefined && isCall(layer) && WEIGHTED.test(layer.operation) ? [{ layer, norm }] : [];
  });
  const biased = pairs.find(
    ({ layer }) => layer.layer?.parameters.some(({ role }) => role === 'bias') === true,
  );
  if (biased !== undefined) {
    const made = network.modules.get(biased.layer.modulePath);
    return {
      outcome: 'not-met',
      says: `${biased.layer.modulePath} has a bias, which ${biased.norm.operation} after it takes away again.`,
      ...(made === undefined ? lineOf(biased.layer) : lineOf(made)),
    };
  }
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
    : { outcome: 'met', says: `None of the ${pairs.length} layers before a normalisation has a bias.` };
};
