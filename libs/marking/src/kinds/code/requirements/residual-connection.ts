import { z } from 'zod';
import { residualConnection as connectionIn } from '../residual.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const ResidualConnection = z.strictObject({
  ...requirementFields,
  check: z.literal('residual-connection').describe('A tensor is added to what layers made of it'),
});

/** A tensor, as it is or projected, is added to what layers with weights made of it. */
export const residualConnection: Decide<z.infer<typeof ResidualConnection>> = (_, { network, isSure }) => {
  const found = connectionIn(network);
  switch (found.kind) {
    case 'sure':
      return {
        outcome: 'met',
        says: 'A tensor is added to what was computed from it.',
        ...lineOf(found.node),
      };
    case 'perhaps':
      return {
        outcome: 'undecided',
        says: 'Two tensors that were computed from the same are joined; whether one of them is a shortcut is for a person.',
        ...lineOf(found.node),
      };
    case 'none':
      return {
        outcome: isSure ? 'not-met' : 'undecided',
        says: 'No addition joins a tensor with what was computed from it.',
      };
  }
};
