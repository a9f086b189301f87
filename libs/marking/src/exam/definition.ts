import { z } from 'zod';
import { awardComplaints } from '../rubric/scheme.js';
import { Identifier, MarksField, Prose } from './fields.js';
import { MarkingPolicy } from './marking-policy.js';
import { partKey } from './part-key.js';
import { PART_SCHEMAS } from '../kinds/schemas.js';

/** The marking scheme's own version of the file format, so that old exams stay readable. */
export const FORMAT = 1;

export const ExamPart = z.discriminatedUnion('kind', PART_SCHEMAS, {
  error: 'expected a kind: essay, numeric, critique, code or choice',
});
export type ExamPart = z.infer<typeof ExamPart>;
export type PartKind = ExamPart['kind'];

/** A question made of parts, each marked on its own. */
export const QuestionOfParts = z.strictObject({
  id: Identifier.describe('The number that students write above their answer, such as 2'),
  title: z.string().trim().min(1).max(200).optional().describe('A few words that name it on the paper'),
  prompt: Prose.optional().describe('What stands above all parts: Markdown, with formulas between $ signs'),
  parts: z.array(ExamPart).min(1).max(40).describe('The parts of the question, each marked by itself'),
});

/** A question is either made of parts or is one part itself. */
export const Question = z.union([QuestionOfParts, ExamPart]);
export type Question = z.infer<typeof Question>;

export const ExamDefinition = z
  .strictObject({
    format: z
      .literal(FORMAT, { error: `expected ${FORMAT}, the version of the exam format` })
      .describe('The version of this format'),
    exam: Identifier.describe('A short name that stands in addresses; the same name puts a new version.'),
    title: z.string().trim().min(1).max(200).describe('What the exam is called, as everybody reads it'),
    instructions: Prose.optional().describe('What students read above the questions: Markdown'),
    reviewDays: z
      .int()
      .min(0)
      .max(366)
      .default(14)
      .describe('For how many days after release students may ask for a second look; 0: not at all.'),
    grades: z
      .array(
        z.strictObject({
          grade: z.string().trim().min(1).max(40).describe('What the grade is called, such as A or 1.3'),
          from: MarksField.describe('The total that it begins at'),
        }),
      )
      .min(1)
      .max(40)
      .optional()
      .describe(
        'Grades and the total each begins at; by them one sees who a changed scheme would carry over a boundary',
      ),
    marking: MarkingPolicy.optional().describe(
      'How marking is organised; no mark of an answer depends on it.',
    ),
    questions: z
      .array(Question)
      .min(1)
      .max(100)
      .describe('The questions in their order, each of one kind or made of parts'),
  })
  .superRefine((exam, context) => {
    const keys = new Set(
      exam.questions.flatMap((question) =>
        'parts' in question ? question.parts.map((part) => partKey(question, part)) : [partKey(question)],
      ),
    );
    for (const key of Object.keys(exam.marking?.secondMarking?.parts ?? {})) {
      if (!keys.has(key))
        context.addIssue({
          code: 'custom',
          path: ['marking', 'secondMarking', 'parts', key],
          message: `the exam has no part "${key}"`,
        });
    }
    const questions = new Set<string>();
    exam.questions.forEach((question, at) => {
      if (questions.has(question.id)) {
        context.addIssue({
          code: 'custom',
          path: ['questions', at, 'id'],
          message: `there is another question "${question.id}"`,
        });
      }
      questions.add(question.id);
      if (!('parts' in question)) {
        for (const { path, message } of awardComplaints(question))
          context.addIssue({ code: 'custom', path: ['questions', at, ...path], message });
        return;
      }
      const parts = new Set<string>();
      question.parts.forEach((part, index) => {
        if (parts.has(part.id)) {
          context.addIssue({
            code: 'custom',
            path: ['questions', at, 'parts', index, 'id'],
            message: `question ${question.id} has another part "${part.id}"`,
          });
        }
        parts.add(part.id);
        for (const { path, message } of awardComplaints(part))
          context.addIssue({ code: 'custom', path: ['questions', at, 'parts', index, ...path], message });
      });
    });
  });
export type ExamDefinition = z.infer<typeof ExamDefinition>;
