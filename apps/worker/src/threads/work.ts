import { decodeText, splitDocument, whyUnplaced } from '@tensormark/answers';
import { doubted, notFound } from '@tensormark/documents';
import type { EmbeddingModel } from '@tensormark/essays';
import { prepareExecution } from '@tensormark/execution';
import {
  answerText,
  outlineOf,
  partsOf,
  readExam,
  type ExamDefinition,
  type KeyedPart,
  networkRunOf,
  type MarkingEngine,
  type NetworkRun,
  type ProposedMark,
  withPlacesInMeaning,
} from '@tensormark/marking';
import type {
  ExamSource,
  JudgeRunTask,
  MarkTask,
  PlannedRun,
  PrepareRunTask,
  ResultOf,
  SplitOutcome,
  SplitTask,
  Task,
} from './task.js';

interface ReadExam {
  readonly definition: ExamDefinition;
  readonly parts: readonly KeyedPart[];
}

const MOST_KEPT = 20;
/** What looking by meaning may take of one essay. */
const MEANING_MS = 10_000;
const MOST_SENTENCES = 80;

/** The work itself, pure apart from remembering the exams it has read. */
export class Work {
  private readonly exams = new Map<string, ReadExam>();

  /** The model, where there is one, finds places in essays for which no words were found. */
  constructor(
    private readonly engine: MarkingEngine,
    private readonly model?: EmbeddingModel,
  ) {}

  do(task: Task): ResultOf<Task> | Promise<ProposedMark> {
    switch (task.kind) {
      case 'split':
        return this.split(task);
      case 'mark':
        return this.mark(task);
      case 'order-run':
        return this.engine.runFor(this.partOf(task), task.text) ?? null;
      case 'prepare-run':
        return this.prepare(task);
      case 'judge-run':
        return this.judge(task);
    }
  }

  private split({ exam, document }: SplitTask): SplitOutcome {
    const { definition, parts } = this.read(exam);
    const decoded = document.kind === 'read' ? document : decodeText(document.bytes);
    if (decoded.kind === 'refused') return { kind: 'refused', message: decoded.message };
    const doubts = decoded.kind === 'read' ? decoded.doubts : [];
    const split = splitDocument(decoded.text, outlineOf(definition));
    if (split.kind === 'refused') return { kind: 'refused', message: split.message };
    const run = parts.filter((part) => this.engine.wantsRun(part)).map(({ key }) => key);
    const found = new Map(split.answers.map((answer) => [answer.partKey, answer]));
    return {
      kind: 'answers',
      run,
      answers: parts.map(({ key }) => {
        const answer = found.get(key);
        if (answer === undefined) return notFound(key, doubts, whyUnplaced(split, key));
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

  private mark({ text, run, ...asked }: MarkTask): ProposedMark | Promise<ProposedMark> {
    const part = this.partOf(asked);
    const proposal = this.engine.mark(part, text ?? undefined, run);
    if (this.model === undefined || text === null || proposal.kind !== 'essay') return proposal;
    const end = performance.now() + MEANING_MS;
    return withPlacesInMeaning(part, text, proposal, this.model, {
      mostSentences: MOST_SENTENCES,
      isSpent: () => performance.now() > end,
    });
  }

  private prepare({ order, site }: PrepareRunTask): PlannedRun {
    const prepared = this.engine.prepareRun(order, prepareExecution, site);
    if (prepared.kind === 'job') return { kind: 'job', job: prepared.job };
    const run = networkRunOf(prepared);
    if (run === undefined) throw new Error('planning a run failed');
    return { kind: 'settled', run };
  }

  /** Planned anew: the same order and site give the same plan. */
  private judge({ order, site, report }: JudgeRunTask): NetworkRun | null {
    const prepared = this.engine.prepareRun(order, prepareExecution, site);
    return networkRunOf(prepared.kind === 'job' ? prepared.judge(report) : prepared) ?? null;
  }

  private partOf({ exam, part }: { readonly exam: ExamSource; readonly part: string }): KeyedPart {
    const keyed = this.read(exam).parts.find(({ key }) => key === part);
    if (keyed === undefined) throw new Error(`exam version ${exam.examVersionId} has no part ${part}`);
    return keyed;
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
