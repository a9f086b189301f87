import type { Moment } from './moment.js';
import type { ProgramModule } from './objects.js';
import type { ProgramLoader, ProgramOptimizer } from './value.js';
import type { CallArguments, Datum, Value } from './value.js';

/** What PyTorch calls a loss, as the function of that name. */
export type LossName = string;

/** Whose gradients or steps are meant: an optimiser or module, or something unknown that has that method. */
export type Receiver = ProgramOptimizer | ProgramModule | Value;

interface Happening {
  readonly moment: Moment;
}

/** A module was called. */
export interface ModuleCalled extends Happening {
  readonly kind: 'module-call';
  readonly module: ProgramModule;
  readonly args: CallArguments;
  /** Undefined where the call failed. */
  result: Datum | undefined;
  /** How many calls of modules it is inside of. */
  readonly depth: number;
  readonly training: boolean;
}

/**
 * A loss was computed, by a module or a function; `name` is the function's: `cross_entropy`, `mse_loss`, or 'unknown' where
 * an argument is called as a loss.
 */
export interface LossComputed extends Happening {
  readonly kind: 'loss';
  readonly name: LossName;
  readonly input: Value | undefined;
  readonly target: Datum | undefined;
  readonly result: Value | undefined;
  readonly args: CallArguments;
  readonly module: ProgramModule | undefined;
}

/** `loss.backward()`, or whatever leads to it (`accelerator.backward(loss)`, `torch.autograd.grad`). */
export interface BackwardRan extends Happening {
  readonly kind: 'backward';
  readonly on: Value | undefined;
  readonly retains: boolean;
  /** `autograd.grad` gives gradients and leaves those of the parameters. */
  readonly accumulates: boolean;
}

export interface GradientsZeroed extends Happening {
  readonly kind: 'zero-grad';
  /** 'parameters' where they are set to nothing one by one. */
  readonly of: Receiver | 'parameters';
}

export interface OptimizerStepped extends Happening {
  readonly kind: 'step';
  /** 'manual' where the program changes the parameters itself. */
  readonly of: Receiver | 'manual';
  readonly closure: boolean;
}

/** `train()`, `eval()`. */
export interface ModeSet extends Happening {
  readonly kind: 'mode';
  readonly of: ProgramModule | Value;
  /** Undefined where the mode asked for is unknown. */
  readonly training: boolean | undefined;
}

export interface SchedulerMade extends Happening {
  readonly kind: 'scheduler-made';
  readonly id: number;
  readonly type: string;
  readonly args: CallArguments;
}

export interface SchedulerStepped extends Happening {
  readonly kind: 'scheduler-step';
  readonly scheduler: number;
  readonly type: string;
  readonly args: CallArguments;
}

export interface OptimizerMade extends Happening {
  readonly kind: 'optimizer-made';
  readonly optimizer: ProgramOptimizer;
}

export interface LoaderMade extends Happening {
  readonly kind: 'loader-made';
  readonly loader: ProgramLoader;
}

/** A loop over a loader began. */
export interface LoaderIterated extends Happening {
  readonly kind: 'loader-iterated';
  readonly loader: ProgramLoader;
  /** How many rows the last batch has, where that is known and fewer than the others have. */
  readonly last: number | undefined;
}

/** A native function or method, or something unknown, was called. Everything above is also one of these. */
export interface Called extends Happening {
  readonly kind: 'call';
  /** `softmax`, `view`, `__add__`, `cuda`. */
  readonly name: string;
  /** The class a method belongs to (`Tensor`, `Module`, `Optimizer`), 'unknown', or '' for functions. */
  readonly owner: string;
  readonly args: CallArguments;
  result: Datum | undefined;
}

/** An attribute of a module was set (or set again). */
export interface AttributeSet extends Happening {
  readonly kind: 'attribute-set';
  readonly module: ProgramModule;
  readonly name: string;
  readonly value: Datum;
  readonly previous: Datum | undefined;
}

/** Something of a tensor was set: `requires_grad`, `grad`, `data`. */
export interface TensorSet extends Happening {
  readonly kind: 'tensor-set';
  readonly of: Value;
  readonly name: string;
  readonly value: Datum;
}

/** Something PyTorch or Python would have raised; the run went on. */
export interface ErrorRaised extends Happening {
  readonly kind: 'error';
  readonly type: string;
  readonly message: string;
  /** Whether the words are PyTorch's or Python's own. */
  readonly exact: boolean;
  /** What was called, where the error came from a native function. */
  readonly call: Called | undefined;
  /** What it was given; for a layer without the layer itself. */
  readonly args: CallArguments | undefined;
  /** The layer or module being called, innermost. */
  readonly module: ProgramModule | undefined;
  /** Whether the program may have caught it, or it was passed over by leaving out a statement. */
  readonly from: 'torch' | 'python';
}

export type ProgramEvent =
  | ModuleCalled
  | LossComputed
  | BackwardRan
  | GradientsZeroed
  | OptimizerStepped
  | ModeSet
  | SchedulerMade
  | SchedulerStepped
  | OptimizerMade
  | LoaderMade
  | LoaderIterated
  | Called
  | AttributeSet
  | TensorSet
  | ErrorRaised;
