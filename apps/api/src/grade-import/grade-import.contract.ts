import { z } from 'zod';
import { Decimal } from '../exams/exams.contract.js';
import { line } from '../http/line.js';

export const GradeImport = z
  .object({
    version: z.string().meta({ description: 'Of all marks there are now; for If-Match when it is applied' }),
    layout: z.string().meta({ description: 'What kind of file it is, as an examiner knows it' }),
    changes: z.array(
      z.object({
        row: z.int().meta({ description: 'Of the file, its headings being row 1' }),
        student: z.string(),
        part: z.string(),
        before: Decimal.nullable(),
        after: Decimal,
        conflict: z.boolean().meta({
          description: 'The mark was changed since the file was exported; it is set only where asked for',
        }),
      }),
    ),
    totals: z
      .array(
        z.object({
          row: z.int(),
          student: z.string(),
          before: Decimal.nullable(),
          after: z.string().meta({ description: 'As the file has it' }),
        }),
      )
      .meta({
        description:
          'Totals of a gradebook that are others here and of which no mark is made: no total says what its parts are',
      }),
    unchanged: z.int().meta({ description: 'Rows that say what is so already' }),
    passedOver: z
      .array(z.object({ row: z.int(), says: z.string() }))
      .meta({ description: 'Rows that nothing can be done with, and why' }),
  })
  .meta({ id: 'GradeImport', description: 'What a file of grades would change' });
export type GradeImport = z.infer<typeof GradeImport>;

export const GradesImported = z
  .object({ set: z.int().meta({ description: 'Marks that were set' }) })
  .meta({ id: 'GradesImported' });
export type GradesImported = z.infer<typeof GradesImported>;

export const ImportQuery = z.strictObject({
  why: line(500).meta({ description: 'The reason that each changed mark is given' }),
  conflicts: z.enum(['keep', 'overwrite']).default('keep').meta({
    description: 'What becomes of marks that were changed since the file was exported',
  }),
});
export type ImportQuery = z.output<typeof ImportQuery>;
