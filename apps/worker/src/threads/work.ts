import { decodeText, splitDocument } from '@tensormark/answers';
import {
  answerText,
  outlineOf,
  partsOf,
  readExam,
  type ExamDefinition,
  type KeyedPart,
  type MarkingEngine,
  type ProposedMark,
} from '@tensormark/marking';
import { doubted, notFound } from './doubts.js';
import type { ExamSource, MarkTask, ResultOf, SplitOutcome, SplitTask, Task } from './task.js';

interface ReadExam {
  readonly definition: ExamDefinition;
  readonly parts: readonly KeyedPart[];
}

const MOST_KEPT = 20;

/** The work itself, pure apart from remembering the exams it has read. */
export class Work {
  private readonly exams = new Map<string, ReadExam>();

  constructor(private readonly engine: MarkingEngine) {}

  do(task: Task): ResultOf<Task> {
    return task.kind === 'split' ? this.split(task) : this.mark(task);
  }

  private split({ exam, document }: SplitTask): SplitOutcome {
    const { definition, parts } = this.read(exam);
    const decoded = document.kind === 'read' ? document : decodeText(document.bytes);
    if (decoded.kind === 'refused') return { kind: 'refused', message: decoded.message };
    const doubts = decoded.kind === 'read' ? decoded.doubts : [];
    const split = splitDocument(decoded.text, outlineOf(definition));
    if (split.kind === 'refused') return { kind: 'refused', message: split.message };
    const found = new Map(split.answers.map((answer) => [answer.partKey, answer]));
    return {
      kind: 'answers',
      answers: parts.map(({ key }) => {
        const answer = found.get(key);
        if (answer === undefined) return notFound(key, doubts);
        return doubted(
          {
            part: key,
            found: true,
            text: answerText(decoded.text, answer),
            pieces: answer.pieces.map(({ start, end }) => ({ start, end })),
            confidence: answer.confidence,
            reasons: answer.reasons.map(({ says }) => says),
          },
          doubts,
        );
      }),
    };
  }

  private mark({ exam, part, text }: MarkTask): ProposedMark {
    const keyed = this.read(exam).parts.find(({ key }) => key === part);
    if (keyed === undefined) throw new Error(`exam version ${exam.examVersionId} has no part ${part}`);
    return this.engine.mark(keyed, text ?? undefined);
  }

  private read({ examVersionId, yaml }: ExamSource): ReadExam {
    const known = this.exams.get(examVersionId);
    if (known !== undefined) return known;
    const reading = readExam(yaml);
    if (reading.kind === 'refused') throw new Error(`exam version ${examVersionId} can no longer be read`);
    const read = { definition: reading.definition, parts: partsOf(reading.definition) };
    if (this.exams.size >= MOST_KEPT) this.exams.clear();
    this.exams.set(examVersionId, read);
    return read;
  }
}
