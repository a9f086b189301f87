import { Injectable } from '@nestjs/common';
import {
  gradeDocument,
  lintExam,
  partsOf,
  placesIn,
  readExam,
  writePath,
  type KeyedPart,
  type MarkingEngine,
  type ProposedMark,
} from '@tensormark/marking';
import { notFound, Problem } from '../http/problem.js';
import { Engine } from '../marking/engine.js';
import type { AnswerToTry, DraftRemark, ExamDraft, TriedAnswer } from './exam-drafts.contract.js';
import { paperIn } from './paper.js';
import { readDefinition } from './scheme.js';

@Injectable()
export class ExamDraftsService {
  constructor(private readonly engine: Engine) {}

  async check(yaml: string): Promise<ExamDraft> {
    const reading = readExam(yaml);
    if (reading.kind === 'refused') {
      return {
        paper: null,
        remarks: reading.errors.map((error): DraftRemark => ({ severity: 'error', ...error })),
      };
    }
    const { definition } = reading;
    const engine = await this.engine.opened();
    const placeOf = placesIn(yaml);
    return {
      paper: paperIn({ definition, parts: partsOf(definition) }),
      remarks: lintExam(definition, engine).map(({ path, item, says }): DraftRemark => ({
        severity: 'advice',
        ...placeOf(path),
        path: writePath(path),
        message: item === undefined ? says : `${item}: ${says}`,
      })),
    };
  }

  /** Throws 404 for a part that the definition does not have, 422 for what cannot be read. */
  async tryAnswer({ definition: yaml, part: key, answer }: AnswerToTry): Promise<TriedAnswer> {
    const definition = readDefinition(yaml);
    const engine = await this.engine.opened();
    if (key !== null) {
      const part = partsOf(definition).find((each) => each.key === key);
      if (part === undefined) throw notFound('part of the exam');
      return { parts: [tried(engine, part, answer, engine.mark(part, answer))] };
    }
    const graded = gradeDocument(definition, answer, engine);
    if (graded.kind === 'refused') {
      throw new Problem(422, `The document cannot be split: ${graded.message}`, { name: 'document-refused' });
    }
    return {
      parts: graded.parts.map(({ part, text, proposal }) => tried(engine, part, text ?? null, proposal)),
    };
  }
}

function tried(engine: MarkingEngine, part: KeyedPart, text: string | null, proposal: ProposedMark) {
  return {
    key: part.key,
    title: part.title ?? null,
    text,
    proposal,
    unrun: text !== null && engine.wantsRun(part),
  };
}
