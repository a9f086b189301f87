import { z } from 'zod';
import { itemsThatDoNotAddUp, partFields, Prose, RubricItem } from '../exam/fields.js';
import { ShapeField } from '../exam/network-field.js';

export const CritiquePart = z
  .strictObject({
    ...partFields,
    kind: z.literal('critique'),
    code: Prose,
    input: ShapeField.optional(),
    call: z.string().trim().min(1).max(500).optional(),
    expects: z.array(RubricItem).min(1).max(40),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.expects);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['expects'], message: says });
  });
export type CritiquePart = z.infer<typeof CritiquePart>;
