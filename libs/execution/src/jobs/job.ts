import type { ComputeDevice } from '../backends/backend.js';
import type { ExecutionPlan, PlanArguments } from '../plan/plan.js';
import type { ProbeId } from '../probes/measurements.js';
import type { Estimate, Scaling } from './cost.js';
import type { OptimiserSettings } from '../training/settings.js';

/** What a device process is asked: a network at several batch sizes and modes, and what to measure. Plain data. */
export interface ExecutionJob {
  readonly plans: ExecutionPlans;
  /** All that is drawn at random comes from it: parameters, data, dropout. */
  readonly seed: number;
  readonly objective: Objective;
  /** The student's own; absent, Adam with 1e-3 is used, and said so. */
  readonly optimiser?: OptimiserSettings;
  readonly probes: readonly ProbeId[];
  /** What it will cost, worked out beforehand. */
  readonly estimate: Estimate;
  /** Steps that overfitting one batch takes at most. */
  readonly overfitSteps?: number;
  readonly budgets?: Partial<ExecutionBudgets>;
  /** The kind of device its size was chosen for; a job for a GPU is not run on less. */
  readonly plannedFor?: ComputeDevice['kind'];
  /** What was made smaller so that it would run; said again in the report. */
  readonly scaled?: Scaling;
}

/** The same network traced for each of these; all but the first may be absent where the trace failed or is not wanted. */
export interface ExecutionPlans {
  readonly batch: number;
  /** Training mode at the full batch. */
  readonly training: ExecutionPlan;
  /** Evaluation mode at the full batch. */
  readonly evaluation?: ExecutionPlan;
  /** Evaluation mode with a batch of one. */
  readonly single?: ExecutionPlan;
  /** Training mode with a batch of one. */
  readonly singleTraining?: ExecutionPlan;
  /** Training mode with a smaller last batch. */
  readonly fewer?: ExecutionPlan;
}

/** What is minimised. */
export type Objective =
  /** One of PyTorch's losses between an output of the network and drawn targets. */
  | {
      readonly kind: 'loss';
      /** PyTorch's class name: `CrossEntropyLoss`. */
      readonly loss: string;
      readonly config: PlanArguments;
      /** Which of the outputs, counted from left to right. */
      readonly output: number;
      readonly target: Target;
    }
  /** The network's output itself: its forward returns the loss. */
  | { readonly kind: 'output'; readonly output: number }
  /** Nothing is known of the task: every output times fixed random numbers, summed. For gradients only. */
  | { readonly kind: 'probe' };

/** How targets are drawn; their shape follows from the output's and the loss's rules. */
export type Target =
  | { readonly kind: 'classes'; readonly count: number }
  | { readonly kind: 'probabilities' }
  | { readonly kind: 'truth-values' }
  | { readonly kind: 'numbers' }
  /** The first input itself, as an autoencoder has it. */
  | { readonly kind: 'input' };

export interface ExecutionBudgets {
  /** Wall clock of the whole job in its process. */
  readonly milliseconds: number;
  /** Device memory by estimate. */
  readonly bytes: number;
  /** Multiply-accumulates of one forward pass. */
  readonly multiplyAccumulates: number;
  /**
   * Multiply-accumulates of one forward pass below which all probes end in a few seconds; a network is made smaller towards
   * it where it can be. Without a GPU a pass forward and back takes about a second for 500 million.
   */
  readonly comfortable: number;
  readonly steps: number;
}

export const EXECUTION_BUDGETS: ExecutionBudgets = {
  milliseconds: 60_000,
  bytes: 1_500_000_000,
  multiplyAccumulates: 400_000_000,
  comfortable: 50_000_000,
  steps: 5_000,
};
