import type { Budgets, ModuleCache, Note, OwnModule, Place, Resolver, tree } from '@tensormark/python';
import type { DType, Network, Result, Tensor, TensorType } from '@tensormark/network';
import type { RecordedError, RecordedWarning } from '../trace/reading.js';
import type { Departure, ModuleCall } from '../trace/trace.js';

/** What to read in a file of model code, and how. */
export interface ReadOptions {
  readonly filename?: string;
  /** The file's place in a package that it imports from; its parents are imported before it. */
  readonly ownModule?: OwnModule;
  /** An expression that gives the network: `Net(num_classes=10)`, `torchvision.models.resnet50()`. */
  readonly call?: string;
  /** A class of the file, made without arguments. */
  readonly className?: string;
  /** The inputs without their batch: `[[3, 32, 32]]`. */
  readonly inputs?: readonly GivenInput[];
  /** The batch size that inputs are given; 1 where absent. */
  readonly batch?: number;
  /** Training mode; evaluation where absent, as counts are usually given. */
  readonly training?: boolean;
  /** Sources of modules to import from. */
  readonly resolver?: Resolver;
  /** Parsed modules by content, kept by the caller; the reader's own where absent. */
  readonly cache?: ModuleCache;
  readonly budgets?: Partial<Budgets>;
}

/** The shape of an input without its batch; where no element type is said, the one that suits the network is found. */
export type GivenInput = readonly number[] | { readonly shape: readonly number[]; readonly dtype: DType };

/** A class or instance of the file that could be the network. */
export type Candidate =
  | {
      readonly kind: 'class';
      readonly name: string;
      readonly line: number;
      /** Classes and functions of the file that speak of it. */
      readonly usedBy: readonly string[];
      /** Arguments that its constructor needs; where there are some, it takes a `call` to make it. */
      readonly needs: readonly string[];
    }
  | { readonly kind: 'instance'; readonly name: string; readonly type: string; readonly line: number };

export type Chosen =
  | { readonly kind: 'call'; readonly expression: string }
  | { readonly kind: 'class'; readonly name: string; readonly line: number }
  | { readonly kind: 'instance'; readonly name: string; readonly type: string; readonly line: number };

/** Where the shapes of the inputs come from: options, a call of the network in the file, a random tensor in it. */
export type InputSource = 'given' | 'called' | 'made' | 'none';

export interface FoundError extends RecordedError {
  readonly during: 'module' | 'constructor' | 'forward';
  /** True where the program may not come to it: a decision on the way there hangs on an unknown. */
  readonly unsure?: boolean;
}

/**
 * Something that could not be known. It bears on the `network` where the network's modules, its forward or a decision of the
 * program may rest on it; else it is of its `surroundings` (plots, data, files), and the network is the same whatever it is.
 */
export interface FoundUnknown {
  readonly line: number;
  readonly what: string;
  readonly place: Place;
  readonly bears: 'network' | 'surroundings';
}

/** Counts that are known not to be whole. */
export interface Gaps {
  /** A layer's arguments, or a part of the network, are unknown. */
  readonly parameters: boolean;
  readonly buffers: boolean;
  /** The forward lost its way in an unknown before its output. */
  readonly forward: boolean;
}

export const NO_GAPS: Gaps = { parameters: false, buffers: false, forward: false };

/** What reading a file of model code came to. */
export interface ModelReading {
  readonly candidates: readonly Candidate[];
  /** Names of instances that are no part of another, the last of each class of the file. */
  readonly standalone: readonly string[];
  readonly chosen?: Chosen;
  /** Why there is no network, for people. */
  readonly unchosen?: string;
  /** Modules and parameters always; calls where a forward was traced. */
  readonly network?: Network;
  readonly inputs: { readonly source: InputSource; readonly types: readonly TensorType[] };
  /** True where the forward ran to its end, with errors recorded or without. */
  readonly traced: boolean;
  readonly outputs?: Result<Tensor>;
  /** Which counts an unknown leaves a gap in: what was counted is then not all there is. */
  readonly gaps: Gaps;
  /** By path: what each module gave at its last call, and how often it was called. */
  readonly moduleCalls: ReadonlyMap<string, ModuleCall>;
  /** Where the forward as it is recorded is not what the program computes; the shapes hold all the same. */
  readonly departures: readonly Departure[];
  readonly errors: readonly FoundError[];
  readonly warnings: readonly RecordedWarning[];
  readonly unknowns: readonly FoundUnknown[];
  readonly notes: readonly Note[];
  readonly syntaxErrors: readonly tree.SyntaxProblem[];
  /** What the program printed. */
  readonly printed: string;
}
