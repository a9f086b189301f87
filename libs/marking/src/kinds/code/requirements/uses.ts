import { isCall } from '@tensormark/network';
import { z } from 'zod';
import { LayerNames } from './layer-names.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const Uses = z.strictObject({
  ...requirementFields,
  check: z.literal('uses').describe('Any one of the layers takes part in the forward pass'),
  layers: LayerNames.describe('Any one of these PyTorch layers'),
});

/** Any one of the layers takes part in the forward pass. */
export const uses: Decide<z.infer<typeof Uses>> = ({ layers }, { network, isSure }) => {
  const wanted = new Set(layers);
  const node = network.nodes.filter(isCall).find(({ operation }) => wanted.has(operation));
  if (node !== undefined) return { outcome: 'met', says: `Uses ${node.operation}.`, ...lineOf(node) };
  return {
    outcome: isSure ? 'not-met' : 'undecided',
    says: `${layers.join(' or ')} is not used in what was followed of the forward pass.`,
  };
};
