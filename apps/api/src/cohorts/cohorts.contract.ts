import { z } from 'zod';
import { line } from '../http/line.js';
import { Time } from '../http/time.js';
import { Student } from '../submissions/submissions.contract.js';

const MOST_ROWS = 5000;
const RowKey = z.string().max(1200);

const Whose = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('known'), student: Student, by: z.enum(['email', 'number', 'name']) }),
    z.object({
      kind: z.literal('asked'),
      why: z.enum(['unknown', 'ambiguous', 'contradicts', 'similar', 'twice']),
      candidates: z.array(Student),
    }),
  ])
  .meta({ id: 'Whose', description: 'Where it is not known for sure, you are asked; nothing is guessed' });

const RowFile = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('ready'),
      fileName: z.string(),
      size: z.int(),
      sha256: z.string(),
      mediaType: z.string(),
    }),
    z.object({ kind: z.literal('refused'), message: z.string() }),
  ])
  .meta({ id: 'CohortFile', description: 'What would be handed in: one file, or several as one archive' });

export const CohortRow = z
  .object({
    key: RowKey,
    says: z.object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      number: z.string().nullable(),
      platformId: z.string().nullable().meta({ description: 'The platform’s own; compared with nothing' }),
    }),
    files: z.array(z.string()),
    file: RowFile,
    whose: Whose,
    attempts: z.int().meta({ description: 'Of the student known, for this exam' }),
    already: z.int().nullable().meta({ description: 'The attempt that has these very bytes' }),
    submittedAt: Time.nullable().meta({ description: 'By the platform, where it says so' }),
    calledLate: z.boolean().meta({ description: 'Whether the platform calls it late' }),
    late: z
      .object({ recorded: z.boolean(), arrival: z.boolean() })
      .nullable()
      .meta({ description: 'Whether it would be late by either time; null where nobody is known' }),
  })
  .meta({ id: 'CohortRow' });
export type CohortRow = z.infer<typeof CohortRow>;

export const CohortView = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    size: z.int(),
    sha256: z.string(),
    arrivedAt: Time,
    expiresAt: Time.meta({ description: 'When the archive is removed; what was taken from it stays' }),
    layout: z.enum(['moodle', 'gradescope', 'canvas']),
    rows: z.array(CohortRow),
    leftOver: z.array(z.string()).meta({ description: 'Files that belong to nobody' }),
  })
  .meta({ id: 'Cohort' });
export type CohortView = z.infer<typeof CohortView>;

export const TakeCohort = z
  .strictObject({
    time: z.enum(['recorded', 'arrival']).meta({
      description:
        'Which time goes onto the receipts: the platform’s where it says one, or that of the archive’s arrival',
    }),
    take: z
      .array(z.strictObject({ key: RowKey, student: line(64) }))
      .min(1)
      .max(MOST_ROWS)
      .meta({ description: 'Which rows to hand in, and for whom; what is not named is left out' }),
  })
  .meta({ id: 'TakeCohort' });
export type TakeCohort = z.infer<typeof TakeCohort>;

export const CohortTaken = z
  .object({
    rows: z.array(
      z.object({
        key: RowKey,
        student: z.string(),
        outcome: z.discriminatedUnion('kind', [
          z.object({
            kind: z.literal('received'),
            submission: z.uuid(),
            attempt: z.int(),
            code: z.string(),
            receivedAt: Time,
          }),
          z.object({ kind: z.literal('already'), attempt: z.int() }),
          z.object({ kind: z.literal('refused'), message: z.string() }),
        ]),
      }),
    ),
  })
  .meta({ id: 'CohortTaken' });
export type CohortTaken = z.infer<typeof CohortTaken>;

export const CohortId = z.uuid();
