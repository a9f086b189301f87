import { z } from 'zod';
import { requirementFields, type Decide } from './requirement.js';

export const TrainsOnOneBatch = z.strictObject({
  ...requirementFields,
  check: z.literal('trains-on-one-batch'),
});

/** The network learns one batch by heart when it is run. Not run, or run in vain, is never held against the work. */
export const trainsOnOneBatch: Decide<z.infer<typeof TrainsOnOneBatch>> = (_, { run, isSure }) => {
  if (run === undefined)
    return {
      outcome: 'undecided',
      says: 'Not run yet: whether the network trains on one batch is still to be seen.',
    };
  if (run.kind === 'not-run')
    return { outcome: 'undecided', says: `Could not be run: ${run.why} That is no fault of the work.` };
  if (!isSure) return { outcome: 'undecided', says: `${run.says} Not all of the code was followed.`, run };
  return { outcome: run.trained ? 'met' : 'not-met', says: run.says, run };
};
