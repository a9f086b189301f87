import { z } from 'zod';
import { RoleName } from '../auth/person.js';
import { Time } from '../http/time.js';

export const Decimal = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be a number such as 7.5, with at most three places')
  .meta({ id: 'Decimal', description: 'A decimal string with at most three places, such as "7.5"' });

export const SignedDecimal = z
  .string()
  .regex(/^-?\d{1,9}(\.\d{1,3})?$/)
  .meta({ id: 'SignedDecimal', description: 'A decimal string that may be negative, such as "-0.5"' });

export const PART_STATES = [
  'absent',
  'pending',
  'failed',
  'proposed',
  'needs-person',
  'marked',
  'excused',
] as const;
export const PartState = z.enum(PART_STATES).meta({
  id: 'PartState',
  description:
    'absent: no answer was given; pending: work goes on; failed: a fault of ours, never a mark; proposed: the machine ' +
    'has proposed; needs-person: the machine does not know; marked: a person decided; excused: the student is excused ' +
    'from it, and it does not count',
});
export type PartState = z.infer<typeof PartState>;

export const SubmissionState = z
  .enum(['received', 'working', 'ready', 'failed', 'released'])
  .meta({ id: 'SubmissionState' });
export type SubmissionState = z.infer<typeof SubmissionState>;

export const PartKind = z.enum(['essay', 'numeric', 'critique', 'code', 'choice']).meta({ id: 'PartKind' });

export const PartCounts = z
  .object({
    absent: z.int(),
    pending: z.int(),
    needsPerson: z.int(),
    proposed: z.int(),
    marked: z.int(),
    failed: z.int(),
    excused: z.int(),
  })
  .meta({ id: 'PartCounts', description: 'How many parts are in which state' });
export type PartCounts = z.infer<typeof PartCounts>;

export const ExamSummary = z
  .object({
    id: z.string(),
    title: z.string(),
    version: z.int(),
    totalMarks: Decimal,
    questions: z.int(),
    role: RoleName.meta({ description: 'What you are in it' }),
    opens: Time.nullable(),
    deadline: Time.nullable().meta({ description: 'For a student with an extension, their own' }),
    now: z
      .enum(['not-open', 'on-time', 'late', 'closed'])
      .meta({ description: 'What handing in now would be' }),
    mySubmissions: z
      .array(z.object({ id: z.string(), attempt: z.int(), state: SubmissionState, receivedAt: Time }))
      .optional()
      .meta({ description: 'For students: their own, newest first' }),
    progress: z
      .object({ submissions: z.int(), released: z.int(), parts: PartCounts })
      .optional()
      .meta({ description: 'For markers and examiners: latest attempts' }),
  })
  .meta({ id: 'ExamSummary' });
export type ExamSummary = z.infer<typeof ExamSummary>;

const Paper = z.object({
  title: z.string(),
  totalMarks: Decimal,
  instructions: z.string().nullable(),
  parts: z.array(
    z.object({
      key: z.string(),
      question: z.string(),
      kind: PartKind,
      title: z.string().nullable(),
      questionPrompt: z
        .string()
        .nullable()
        .meta({ description: 'What stands above the parts of its question' }),
      prompt: z.string(),
      marks: Decimal,
      code: z.string().nullable().meta({ description: 'The code a critique is about' }),
      choices: z.array(z.object({ id: z.string(), says: z.string() })).nullable(),
    }),
  ),
});

export const ExamPaper = Paper.extend({
  id: z.string(),
  version: z.int(),
  order: z
    .enum(['most-doubtful-first', 'shuffled'])
    .optional()
    .meta({ description: 'For markers and examiners: how answers await a mark' }),
}).meta({
  id: 'ExamPaper',
  description: 'The exam as its students see it: never the scheme',
});
export type ExamPaper = z.infer<typeof ExamPaper>;

export const DraftPaper = Paper.meta({
  id: 'DraftPaper',
  description: 'An exam that is still being written, as its students would see it',
});
export type DraftPaper = z.infer<typeof DraftPaper>;

export const PutExamResult = z
  .object({
    id: z.string(),
    version: z.int(),
    title: z.string(),
    totalMarks: Decimal,
    notes: z.array(z.string()).meta({ description: 'What the examiner should know of the scheme' }),
  })
  .meta({ id: 'PutExamResult' });
export type PutExamResult = z.infer<typeof PutExamResult>;

export const LayerWord = z
  .object({
    name: z.string(),
    arguments: z.array(
      z.object({
        name: z.string(),
        expects: z.string(),
        default: z
          .string()
          .nullable()
          .meta({ description: 'As Python would write it; null where there is none' }),
      }),
    ),
  })
  .meta({ id: 'LayerWord', description: "A layer by PyTorch's name" });
export type LayerWord = z.infer<typeof LayerWord>;

export const ExamVersionSummary = z
  .object({ version: z.int(), hash: z.string(), createdAt: Time, createdBy: z.string() })
  .meta({ id: 'ExamVersionSummary' });
export type ExamVersionSummary = z.infer<typeof ExamVersionSummary>;

/** An exam is named in addresses by the short name in its definition. */
export const ExamName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** Names a part of an exam, such as `2.a`. */
export const PartKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,129}$/);
