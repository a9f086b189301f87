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
import { paperIn } from '../exams/paper.js';
import type { CheckOutcome, DraftOutcome, DraftTask, TryOutcome } from './draft-task.js';
import type { DraftRemark } from './exam-drafts.contract.js';

/** Looks through an exam that is being written, or marks an answer by it. Pure. */
export function draftWork(engine: MarkingEngine, task: DraftTask): DraftOutcome {
  return task.kind === 'check' ? check(engine, task.yaml) : tryAnswer(engine, task);
}

function check(engine: MarkingEngine, yaml: string): CheckOutcome {
  const reading = readExam(yaml);
  if (reading.kind === 'refused') {
    const remarks = reading.errors.map((error): DraftRemark => ({ severity: 'error', ...error }));
    return { kind: 'checked', draft: { paper: null, remarks } };
  }
  const { definition } = reading;
  const placeOf = placesIn(yaml);
  const remarks = lintExam(definition, engine).map(({ path, item, says }): DraftRemark => ({
    severity: 'advice',
    ...placeOf(path),
    path: writePath(path),
    message: item === undefined ? says : `${item}: ${says}`,
  }));
  const paper = paperIn({ definition, parts: partsOf(definition) });
  return { kind: 'checked', draft: { paper, remarks } };
}

type Trial = Extract<DraftTask, { kind: 'try' }>;

function tryAnswer(engine: MarkingEngine, { definition: yaml, part: key, answer }: Trial): TryOutcome {
  const reading = readExam(yaml);
  if (reading.kind === 'refused') return { kind: 'refused', errors: reading.errors };
  const { definition } = reading;
  if (key !== null) {
    const part = partsOf(definition).find((each) => each.key === key);
    if (part === undefined) return { kind: 'no-such-part' };
    return { kind: 'tried', tried: { parts: [tried(engine, part, answer, engine.mark(part, answer))] } };
  }
  const graded = gradeDocument(definition, answer, engine);
  if (graded.kind === 'refused') return { kind: 'unsplittable', message: graded.message };
  const parts = graded.parts.map(({ part, text, proposal }) => tried(engine, part, text ?? null, proposal));
  return { kind: 'tried', tried: { parts } };
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
