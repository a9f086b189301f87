import { countParameters } from '@tensormark/network';
import { z } from 'zod';
import { requirementFields, type Decide } from './requirement.js';

export const ParameterBudget = z.strictObject({
  ...requirementFields,
  check: z.literal('parameter-budget').describe('The number of parameters lies within bounds'),
  atMost: z.int().positive().describe('The most parameters that it may have'),
  atLeast: z.int().nonnegative().optional().describe('The fewest that it may have; 0 where left out'),
});

/** The network's parameters, trainable or not, lie within the bounds. */
export const parameterBudget: Decide<z.infer<typeof ParameterBudget>> = (
  { atMost, atLeast = 0 },
  { network, isSure },
) => {
  const { parameters: total } = countParameters(network);
  const shown = total.toLocaleString('en-GB');
  if (!isSure) {
    return {
      outcome: 'undecided',
      says: `At least ${shown} parameters were counted, but not all was followed.`,
    };
  }
  if (total > BigInt(atMost)) {
    return {
      outcome: 'not-met',
      says: `The network has ${shown} parameters, more than ${atMost.toLocaleString('en-GB')}.`,
    };
  }
  if (total < BigInt(atLeast)) {
    return {
      outcome: 'not-met',
      says: `The network has ${shown} parameters, fewer than ${atLeast.toLocaleString('en-GB')}.`,
    };
  }
  return { outcome: 'met', says: `The network has ${shown} parameters.` };
};
