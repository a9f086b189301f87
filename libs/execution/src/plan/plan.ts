import type { Drawn, DType, SourcePlace } from '@tensormark/network';

/**
 * A network as a process can be sent it: every call in order, its arguments read, and what state it uses. Plain data
 * that survives JSON.
 */
export interface ExecutionPlan {
  readonly inputs: readonly PlanInput[];
  readonly steps: readonly PlanStep[];
  readonly output: PlanResult;
  readonly parameters: readonly PlanParameter[];
  readonly buffers: readonly PlanBuffer[];
}

/** A tensor of the plan: an output of a step. */
export interface PlanTensor {
  readonly step: number;
  readonly output: number;
}

export interface PlanType {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export interface PlanInput extends PlanType {
  readonly name: string;
  /** Its step. */
  readonly step: number;
  /** For whole numbers: one past the largest that every lookup they flow into takes. */
  readonly below?: number;
}

/** An argument as a rule reads it; numbers are ints and floats alike. */
export type PlanArgument =
  | null
  | boolean
  | number
  | string
  | { readonly tensor: PlanTensor }
  | { readonly number: 'NaN' | 'Infinity' | '-Infinity' }
  | { readonly slice: readonly [start: number | null, stop: number | null, step: number | null] }
  | { readonly opaque: string }
  /** A tensor of which no more than its type is known. */
  | { readonly unknown: PlanType }
  | readonly PlanArgument[];

export type PlanArguments = Readonly<Record<string, PlanArgument>>;

/** What a call returns, its tensors numbered from left to right. */
export type PlanResult = PlanTensor | null | readonly PlanResult[];

interface StepFacts {
  /** Its index among the steps; a step's inputs come before it. */
  readonly id: number;
  readonly outputs: readonly PlanType[];
  readonly place?: SourcePlace;
}

export interface InputStep extends StepFacts {
  readonly kind: 'input';
}

/** A parameter or buffer used outside its layer, by index. */
export interface StateStep extends StepFacts {
  readonly kind: 'state';
  readonly of: { readonly parameter: number } | { readonly buffer: number };
}

export interface ConstantStep extends StepFacts {
  readonly kind: 'constant';
  readonly name: string;
  /** Its elements in order, where they are known. */
  readonly values?: readonly PlanNumber[];
  /** Drawn anew in each pass. */
  readonly drawn?: Drawn;
}

export type PlanNumber = number | 'NaN' | 'Infinity' | '-Infinity';

export interface CallStep extends StepFacts {
  readonly kind: 'call';
  /** The layer's type or the operation's name. */
  readonly operation: string;
  readonly layer: boolean;
  /** A layer's own arguments; empty for an operation. */
  readonly config: PlanArguments;
  readonly arguments: PlanArguments;
  /** Parameters of the layer and of all below it by their names there, as indices: `weight`, `out_proj.bias`. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly buffers: Readonly<Record<string, number>>;
  readonly result: PlanResult;
  /** The module called, or in whose forward the operation stands. */
  readonly path: string;
}

export type PlanStep = InputStep | StateStep | ConstantStep | CallStep;

/** How a tensor's elements start. */
export type Initial =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | {
      readonly kind: 'normal';
      readonly mean: number;
      readonly deviation: number;
      /** A row that starts as zeros and stays so: an embedding's padding. */
      readonly zeroRow?: number;
    }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'values'; readonly values: readonly PlanNumber[] }
  /** Set by the program in a way that is not known: drawn small and at random, and said so. */
  | { readonly kind: 'unknown' };

export interface PlanParameter extends PlanType {
  /** Every name it has; the first is the one it is called by. */
  readonly names: readonly string[];
  readonly role: 'weight' | 'bias';
  readonly trainable: boolean;
  readonly initial: Initial;
  readonly place?: SourcePlace;
}

export interface PlanBuffer extends PlanType {
  readonly names: readonly string[];
  readonly initial: Initial;
}
