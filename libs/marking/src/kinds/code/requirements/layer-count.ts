import type { CallNode, Network, NetworkNode } from '@tensormark/network';
import { z } from 'zod';
import { layersNamed } from '../computing/named-layers.js';
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

/**
 * How many layers of the types named take part in the forward pass: each once however often it is called, and a function by
 * the weights that it is given. Calls without weights (a ReLU, a pooling) may be counted by layer or by call: where that
 * makes a difference, and where something may be such a layer by hand, a person decides.
 */
export const layerCount: Decide<z.infer<typeof LayerCount>> = (
  { layers, atLeast = 0, atMost = Infinity },
  { network, isSure },
) => {
  const { calls, byHand } = layersNamed(layers, network);
  const least = new Set(calls.map((node) => oneLayer(node, network))).size;
  const most =
    new Set(calls.map((node) => (learns(node, network) ? oneLayer(node, network) : `#${node.id}`))).size +
    byHand.length;
  const [first] = calls;
  const at = first === undefined ? {} : lineOf(first);
  const count = least === most ? `${least}` : `${least} to ${most}`;
  const says = `${count} × ${layers.join(' or ')} in the forward pass`;
  if (!isSure) return { outcome: 'undecided', says: `${says}. Not all was followed.`, ...at };
  const fits = (found: number) => found >= atLeast && found <= atMost;
  if (fits(least) && fits(most)) return { outcome: 'met', says: `${says}.`, ...at };
  if (most < atLeast || least > atMost) return { outcome: 'not-met', says: `${says}.`, ...at };
  return {
    outcome: 'undecided',
    says: `${says}, by what is counted as one; that is for a person.`,
    ...at,
  };
};

/** A layer by its path in the network; a function by the parameter that it is given, and else by its call. */
function oneLayer({ id, layer, modulePath, inputs }: CallNode, { nodes }: Network): string {
  if (layer !== undefined) return modulePath;
  const weight = inputs.find(({ node }) => nodes[node]?.kind === 'state');
  return weight === undefined ? `#${id}` : `weight ${weightOf(nodes[weight.node])}`;
}

function weightOf(node: NetworkNode | undefined): string {
  return node?.kind === 'state' ? JSON.stringify(node.of) : '';
}

function learns({ layer, inputs }: CallNode, { nodes }: Network): boolean {
  return layer === undefined
    ? inputs.some(({ node }) => nodes[node]?.kind === 'state')
    : layer.parameters.length > 0;
}
