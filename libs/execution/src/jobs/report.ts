import type { SourcePlace } from '@tensormark/network';
import type { ComputeDevice, PassedOver } from '../backends/backend.js';
import type { ProbeOutcome } from '../probes/measurements.js';
import type { Estimate, Scaling } from './cost.js';

/** What came of a job. Only `ran` says anything of the network. */
export type ExecutionReport =
  | RanReport
  /** Too large or otherwise not to be run, by decision; nothing was executed. */
  | { readonly kind: 'declined'; readonly why: string; readonly estimate?: Estimate }
  /** The plan holds calls that nothing here executes; nothing was executed. */
  | { readonly kind: 'unsupported'; readonly operations: readonly Unsupported[] }
  /** The infrastructure failed: says nothing of the network, and may be tried again. */
  | {
      readonly kind: 'fault';
      readonly fault:
        'no-device' | 'device-lost' | 'device-error' | 'deadline' | 'memory' | 'crash' | 'internal';
      readonly message: string;
      readonly device?: ComputeDevice;
    };

export interface RanReport {
  readonly kind: 'ran';
  readonly device: ComputeDevice;
  /** Better backends that were not here, and why. */
  readonly passedOver: readonly PassedOver[];
  readonly seed: number;
  /** Rows that it was run with. */
  readonly batch: number;
  readonly scaled?: Scaling;
  readonly estimate: Estimate;
  readonly milliseconds: number;
  readonly probes: readonly ProbeOutcome[];
  /** What a reader must know of how it was run: unknown initial values, the optimiser taken. */
  readonly remarks: readonly string[];
}

export interface Unsupported {
  /** The layer's type or the operation's name. */
  readonly operation: string;
  /** Why: nothing executes it, or not with these arguments. */
  readonly why: string;
  readonly path: string;
  readonly place?: SourcePlace;
}
