import type { ExecutionReport, ProbeOutcome, RanReport } from '@tensormark/execution';
import type { Finding } from '../finding.js';
import { advised } from './advice.js';

/** What came of running the network a file describes. */
export type Running =
  | {
      readonly kind: 'ran';
      readonly report: RanReport;
      /** Shapes of the inputs it was run on, without their batch, and where they come from. */
      readonly inputs: RunInputs;
      readonly findings: readonly Finding[];
      /** What a reader must know of how it was run, beside the report's remarks. */
      readonly notes: readonly string[];
      /** What it was trained for, where that was known or assumed. */
      readonly training?: {
        /** PyTorch's class name. */
        readonly loss: string;
        /** The program computes no loss: this one was taken. */
        readonly assumed: boolean;
        /** By the program's own loss, optimiser and rate, and nothing else that it does on the way. */
        readonly own: boolean;
      };
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
export function notRun(
  report: Exclude<ExecutionReport, RanReport>,
): Exclude<Running, { readonly kind: 'ran' }> {
  switch (report.kind) {
    case 'declined':
      return { kind: 'not-run', why: report.why };
    case 'unsupported': {
      const [first] = report.operations;
      const what = first === undefined ? 'something in it' : first.operation;
      return {
        kind: 'not-run',
        why:
          first === undefined || first.operation === 'state'
            ? (first?.why ?? what)
            : advised(`${what}: ${first.why}`),
        ...(first?.place && { line: first.place.line }),
      };
    }
    case 'fault':
      return { kind: 'fault', message: report.message };
  }
}
