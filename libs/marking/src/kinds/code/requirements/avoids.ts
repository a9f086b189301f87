import { isCall } from '@tensormark/network';
import { z } from 'zod';
import { LayerNames } from './layer-names.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const Avoids = z.strictObject({
  ...requirementFields,
  check: z.literal('avoids').describe('None of the layers takes part in the forward pass'),
  layers: LayerNames.describe('PyTorch layers or functions of which none may be used'),
});

/** None of the layers takes part in the forward pass. */
export const avoids: Decide<z.infer<typeof Avoids>> = ({ layers }, { network, isSure }) => {
  const unwanted = new Set(layers);
  const node = network.nodes.filter(isCall).find(({ operation }) => unwanted.has(operation));
  if (node !== undefined)
    return { outcome: 'not-met', says: `Uses ${node.operation}, which is not allowed.`, ...lineOf(node) };
  return {
    outcome: isSure ? 'met' : 'undecided',
    says: `${layers.join(' and ')} ${layers.length === 1 ? 'is' : 'are'} not used in what was followed of the forward pass.`,
  };
};
