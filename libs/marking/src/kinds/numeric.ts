import { z } from 'zod';
import { Identifier, itemsThatDoNotAddUp, MarksField, partFields, Prose } from '../exam/fields.js';
import { NetworkField } from '../exam/network-field.js';

/** One quantity asked of the network, of a named block or layer of it, or of the whole. */
export const Ask = z.strictObject({
  id: Identifier,
  says: Prose,
  quantity: z.enum(['parameters']),
  of: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('The name of a layer or block, such as block2 or features.0; the whole network when left out'),
  marks: MarksField,
  method: MarksField.optional().describe('Of the marks, those for a right working whose arithmetic slips'),
});
export type Ask = z.infer<typeof Ask>;

export const NumericPart = z
  .strictObject({
    ...partFields,
    kind: z.literal('numeric'),
    network: NetworkField,
    conventions: z
      .strictObject({
        bias: z
          .enum(['as-given', 'either'])
          .default('as-given')
          .describe(
            'as-given: biases count as the network has them; either: a consistent count without is accepted too',
          ),
      })
      .default({ bias: 'as-given' }),
    ask: z.array(Ask).min(1).max(60),
  })
  .superRefine((part, context) => {
    const says = itemsThatDoNotAddUp(part.marks, part.ask);
    if (says !== undefined) context.addIssue({ code: 'custom', path: ['ask'], message: says });
    part.ask.forEach((ask, at) => {
      if (ask.method === undefined || ask.method <= ask.marks) return;
      context.addIssue({
        code: 'custom',
        path: ['ask', at, 'method'],
        message: 'expected at most the marks of this item',
      });
    });
  });
export type NumericPart = z.infer<typeof NumericPart>;
