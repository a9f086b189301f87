import type { ExamDefinition, GradedDocument } from '@tensormark/marking';
import { ENGINE_VERSION } from '@tensormark/marking';

/** A graded document as one JSON object: every place as offsets into the document or the answer's text. */
export function gradeAsJson(exam: ExamDefinition, graded: GradedDocument): Record<string, unknown> {
  return {
    exam: exam.exam,
    title: exam.title,
    engine: ENGINE_VERSION,
    total: graded.total,
    parts: graded.parts.map(({ part, answer, text, proposal }) => ({
      key: part.key,
      kind: proposal.kind,
      state: proposal.outcome,
      marks: proposal.marks,
      available: proposal.available,
      found:
        answer === undefined
          ? null
          : {
              pieces: answer.pieces,
              confidence: answer.confidence,
              level: answer.level,
              reasons: answer.reasons,
            },
      text: text ?? null,
      proposal,
    })),
    split: {
      preface: graded.split.preface,
      missing: graded.split.missing,
      blank: graded.split.blank,
      unassigned: graded.split.unassigned,
      notes: graded.split.notes,
    },
  };
}
