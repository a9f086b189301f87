import type { SourcePlace } from '@tensormark/network';
import type { OptimiserSettings } from '../training/settings.js';

/** A float that may be none, and survives JSON. */
export type Measured = number | 'NaN' | 'Infinity' | '-Infinity';

/** Where in the network something was measured. */
export interface Site {
  readonly step: number;
  readonly operation: string;
  readonly path: string;
  readonly place?: SourcePlace;
}

/** What each probe measures. Numbers only: what they mean for a piece of work is for the review to say. */
export interface Measurements {
  /** A forward pass in training mode at the full batch. */
  readonly forward: {
    readonly outputs: readonly {
      readonly shape: readonly number[];
      readonly least: Measured;
      readonly most: Measured;
      readonly mean: Measured;
      readonly deviation: Measured;
    }[];
    readonly milliseconds: number;
  };
  /** The same at other batch sizes; in evaluation mode a row alone should give what it gives among others. */
  readonly 'batch-sizes': {
    readonly sizes: readonly {
      readonly batch: number;
      readonly mode: 'training' | 'evaluation';
      readonly outputs: readonly (readonly number[])[];
      /** Largest difference to the same rows in the full batch, relative to the largest output; evaluation mode alone. */
      readonly difference?: Measured;
    }[];
  };
  readonly 'initial-loss': {
    readonly loss: Measured;
    /** Over so many independent batches, the loss of each. */
    readonly losses: readonly Measured[];
    readonly classes?: number;
    /** ln C: what guessing evenly among C classes costs. */
    readonly expected?: number;
  };
  readonly gradients: {
    /** In the order of the parameters. */
    readonly parameters: readonly {
      readonly parameter: string;
      readonly role: 'weight' | 'bias';
      readonly elements: number;
      readonly trainable: boolean;
      /**
       * `unreached` where no path leads from the loss to it, `zero` where every element is exactly 0 over all batches.
       */
      readonly state: 'unreached' | 'zero' | 'flows' | 'not-finite';
      /** Root mean square, and the same of the parameter. */
      readonly size: Measured;
      readonly parameterSize: Measured;
      /** Among the calls that use it, the first one's place in the order of execution. */
      readonly depth?: number;
      readonly place?: SourcePlace;
    }[];
    /** Slope of log10 of the weights' gradient sizes from the first layer to the last, over the whole depth. */
    readonly slope?: number;
    readonly batches: number;
  };
  readonly 'parameters-move': {
    readonly optimiser: OptimiserSettings;
    readonly steps: number;
    readonly parameters: readonly {
      readonly parameter: string;
      readonly trainable: boolean;
      /** Largest change of an element. */
      readonly change: Measured;
      /** Norm of the change over the norm of the parameter. */
      readonly relative: Measured;
    }[];
  };
  /** How much one row of the batch changes the outputs of the others, in each mode. */
  readonly 'rows-independent': {
    readonly modes: readonly {
      readonly mode: 'training' | 'evaluation';
      /** Largest influence on another row, relative to the largest on its own. Exactly 0 where rows are independent. */
      readonly influence: Measured;
      /** Layers that use statistics of the batch in that mode: they explain an influence. */
      readonly batchStatistics: readonly Site[];
      readonly method: 'gradient' | 'perturbation';
    }[];
  };
  readonly 'input-matters': {
    /** How far outputs of different inputs lie apart, relative to the outputs' size. */
    readonly spread: Measured;
    readonly inputs: readonly {
      readonly name: string;
      /** Largest change of an output when this input alone changes, relative to the outputs' size. */
      readonly influence: Measured;
    }[];
  };
  readonly 'dead-units': {
    readonly activations: readonly (Site & {
      /** `zero` units of rectifiers give 0 for every place and batch; `saturated` ones of sigmoids lie within 1 % of a bound. */
      readonly kind: 'zero' | 'saturated';
      readonly units: number;
      readonly dead: number;
    })[];
    readonly batches: number;
  };
  readonly modes: {
    /** Evaluation twice on the same input: 0 where nothing is random. */
    readonly evaluationRepeats: Measured;
    /** Training twice with other random numbers. */
    readonly trainingRepeats: Measured;
    /** Between evaluation and training, relative to the outputs' size. */
    readonly difference: Measured;
    /** Calls that draw at random or use batch statistics, by mode. */
    readonly active: readonly (Site & {
      readonly mode: 'training' | 'evaluation';
      readonly behaviour: 'random' | 'batch-statistics';
    })[];
  };
  readonly overfit: {
    readonly optimiser: OptimiserSettings;
    /** False where the student's was not known and another was taken. */
    readonly given: boolean;
    readonly batch: number;
    /** The loss before each step, and after the last. */
    readonly losses: readonly Measured[];
    readonly first: Measured;
    readonly last: Measured;
    readonly least: Measured;
    /** Share of the batch's rows classified rightly at the end, where targets are classes. */
    readonly accuracy?: number;
    /** Why it ended before all steps were taken. */
    readonly ended: 'steps' | 'fitted' | 'not-finite' | 'time';
    readonly target: number;
  };
  readonly finite: {
    /** The first call whose output holds NaN or an infinity though its inputs hold none. */
    readonly forward?: Site & { readonly what: 'NaN' | 'infinity'; readonly share: number };
    /** Parameters whose gradient is not finite. */
    readonly gradients: readonly string[];
  };
}

export type ProbeId = keyof Measurements;

export const PROBE_IDS = [
  'finite',
  'forward',
  'batch-sizes',
  'initial-loss',
  'gradients',
  'parameters-move',
  'rows-independent',
  'input-matters',
  'dead-units',
  'modes',
  'overfit',
] as const satisfies readonly ProbeId[];

/** What came of one probe. */
export type ProbeOutcome = {
  readonly [Id in ProbeId]:
    | { readonly probe: Id; readonly kind: 'measured'; readonly measured: Measurements[Id] }
    /** It could not be asked of this network: no targets are known, there is no batch. */
    | { readonly probe: Id; readonly kind: 'not-applicable'; readonly why: string }
    /** It ended without an answer: time ran out. */
    | { readonly probe: Id; readonly kind: 'undecided'; readonly why: string };
}[ProbeId];
