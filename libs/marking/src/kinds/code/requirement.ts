import { z } from 'zod';
import { Identifier, MarksField, Prose } from '../../exam/fields.js';
import { ShapeField } from '../../exam/network-field.js';

const requirementFields = { id: Identifier, says: Prose, marks: MarksField };

/** What the submitted network must be; each is decided from the network that the code describes. */
export const Requirement = z.discriminatedUnion('check', [
  z.strictObject({ ...requirementFields, check: z.literal('reads-without-error') }),
  z.strictObject({ ...requirementFields, check: z.literal('output-shape'), shape: ShapeField }),
  z.strictObject({
    ...requirementFields,
    check: z.literal('parameter-budget'),
    atMost: z.int().positive(),
    atLeast: z.int().nonnegative().optional(),
  }),
  z.strictObject({
    ...requirementFields,
    check: z.literal('uses'),
    layers: z
      .array(z.string().trim().min(1).max(80))
      .min(1)
      .max(20)
      .describe('Any one of these PyTorch layers'),
  }),
  z.strictObject({ ...requirementFields, check: z.literal('residual-connection') }),
]);
export type Requirement = z.infer<typeof Requirement>;
