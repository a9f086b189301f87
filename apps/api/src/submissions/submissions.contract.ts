import { z } from 'zod';
import { Span } from '@tensormark/marking';
import { PartCounts, PartKey, SubmissionState } from '../exams/exams.contract.js';
import { Time } from '../http/time.js';

export const Receipt = z
  .object({
    code: z.string(),
    receivedAt: Time,
    sha256: z.string(),
    size: z.int(),
    fileName: z.string().meta({ description: 'To markers, the pseudonym in its place' }),
    attempt: z.int(),
  })
  .meta({ id: 'Receipt', description: 'Given once bytes and order are durable' });
export type Receipt = z.infer<typeof Receipt>;

export const Accepted = z.object({ submission: z.string(), receipt: Receipt }).meta({ id: 'Accepted' });
export type Accepted = z.infer<typeof Accepted>;

export const Student = z
  .object({ id: z.string(), name: z.string(), email: z.string(), studentNumber: z.string().nullable() })
  .meta({ id: 'Student' });

export const SubmissionSummary = z
  .object({
    id: z.string(),
    candidate: z.string(),
    attempt: z.int(),
    state: SubmissionState,
    receivedAt: Time,
    parts: PartCounts,
    counts: z.boolean().meta({ description: 'Whether this attempt is the one that counts' }),
    late: z.boolean().meta({ description: 'Whether it came after deadline and grace' }),
    student: Student.optional().meta({ description: 'To examiners alone' }),
  })
  .meta({ id: 'SubmissionSummary' });
export type SubmissionSummary = z.infer<typeof SubmissionSummary>;

export const Remark = z.object({ span: Span.optional(), says: z.string() }).meta({ id: 'Remark' });
export type Remark = z.infer<typeof Remark>;

export const Level = z.enum(['sure', 'likely', 'unsure']).meta({ id: 'Level' });

const CutBy = z.enum(['student', 'marker']);
export type CutBy = z.infer<typeof CutBy>;

const MOST_PIECES = 5000;

export const NewCut = z
  .strictObject({
    document: z.string().max(64),
    after: z.int().min(0).meta({ description: 'The number of the last word that you saw; 0 for none' }),
    pieces: z
      .array(z.strictObject({ part: PartKey, start: z.int().min(0), end: z.int().min(1) }))
      .max(MOST_PIECES)
      .meta({ description: 'In the order of the document; what is in none belongs to no answer' }),
    reason: z.string().trim().max(1000).optional(),
  })
  .meta({ id: 'NewCut' });
export type NewCut = z.infer<typeof NewCut>;

export const SplitView = z
  .object({
    answers: z.array(
      z.object({
        part: z.string(),
        level: Level,
        confidence: z.number(),
        pieces: z.array(Span),
        reasons: z.array(Remark),
      }),
    ),
    missing: z.array(z.string()).meta({ description: 'Parts with neither heading nor text' }),
    blank: z.array(z.string()).meta({ description: 'Parts with a heading and nothing below it' }),
    unassigned: z.array(Remark),
    notes: z.array(Remark),
    document: z.string().meta({ description: 'Names the text that places are in; send it back with a cut' }),
    confirmed: z
      .object({ number: z.int(), by: CutBy, at: Time, changed: z.array(z.string()) })
      .nullable()
      .meta({ description: 'The last word of a person on how the document is cut' }),
    yours: z.boolean().meta({ description: 'Whether you may say now how it is cut' }),
    until: Time.nullable().meta({ description: 'To students: until when they may' }),
  })
  .meta({ id: 'Split', description: 'Places are in the document as read' });
export type SplitView = z.infer<typeof SplitView>;

export const SubmissionView = z
  .object({
    id: z.string(),
    exam: z.string(),
    candidate: z.string(),
    state: SubmissionState,
    stateReason: z.string().nullable().meta({ description: 'Why it failed, in words for people' }),
    receipt: Receipt,
    erasedAt: Time.nullable().meta({ description: 'When document and texts were erased' }),
    mediaType: z.string().meta({ description: 'Of the uploaded file, by its content' }),
    split: SplitView.nullable(),
  })
  .meta({ id: 'Submission' });
export type SubmissionView = z.infer<typeof SubmissionView>;

export const SubmissionId = z.uuid();
