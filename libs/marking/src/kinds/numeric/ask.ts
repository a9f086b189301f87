import { z } from 'zod';
import { Identifier, MarksField, Prose } from '../../exam/fields.js';

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
