import type { PartText, PlacedDoubt } from '@tensormark/documents';
import type { ExecutionJob, ExecutionReport } from '@tensormark/execution';
import type { NetworkRun, ProposedMark, RunOrder, RunSite } from '@tensormark/marking';

/** What a thread is asked to do. Exams travel as their source and are read once in each thread. */
export type Task = SplitTask | MarkTask | OrderRunTask | PrepareRunTask | JudgeRunTask;

export interface ExamSource {
  readonly examVersionId: string;
  readonly yaml: string;
}

export interface SplitTask {
  readonly kind: 'split';
  readonly exam: ExamSource;
  readonly document: DocumentToSplit;
}

export type DocumentToSplit =
  /** Bytes that are text, in whatever encoding. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  /** What was read from a file of another kind, and where a person has to look at the original. */
  | { readonly kind: 'read'; readonly text: string; readonly doubts: readonly PlacedDoubt[] };

export interface MarkTask {
  readonly kind: 'mark';
  readonly exam: ExamSource;
  readonly part: string;
  /** Null when no answer was found. */
  readonly text: string | null;
  /** What came of its run, where one was wanted. */
  readonly run?: NetworkRun;
}

/** Which run is to be made before an answer is marked. */
export interface OrderRunTask {
  readonly kind: 'order-run';
  readonly exam: ExamSource;
  readonly part: string;
  readonly text: string;
}

/** Plans a run. */
export interface PrepareRunTask {
  readonly kind: 'prepare-run';
  readonly order: RunOrder;
  readonly site: RunSite;
}

/** Says what a report comes to. */
export interface JudgeRunTask {
  readonly kind: 'judge-run';
  readonly order: RunOrder;
  /** The one that it was planned for. */
  readonly site: RunSite;
  readonly report: ExecutionReport;
}

export type PlannedRun =
  | { readonly kind: 'job'; readonly job: ExecutionJob }
  /** Settled without running anything. */
  | { readonly kind: 'settled'; readonly run: NetworkRun };

export type SplitOutcome =
  | {
      readonly kind: 'answers';
      readonly answers: readonly PartText[];
      /** Parts whose answers are run before they are marked. */
      readonly run: readonly string[];
    }
  /** The document cannot be split; `message` says why. */
  | { readonly kind: 'refused'; readonly message: string };

/** What each kind of task comes to. */
export interface Results {
  readonly split: SplitOutcome;
  readonly mark: ProposedMark;
  /** Null where there is nothing to run. */
  readonly 'order-run': RunOrder | null;
  readonly 'prepare-run': PlannedRun;
  /** Null where the report is of a fault. */
  readonly 'judge-run': NetworkRun | null;
}

export type ResultOf<Asked extends Task> = Results[Asked['kind']];
