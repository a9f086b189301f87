import { Evidence } from '@tensormark/marking';
import { GRADE_STATES, SUBMISSION_STATES } from '@tensormark/records';
import { z } from 'zod';
import { Decimal, PartState, SignedDecimal, SubmissionState } from '../exams/exams.contract.js';
import { Time } from '../http/time.js';
import { MarkedChoices } from '../marking/marking.contract.js';
import { Student } from '../submissions/submissions.contract.js';
import { FILE_FORMATS } from './grade-formats/names.js';

export const LateWork = z
  .object({
    seconds: z.int().meta({ description: 'After the deadline' }),
    deduction: Decimal.nullable().meta({
      description: 'What is taken off the marks for the work; null until every part is marked',
    }),
    says: z.string().meta({ description: 'The same in words' }),
  })
  .meta({ id: 'LateWork' });
export type LateWork = z.infer<typeof LateWork>;

export const Report = z
  .object({
    state: SubmissionState,
    total: z.object({
      marks: Decimal.meta({ description: 'For the work: the sum of the parts that are marked' }),
      counts: Decimal.meta({ description: 'Those less what lateness takes off' }),
      available: Decimal.meta({ description: 'Of the parts that the student is not excused from' }),
      complete: z.boolean().meta({ description: 'Whether every part that counts is marked' }),
    }),
    late: LateWork.nullable().meta({ description: 'Null when the work came on time' }),
    parts: z.array(
      z.object({
        key: z.string(),
        title: z.string().nullable(),
        state: PartState,
        marks: Decimal.nullable(),
        available: Decimal,
        reason: z.string().nullable(),
        items: z.array(
          z.object({
            item: z.string(),
            says: z.string(),
            available: SignedDecimal,
            marks: SignedDecimal.nullable(),
            reason: z.string().nullable(),
            feedback: z.string().nullable().meta({ description: 'What is said where the item was applied' }),
          }),
        ),
        evidence: z.array(Evidence),
        derivation: z.string().nullable().meta({
          description: 'A model answer in Markdown with LaTeX, where the mark rests on it',
        }),
        text: z.string(),
        choices: MarkedChoices,
      }),
    ),
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof Report>;
export type ReportPart = Report['parts'][number];

export const GradeReport = z
  .object({
    exam: z.object({ id: z.string(), title: z.string() }),
    rows: z.array(
      z.object({
        student: Student,
        submission: z
          .object({
            id: z.string(),
            attempt: z.int(),
            receivedAt: Time,
            receipt: z.string(),
            state: z.enum(SUBMISSION_STATES),
            examVersion: z.int(),
          })
          .nullable()
          .meta({ description: 'The attempt that counts; null when nothing was handed in' }),
        state: z.enum(GRADE_STATES),
        work: Decimal.nullable().meta({
          description: 'The sum of the parts; null unless every part that counts is marked',
        }),
        late: LateWork.nullable().meta({ description: 'Null when the work came on time' }),
        total: Decimal.nullable().meta({
          description:
            'What counts: the work less what lateness takes off; null unless every part that counts is marked',
        }),
        available: Decimal.meta({
          description: 'Of the parts that the student is not excused from; of all where that is none',
        }),
        parts: z.array(
          z.object({
            key: z.string(),
            title: z.string(),
            state: z.enum(GRADE_STATES),
            marks: Decimal.nullable(),
            markNumber: z.int().nullable().meta({
              description: 'Which mark of the answer the latest is: 1 for the first; null without one',
            }),
            proposed: Decimal.nullable(),
            available: Decimal,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'GradeReport' });
export type GradeReport = z.infer<typeof GradeReport>;

export const GRADE_FORMATS = ['json', ...FILE_FORMATS] as const;

export const ReportQuery = z.strictObject({
  format: z.enum(GRADE_FORMATS).default('json'),
  bom: z.enum(['true', 'false']).default('false').meta({
    description:
      'Whether `csv` begins with a byte-order mark, by which Excel knows UTF-8; no other format does',
  }),
});

export const GradeFormatName = z
  .object({
    format: z.enum(GRADE_FORMATS),
    title: z.string().meta({ description: 'What to choose it by' }),
  })
  .meta({ id: 'GradeFormatName' });
export type GradeFormatName = z.infer<typeof GradeFormatName>;
