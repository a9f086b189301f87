import type { DType } from '@tensormark/network';
import { z } from 'zod';
import { Prose } from './fields.js';

/** Sizes without the batch, such as [3, 128, 128]. */
export const ShapeField = z.array(z.int().positive().max(1_000_000)).min(1).max(6);

/** Types that parameters are stored in. */
export const STORED_TYPES = [
  'float64',
  'float32',
  'bfloat16',
  'float16',
  'int32',
  'int16',
  'int8',
  'uint8',
] as const satisfies readonly DType[];

const Stored = z
  .record(z.string().trim().min(1).max(200), z.enum(STORED_TYPES))
  .optional()
  .describe(
    'The types that parameters are stored in, where it is not what the network says: by the name of a parameter, a layer or a block, by a type of layer such as LayerNorm, and under "rest" for all others',
  );

/** How a model is built, such as `Net(num_classes=10)`. */
export const CallField = z.string().trim().min(1).max(500).optional();

/** PyTorch code that defines a network: it is read, never run. */
export const CodeNetwork = z.strictObject({
  code: Prose.describe('PyTorch code that defines the network; it is read, never run'),
  call: CallField.describe(
    'How the network is built, such as Net(num_classes=10); may be left out when there is one model',
  ),
  input: ShapeField.describe('The sizes of one input without the batch, such as [3, 128, 128]'),
  stored: Stored,
});

/** Layers in order, in the form of the network room; checked there. */
export const LayersNetwork = z.strictObject({
  input: ShapeField.describe('The sizes of one input without the batch, such as [3, 128, 128]'),
  layers: z
    .array(z.unknown())
    .min(1)
    .max(1000)
    .describe(
      'Layers in their order, named as in PyTorch, such as Linear: 10, or Conv2d: { out_channels: 64, kernel_size: 3 }; a block has a name and layers of its own',
    ),
  stored: Stored,
});

/** The network that a question is about: as layers or as PyTorch code. */
export const NetworkField = z.union([LayersNetwork, CodeNetwork]);
export type NetworkField = z.infer<typeof NetworkField>;
