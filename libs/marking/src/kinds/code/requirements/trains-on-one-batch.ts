import { z } from 'zod';
import { trainingInWords } from '../run-evidence.js';
import type { Ran } from '../network-run.js';
import { requirementFields, type Decide } from './requirement.js';

export const TrainsOnOneBatch = z.strictObject({
  ...requirementFields,
  check: z.literal('trains-on-one-batch').describe('The network learns one batch by heart when it is run'),
  loss: z
    .enum(['CrossEntropyLoss', 'NLLLoss', 'BCELoss', 'BCEWithLogitsLoss', 'MSELoss', 'L1Loss'])
    .optional()
    .describe('What it is trained for where the answer computes no loss; by default cross-entropy of scores'),
});

/**
 * The network learns one batch by heart when it is run. Not run, or run in vain, is never held against the work; nor is
 * training that was not the answer's own in loss, optimiser and rate.
 */
export const trainsOnOneBatch: Decide<z.infer<typeof TrainsOnOneBatch>> = (_, { run, isSure }) => {
  if (run === undefined)
    return {
      outcome: 'undecided',
      says: 'Not run yet: whether the network trains on one batch is still to be seen.',
    };
  if (run.kind === 'not-run')
    return { outcome: 'undecided', says: `Not run: ${run.why} That by itself costs nothing.` };
  const says = trainingInWords(run);
  if (!isSure) return { outcome: 'undecided', says: `${says} Not all of the code was followed.`, run };
  const trained = hasTrained(run);
  if (trained === undefined) return { outcome: 'undecided', says: `${says} A person decides.`, run };
  return { outcome: trained ? 'met' : 'not-met', says, run };
};

/** Undefined where it neither fitted nor clearly failed by what the answer itself says. */
function hasTrained({ training }: Ran): boolean | undefined {
  if (training === undefined) return undefined;
  const { ended, losses, own } = training;
  if (ended === 'fitted') return true;
  if (!own) return undefined;
  if (ended === 'not-finite') return false;
  const [first] = losses;
  const last = losses.at(-1);
  const fell = typeof first === 'number' && typeof last === 'number' && last < first;
  return ended === 'steps' && !fell ? false : undefined;
}
