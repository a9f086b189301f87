import { z } from 'zod';
import { residualConnection as connectionIn } from '../residual.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const ResidualConnection = z.strictObject({
  ...requirementFields,
  check: z.literal('residual-connection').describe('A tensor is added to what layers made of it'),
});

/** A tensor is added to what layers with parameters made of it. */
export const residualConnection: Decide<z.infer<typeof ResidualConnection>> = (_, { network, isSure }) => {
  const node = connectionIn(network);
  if (node !== undefined)
    return { outcome: 'met', says: 'A tensor is added to what was computed from it.', ...lineOf(node) };
  return {
    outcome: isSure ? 'not-met' : 'undecided',
    says: 'No addition joins a tensor with what was computed from it.',
  };
};
