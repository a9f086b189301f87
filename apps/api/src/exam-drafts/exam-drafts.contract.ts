import type { Format } from '@tensormark/documents';
import { ProposedMark } from '@tensormark/marking';
import { z } from 'zod';
import { DraftPaper, PartKey } from '../exams/exams.contract.js';

const FORMATS = [
  'text',
  'markdown',
  'latex',
  'python',
  'notebook',
  'docx',
  'pdf',
  'png',
  'jpeg',
  'zip',
] as const satisfies readonly Format[];

/** More than any exam needs, and little enough to be read again and again while it is written. */
const LONGEST_DEFINITION = 400_000;
export const LONGEST_ANSWER = 200_000;

export const DraftRemark = z
  .object({
    severity: z
      .enum(['error', 'advice'])
      .meta({ description: 'An error keeps the exam from being stored; advice does not' }),
    line: z.int(),
    column: z.int(),
    path: z.string().meta({ description: 'Where in the exam, such as `questions[1].ask[0].marks`' }),
    message: z.string(),
  })
  .meta({ id: 'DraftRemark' });
export type DraftRemark = z.infer<typeof DraftRemark>;

export const ExamDraft = z
  .object({
    paper: DraftPaper.nullable().meta({ description: 'Null while there are errors' }),
    remarks: z.array(DraftRemark),
  })
  .meta({ id: 'ExamDraft', description: 'A definition looked through; nothing is stored' });
export type ExamDraft = z.infer<typeof ExamDraft>;

export const AnswerToTry = z
  .strictObject({
    definition: z.string().min(1).max(LONGEST_DEFINITION).meta({ description: 'The YAML of the exam' }),
    part: PartKey.nullable().meta({
      description: 'The part it answers; null for a whole document, which is split',
    }),
    answer: z.string().max(LONGEST_ANSWER),
  })
  .meta({ id: 'AnswerToTry' });
export type AnswerToTry = z.infer<typeof AnswerToTry>;

export const TriedAnswer = z
  .object({
    parts: z.array(
      z.object({
        key: z.string(),
        title: z.string().nullable(),
        text: z.string().nullable().meta({ description: 'What was found for it; null for nothing' }),
        proposal: ProposedMark,
        unrun: z
          .boolean()
          .meta({ description: 'The network would be run besides, which a trial leaves out' }),
      }),
    ),
  })
  .meta({ id: 'TriedAnswer', description: 'How an answer would be marked; nothing is stored' });
export type TriedAnswer = z.infer<typeof TriedAnswer>;

export const TriedDocument = z
  .object({
    format: z.enum(FORMATS),
    text: z.string(),
    remarks: z
      .array(z.string())
      .meta({ description: 'What a person should know of how it was read, such as text read by machine' }),
  })
  .meta({ id: 'TriedDocument', description: 'The text of a document, as one handed in is read' });
export type TriedDocument = z.infer<typeof TriedDocument>;
