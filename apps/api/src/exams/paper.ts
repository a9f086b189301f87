import { formatMarks, totalMarks, type KeyedPart } from '@tensormark/marking';
import type { Exam } from '@tensormark/records';
import type { DraftPaper, ExamPaper } from './exams.contract.js';
import type { KnownVersion } from './known-exams.js';

/** What a student may see of an exam: chosen field by field, so that a new field of a scheme stays hidden. */
export function paperOf(exam: Exam, version: KnownVersion): ExamPaper {
  return { id: exam.slug, version: exam.currentVersionNumber, ...paperIn(version) };
}

/** The same of an exam that need not be stored. */
export function paperIn({ definition, parts }: Pick<KnownVersion, 'definition' | 'parts'>): DraftPaper {
  return {
    title: definition.title,
    totalMarks: formatMarks(totalMarks(definition)),
    instructions: definition.instructions ?? null,
    parts: parts.map((keyed) => ({
      key: keyed.key,
      question: keyed.question,
      kind: keyed.part.kind,
      title: keyed.title ?? null,
      questionPrompt: keyed.questionPrompt ?? null,
      prompt: keyed.part.prompt,
      marks: formatMarks(keyed.part.marks),
      ...given(keyed),
    })),
  };
}

function given({ part }: KeyedPart): { code: string | null; choices: { id: string; says: string }[] | null } {
  return {
    code: part.kind === 'critique' ? part.code : null,
    choices: part.kind === 'choice' ? part.options.map(({ id, says }) => ({ id, says })) : null,
  };
}
