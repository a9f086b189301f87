import { z } from 'zod';
import { layersNamed } from '../computing/named-layers.js';
import { asWritten } from '../computing/called-by.js';
import { LayerNames } from './layer-names.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const Uses = z.strictObject({
  ...requirementFields,
  check: z.literal('uses').describe('Any one of the layers takes part in the forward pass'),
  layers: LayerNames.describe('Any one of these PyTorch layers'),
});

/** Any one of the layers takes part in the forward pass, as a layer or as its function. What may be one by hand is for a person. */
export const uses: Decide<z.infer<typeof Uses>> = ({ layers }, { network, isSure }) => {
  const { calls, byHand, kin } = layersNamed(layers, network);
  const [node] = calls;
  if (node !== undefined) return { outcome: 'met', says: `Uses ${asWritten(node)}.`, ...lineOf(node) };
  const says = `${layers.join(' or ')} is not used in what was followed of the forward pass`;
  const [other] = [...byHand, ...kin];
  if (other !== undefined)
    return {
      outcome: 'undecided',
      says: `${says}, but ${asWritten(other)} is; whether that counts is for a person.`,
      ...lineOf(other),
    };
  return { outcome: isSure ? 'not-met' : 'undecided', says: `${says}.` };
};
