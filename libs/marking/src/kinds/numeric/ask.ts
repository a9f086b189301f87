import type { What } from '@tensormark/parameter-count';
import { z } from 'zod';
import { Identifier, MarksField, Prose } from '../../exam/fields.js';

/** What can be asked of a network, a block or a layer. */
export const QUANTITIES = [
  'parameters',
  'trainable-parameters',
  'non-trainable-parameters',
  'weights',
  'biases',
  'output-shape',
  'channels',
  'depth',
  'height',
  'width',
  'length',
  'features',
  'units',
  'multiply-accumulates',
  'flops',
  'activation-memory',
  'parameter-memory',
  'receptive-field',
  'jump',
] as const satisfies readonly (What | 'output-shape')[];

const Of = z.string().trim().min(1).max(200);

const shared = {
  id: Identifier,
  says: Prose,
  marks: MarksField,
  method: MarksField.optional().describe('Of the marks, those for a right working whose arithmetic slips'),
  follow: z
    .boolean()
    .default(true)
    .describe('Whether a value that follows without a slip from an earlier wrong one earns the marks'),
};

/** One quantity of the network, of a named block or layer of it, or of the whole. */
export const CountedAsk = z.strictObject({
  ...shared,
  quantity: z.enum(QUANTITIES),
  of: Of.optional().describe(
    'The name of a layer or block, such as block2 or features.0; the whole network when left out',
  ),
});
export type CountedAsk = z.infer<typeof CountedAsk>;

const Written = z.union([z.number(), z.string().trim().min(1).max(500)]);

/** A number or list of numbers that the examiner gives, or an expression such as `exp(2) / (exp(2) + exp(1))`. */
export const WrittenAsk = z.strictObject({
  ...shared,
  value: z
    .union([Written, z.array(Written).min(2).max(60)])
    .describe('A number, an expression, or a list of them; the ids of earlier asks stand for their values'),
  tolerance: z
    .union([
      z.strictObject({ absolute: z.number().positive() }),
      z.strictObject({ relative: z.number().positive().max(1) }),
    ])
    .optional(),
  significantFigures: z.int().min(1).max(12).optional(),
  decimals: z.int().min(0).max(12).optional(),
});
export type WrittenAsk = z.infer<typeof WrittenAsk>;

/** A table of layers, each cell with the same marks. */
export const TableAsk = z.strictObject({
  id: Identifier,
  says: Prose,
  table: z.strictObject({
    rows: z.array(Of).min(1).max(60),
    columns: z.array(z.enum(QUANTITIES)).min(1).max(6),
  }),
  marks: MarksField.describe('The marks of each cell'),
  method: MarksField.optional(),
  follow: z.boolean().default(true),
});

/** `at` is its place in the list as it is written: cells of a table share theirs. */
export type Ask = (CountedAsk | WrittenAsk) & { readonly at: number };

/** Asks in order, each cell of a table as one. */
export const Asks = z
  .array(z.union([CountedAsk, WrittenAsk, TableAsk]))
  .min(1)
  .max(60)
  .transform((asks) =>
    asks.flatMap((ask, at): Ask[] => ('table' in ask ? cellsOf(ask, at) : [{ ...ask, at }])),
  );

function cellsOf({ id, says, table, ...rest }: z.infer<typeof TableAsk>, at: number): Ask[] {
  return table.rows.flatMap((row) =>
    table.columns.map((quantity) => ({
      ...rest,
      at,
      id: `${id}.${row}.${quantity}`,
      says: `${says}: ${quantity.replaceAll('-', ' ')} of ${row}`,
      quantity,
      of: row,
    })),
  );
}
