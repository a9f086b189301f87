import { isCall } from '@tensormark/network';
import { z } from 'zod';
import { LayerNames } from './layer-names.js';
import { lineOf, requirementFields, type Decide } from './requirement.js';

export const LayerCount = z
  .strictObject({
    ...requirementFields,
    check: z
      .literal('layer-count')
      .describe('So many layers of the types named take part in the forward pass'),
    layers: LayerNames.describe('The PyTorch layers that are counted together, such as [Conv2d]'),
    atLeast: z.int().nonnegative().max(100_000).optional().describe('The fewest of them'),
    atMost: z.int().nonnegative().max(100_000).optional().describe('The most of them'),
  })
  .refine(({ atLeast = 0, atMost = Infinity }) => atLeast <= atMost, {
    message: 'atLeast is more than atMost, which no network can meet',
  });

/** How many layers of the types named take part in the forward pass, each once however often it is called. */
export const layerCount: Decide<z.infer<typeof LayerCount>> = (
  { layers, atLeast = 0, atMost = Infinity },
  { network, isSure },
) => {
  const wanted = new Set(layers);
  const found = new Map<string, ReturnType<typeof lineOf>>();
  for (const node of network.nodes.filter(isCall)) {
    if (!wanted.has(node.operation)) continue;
    const key = node.layer === undefined ? `#${node.id}` : node.modulePath;
    if (!found.has(key)) found.set(key, lineOf(node));
  }
  const [first = {}] = found.values();
  const says = `${found.size} × ${layers.join(' or ')} in the forward pass.`;
  if (!isSure) return { outcome: 'undecided', says: `${says} Not all was followed.`, ...first };
  const fits = found.size >= atLeast && found.size <= atMost;
  return { outcome: fits ? 'met' : 'not-met', says, ...first };
};
