import { measureOf } from '@tensormark/arithmetic';
import { COUNT_UNITS, isOfBytes, type Askable, type What } from '@tensormark/parameter-count';
import { z } from 'zod';
import { Identifier, MarksField, Prose } from '../../exam/fields.js';
import { Misconceptions, Units } from './policies.js';

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
  'receptive-field-depth',
  'receptive-field-height',
  'receptive-field-width',
  'jump',
  'jump-depth',
  'jump-height',
  'jump-width',
  'weights-per-kernel',
  'weights-per-filter',
  'parameters-per-filter',
  'channels-per-group',
  'filters-per-group',
  'weights-per-group',
  'parameters-per-group',
  'parameters-per-unit',
  'input-weights',
  'recurrent-weights',
  'weights-per-gate',
  'parameters-per-gate',
  'parameters-per-direction',
  'parameters-per-projection',
  'in-projection',
  'out-projection',
  'head-size',
  'parameters-per-head',
  'work-per-output',
  'work-per-step',
] as const satisfies readonly Askable[];

const Of = z.string().trim().min(1).max(200);

const shared = {
  id: Identifier.describe('A short name; later expressions may use it for the value'),
  says: Prose.describe('What it is, as the marker and the student read it beside the marks'),
  marks: MarksField.describe('For the right value'),
  method: MarksField.optional().describe('Of the marks, those for a right working whose arithmetic slips'),
  follow: z
    .boolean()
    .default(true)
    .describe('Whether a value that follows without a slip from an earlier wrong one earns the marks'),
  misconceptions: Misconceptions.optional(),
  units: Units.optional(),
};

const accuracy = {
  tolerance: z
    .union([
      z.strictObject({ absolute: z.number().positive().describe('By how much, such as 0.01') }),
      z.strictObject({
        relative: z.number().positive().max(1).describe('By which share of the value, such as 0.01 for 1%'),
      }),
    ])
    .optional()
    .describe('How far an answer may be off and is still right'),
  significantFigures: z
    .int()
    .min(1)
    .max(12)
    .optional()
    .describe('To how many significant figures an answer has to be right'),
  decimals: z.int().min(0).max(12).optional().describe('To how many decimals an answer has to be right'),
};

/** One quantity of the network, of a named block or layer of it, or of the whole. */
const CountedStep = z.strictObject({
  ...shared,
  ...accuracy,
  quantity: z.enum(QUANTITIES).describe('What is asked of the network, or of a layer or block of it'),
  of: Of.optional().describe(
    'The name of a layer or block, such as block2 or features.0; the whole network when left out',
  ),
  unit: z
    .enum(COUNT_UNITS)
    .optional()
    .describe(
      'The unit that the answer is to be in; the same in another unit is right, too. kB and MB are powers of the kilo convention, KiB and MiB of 1024',
    ),
});
export type CountedAsk = z.infer<typeof CountedStep>;

const Written = z.union([z.number(), z.string().trim().min(1).max(500)]);

/** A number or list of numbers that the examiner gives, or an expression such as `exp(2) / (exp(2) + exp(1))`. */
export const WrittenAsk = z.strictObject({
  ...shared,
  value: z
    .union([Written, z.array(Written).min(2).max(60)])
    .describe('A number, an expression, or a list of them; the ids of earlier asks stand for their values'),
  ...accuracy,
  unit: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .optional()
    .describe(
      'The unit that the value is in, such as ms, MB, MiB, GFLOPs, images/s or %; the same in another unit is right, too. kB and MB are powers of the kilo convention, KiB and MiB of 1024',
    ),
});
export type WrittenAsk = z.infer<typeof WrittenAsk>;

/** A table of layers, each cell with the same marks. */
export const TableAsk = z.strictObject({
  id: Identifier.describe('A short name for the table'),
  says: Prose.describe('What it is, as the marker and the student read it beside the marks'),
  table: z
    .strictObject({
      rows: z.array(Of).min(1).max(60).describe('The names of layers or blocks, one a row'),
      columns: z.array(z.enum(QUANTITIES)).min(1).max(6).describe('What is asked of each, one a column'),
    })
    .describe('A table of layers to fill in'),
  marks: MarksField.describe('The marks of each cell'),
  method: MarksField.optional().describe('Of the marks of a cell, those for a right working that slips'),
  follow: z
    .boolean()
    .default(true)
    .describe('Whether a value that follows without a slip from an earlier wrong one earns the marks'),
  misconceptions: Misconceptions.optional(),
});

/**
 * `at` is its place in the list as it is written: cells of a table and steps share theirs. `towards` is the ask that a step
 * leads to.
 */
export type Ask = (CountedAsk | WrittenAsk) & { readonly at: number; readonly towards?: string | undefined };

const Steps = z
  .array(z.union([CountedStep, WrittenAsk]))
  .min(1)
  .max(12)
  .optional()
  .describe(
    'Results on the way with marks of their own, besides those of what they lead to; of the same layer unless they name another',
  );

export const CountedAsk = CountedStep.extend({ steps: Steps });

/** Asks in order, each cell of a table as one. */
export const Asks = z
  .array(z.union([CountedAsk, WrittenAsk.extend({ steps: Steps }), TableAsk]))
  .min(1)
  .max(60)
  .transform((asks) =>
    asks.flatMap((ask, at): Ask[] => ('table' in ask ? cellsOf(ask, at) : withSteps(ask, at))),
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

/** Steps come before what they lead to, as they do in a working. */
function withSteps(
  { steps = [], ...ask }: z.infer<typeof CountedAsk> | (WrittenAsk & { steps?: z.infer<typeof Steps> }),
  at: number,
): Ask[] {
  const of = 'quantity' in ask ? ask.of : undefined;
  const before = steps.map((step): Ask => ({
    ...('quantity' in step ? { ...step, of: step.of ?? of } : step),
    at,
    towards: ask.id,
  }));
  return [...before, { ...ask, at }];
}

const MEMORIES: ReadonlySet<string> = new Set(['activation-memory', 'parameter-memory'] satisfies What[]);

/** What is wrong with the unit that an ask names, if anything is. */
export function unitProblem(ask: Ask): string | undefined {
  if (ask.unit === undefined) return undefined;
  if (!('quantity' in ask))
    return measureOf(ask.unit) === null
      ? 'expected a unit, such as ms, MB, MiB, GFLOPs, images/s or %'
      : undefined;
  const isMemory = MEMORIES.has(ask.quantity);
  if (isMemory === isOfBytes(ask.unit)) return undefined;
  return isMemory
    ? 'expected a unit of memory, such as MB or MiB'
    : 'expected k, M, G or T, since this is no memory';
}
