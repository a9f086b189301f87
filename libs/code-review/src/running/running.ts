import type { ExecutionReport, ProbeOutcome, RanReport } from '@tensormark/execution';
import type { Finding } from '../finding.js';

/** What came of running the network a file describes. */
export type Running =
  | {
      readonly kind: 'ran';
      readonly report: RanReport;
      /** Shapes of the inputs it was run on, without their batch, and where they come from. */
      readonly inputs: RunInputs;
      readonly findings: readonly Finding[];
    }
  /** By decision: it could not be told what to run, or it would not be what PyTorch computes, or too much. */
  | { readonly kind: 'not-run'; readonly why: string; readonly line?: number }
  /** The infrastructure failed: says nothing of the work. */
  | { readonly kind: 'fault'; readonly message: string };

export interface RunInputs {
  readonly shapes: readonly (readonly number[])[];
  readonly from: 'given' | 'program' | 'data set' | 'first layer';
}

export type Outcomes = readonly ProbeOutcome[];

/** A report that is not of a run, in words. */
export function notRun(report: Exclude<ExecutionReport, RanReport>): Running {
  switch (report.kind) {
    case 'declined':
      return { kind: 'not-run', why: report.why };
    case 'unsupported': {
      const [first] = report.operations;
      const what = first === undefined ? 'something in it' : first.operation;
      return {
        kind: 'not-run',
        why:
          first === undefined || first.operation === 'state' ? (first?.why ?? what) : `${what}: ${first.why}`,
        ...(first?.place && { line: first.place.line }),
      };
    }
    case 'fault':
      return { kind: 'fault', message: report.message };
  }
}
