import { CONFIRMED_MARKS } from '@tensormark/records';
import { z } from 'zod';
import { Decimal, SignedDecimal } from '../exams/exams.contract.js';
import { Time } from '../http/time.js';
import { Student } from '../submissions/submissions.contract.js';

const Confirmed = z.enum(CONFIRMED_MARKS).meta({
  id: 'ConfirmedMarks',
  description:
    'What becomes of marks that people confirmed as proposed: keep them, or let them follow what is proposed now. What ' +
    'people set otherwise always stays',
});

export const PreviewQuery = z.strictObject({ confirmed: Confirmed.default('keep') });
export type PreviewQuery = z.output<typeof PreviewQuery>;

export const SchemePreview = z
  .object({
    draft: z.string().meta({ description: 'Names what was looked at, for applying it' }),
    title: z.string(),
    stagedBy: z.string(),
    stagedAt: Time,
    done: z.int().meta({ description: 'Answers marked by the changed scheme so far' }),
    wanted: z.int(),
    parts: z.array(z.string()).meta({ description: 'Parts whose scheme or question is another' }),
    summary: z.object({
      papers: z.int(),
      changed: z.int().meta({ description: 'Papers whose total changes' }),
      up: z.int(),
      down: z.int(),
      crossing: z.int().meta({ description: 'Papers that come to another grade' }),
      kept: z.int().meta({ description: "Answers whose proposal changes and whose mark stays a person's" }),
      opening: z.int().meta({ description: 'Answers that were proposed and would need a person' }),
    }),
    papers: z
      .array(
        z.object({
          submission: z.string(),
          student: Student,
          before: Decimal,
          after: Decimal,
          difference: SignedDecimal,
          complete: z
            .boolean()
            .meta({ description: 'Whether every part has a mark or a proposal, before and after' }),
          gradeBefore: z.string().nullable(),
          gradeAfter: z.string().nullable(),
          parts: z
            .array(
              z.object({
                part: z.string(),
                fate: z.enum(['changes', 'kept', 'opens', 'settles']),
                before: Decimal.nullable(),
                after: Decimal.nullable(),
                by: z.enum(['machine', 'confirmed', 'person']),
              }),
            )
            .meta({ description: 'Those that are not the same' }),
        }),
      )
      .meta({ description: 'Papers of which anything changes, the largest difference first' }),
  })
  .meta({ id: 'SchemePreview' });
export type SchemePreview = z.infer<typeof SchemePreview>;

export const PendingScheme = z
  .object({ preview: SchemePreview.nullable().meta({ description: 'Null when no changed version is up' }) })
  .meta({ id: 'PendingScheme' });
export type PendingScheme = z.infer<typeof PendingScheme>;

export const NewSchemeChange = z
  .strictObject({
    draft: z.uuid(),
    confirmed: Confirmed.default('keep'),
    why: z.string().trim().min(1).max(2000),
  })
  .meta({ id: 'NewSchemeChange' });
export type NewSchemeChange = z.output<typeof NewSchemeChange>;

export const UndoSchemeChange = z
  .strictObject({ why: z.string().trim().min(1).max(2000) })
  .meta({ id: 'UndoSchemeChange' });
export type UndoSchemeChange = z.infer<typeof UndoSchemeChange>;

export const SchemeChange = z
  .object({
    id: z.string(),
    number: z.int(),
    kind: z.enum(['applied', 'undone']).meta({ description: 'undone: it undid the change `undoes`' }),
    undoes: z.string().nullable(),
    undoneBy: z.string().nullable(),
    confirmed: Confirmed,
    submissions: z.int(),
    marks: z.int().meta({ description: 'Marks set on top of confirmed ones' }),
    why: z.string(),
    by: z.string(),
    at: Time,
  })
  .meta({
    id: 'SchemeChange',
    description: 'One change of the scheme for all that was handed in; append-only',
  });
export type SchemeChange = z.infer<typeof SchemeChange>;
