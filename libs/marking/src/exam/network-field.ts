import { z } from 'zod';
import { Prose } from './fields.js';

/** Sizes without the batch, such as [3, 128, 128]. */
export const ShapeField = z.array(z.int().positive().max(1_000_000)).min(1).max(6);

/** PyTorch code that defines a network: it is read, never run. */
export const CodeNetwork = z.strictObject({
  code: Prose,
  call: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe(
      'How the network is built, such as Net(num_classes=10); may be left out when there is one model',
    ),
  input: ShapeField,
});

/** Layers in order, in the form of the network room; checked there. */
export const LayersNetwork = z.strictObject({
  input: ShapeField,
  layers: z.array(z.unknown()).min(1).max(1000),
});

/** The network that a question is about: as layers or as PyTorch code. */
export const NetworkField = z.union([LayersNetwork, CodeNetwork]);
export type NetworkField = z.infer<typeof NetworkField>;
