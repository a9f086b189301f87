import { z } from 'zod';
import { layersNamed } from '../computing/named-layers.js';
import { asWritten } from '../computing/called-by.js';
import { LayerNames } from './layer-names.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const Avoids = z.strictObject({
  ...requirementFields,
  check: z.literal('avoids').describe('None of the layers takes part in the forward pass'),
  layers: LayerNames.describe('PyTorch layers or functions of which none may be used'),
});

/** None of the layers takes part in the forward pass, neither as a layer nor as its function. */
export const avoids: Decide<z.infer<typeof Avoids>> = ({ layers }, { network, isSure }) => {
  const { calls, byHand } = layersNamed(layers, network);
  const [node] = calls;
  if (node !== undefined)
    return { outcome: 'not-met', says: `Uses ${asWritten(node)}, which is not allowed.`, ...lineOf(node) };
  const says = `${layers.join(' and ')} ${layers.length === 1 ? 'is' : 'are'} not used in what was followed of the forward pass`;
  const [hand] = byHand;
  if (hand !== undefined)
    return {
      outcome: 'undecided',
      says: `${says}, but ${asWritten(hand)} may compute the same; that is for a person.`,
      ...lineOf(hand),
    };
  return { outcome: isSure ? 'met' : 'undecided', says: `${says}.` };
};
