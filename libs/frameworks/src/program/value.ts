import type { DType } from '@tensormark/network';
import type { Span } from '@tensormark/python';
import type { Role } from './usage.js';
import type { Moment } from './moment.js';
import type { ProgramModule } from './objects.js';

/** A function of the program as a value; its name is as it was defined. */
export interface ProgramFunction {
  readonly kind: 'function';
  readonly name: string;
}

/** Anything a program passes about that is not looked into. */
export interface OpaqueDatum {
  readonly kind: 'other';
  /** The name of its type. */
  readonly type: string;
  /** Which one it is, of data sets. */
  readonly id?: number;
  readonly holds?: Held;
}

/** What is known of the inside of something that is not followed. */
export type Held =
  /** NumPy's array; its elements in row-major order, undefined where they are not known. */
  | {
      readonly kind: 'array';
      readonly id: number;
      readonly shape: readonly number[];
      elements(): readonly number[] | undefined;
    }
  /** A dict of few entries, all of them known; some may have keys that are values of the program, and so not known themselves. */
  | {
      readonly kind: 'dict';
      readonly entries: readonly (readonly [key: Datum, value: Datum])[];
      readonly isKeyedByValues: boolean;
    }
  | { readonly kind: 'slice'; readonly start: Datum; readonly stop: Datum; readonly step: Datum };

/** A value of the program as checks see it. Python's ints are bigints, its floats numbers. */
export type Datum =
  | null
  | boolean
  | bigint
  | number
  | string
  | Value
  | ProgramModule
  | ProgramOptimizer
  | ProgramLoader
  | ProgramFunction
  | OpaqueDatum
  | readonly Datum[];

/**
 * A tensor, or something unknown that may be one, with where it comes from: `made` is the operation, `inputs` what the
 * operation was given. Writing into a tensor in place gives it a new `Value`.
 */
export class Value {
  readonly kind = 'value';
  constructor(
    readonly id: number,
    readonly made: Making,
    readonly inputs: readonly Value[],
    /** Undefined where it is not known. */
    readonly shape: readonly number[] | undefined,
    readonly dtype: DType | undefined,
    readonly span: Span | undefined,
    /** Whether gradients were kept when it was made. */
    readonly gradients: boolean,
    /** Whether it is known to need gradients; undefined where that is unknown. */
    readonly requiresGrad: boolean | undefined,
  ) {}
}

/** How a value came to be. */
export type Making =
  /** By a function, method or operator: `softmax`, `view`, `add`, `getitem`; of tensors in the words of PyTorch. */
  | {
      readonly kind: 'operation';
      readonly name: string;
      readonly args: CallArguments;
      /** What the program's own `call` of an object of a class derived from one of Keras gave; of `compile`, what its own loss gives. */
      readonly gives?: Datum;
    }
  /** By a call of one of PyTorch's own layers. */
  | { readonly kind: 'layer'; readonly name: string; readonly module: ProgramModule }
  /** By a module of the program whose inside could not be followed. */
  | { readonly kind: 'module'; readonly module: ProgramModule }
  /** A parameter of a module, or any leaf that needs gradients. */
  | { readonly kind: 'parameter'; readonly id: number }
  /** A part of what a loader gives: 0 mostly the inputs, 1 the targets. */
  | { readonly kind: 'batch'; readonly loader: ProgramLoader; readonly part: number | string | undefined }
  /** An argument of a function that nothing in the file calls. */
  | { readonly kind: 'argument'; readonly name: string; readonly role: Role }
  /** An attribute of an unknown. */
  | { readonly kind: 'attribute'; readonly name: string }
  /** A tensor that comes from nothing followed: constants, random tensors; by which function, where one made it. */
  | { readonly kind: 'fresh'; readonly by?: string; readonly args?: CallArguments }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What a call was given: the receiver of a method is the first. */
export interface CallArguments {
  readonly positional: readonly Datum[];
  readonly named: ReadonlyMap<string, Datum>;
}

const openLists = new WeakSet<object>();

/** Keeps of a list's items that there may be more of them. */
export function leftOpen(items: readonly Datum[]): readonly Datum[] {
  openLists.add(items);
  return items;
}

/** Whether it is a list of which nobody knows how long it is. */
export function isOpenList(datum: Datum | undefined): boolean {
  return Array.isArray(datum) && openLists.has(datum);
}

/** Most calls name none of their arguments: they share this. */
export const NOTHING_NAMED: ReadonlyMap<string, Datum> = new Map();

/** One argument of a call, by name or by place (counted with the receiver); undefined where it was not given. */
export function argument(args: CallArguments, name: string, position?: number): Datum | undefined {
  return args.named.get(name) ?? (position === undefined ? undefined : args.positional[position]);
}

/** The entries of a dict; undefined for what is none, or is not known to its last entry. */
export function entriesOf(
  datum: Datum | undefined,
): readonly (readonly [key: Datum, value: Datum])[] | undefined {
  return typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.holds?.kind === 'dict' &&
    !datum.holds.isKeyedByValues
    ? datum.holds.entries
    : undefined;
}

/** The entries of a dict whose keys are values of the program, as what is fed to a graph is; undefined for what is none. */
export function feedOf(
  datum: Datum | undefined,
): readonly (readonly [key: Datum, value: Datum])[] | undefined {
  return typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.holds?.kind === 'dict'
    ? datum.holds.entries
    : undefined;
}

export function isValue(datum: Datum | undefined): datum is Value {
  return datum instanceof Value;
}

/** The name of the operation or layer that made a value; '' for what nothing made. */
export function madeBy(value: Value): string {
  return value.made.kind === 'operation' || value.made.kind === 'layer' ? value.made.name : '';
}

/** An optimiser. */
export interface ProgramOptimizer {
  readonly kind: 'optimizer';
  readonly id: number;
  /** `SGD`, `Adam`, … */
  readonly type: string;
  readonly made: Moment;
  /** Identities of the parameters it was given. */
  readonly parameters: ReadonlySet<number>;
  /** False where some of what it was given is unknown. */
  readonly isComplete: boolean;
  /** What it was given, as it is. */
  readonly given: Datum | undefined;
  /** Whether it was given groups of parameters with settings of their own. */
  readonly hasGroups: boolean;
  /** The learning rate, where it was given by place. */
  readonly rate: Datum | undefined;
  readonly named: ReadonlyMap<string, Datum>;
}

/** A `DataLoader`. */
export interface ProgramLoader {
  readonly kind: 'loader';
  readonly id: number;
  readonly made: Moment;
  readonly dataset: Datum;
  readonly batchSize: number | undefined;
  readonly named: ReadonlyMap<string, Datum>;
}

/** `a:b` between the brackets of an index. */
export function isSlice(datum: Datum): boolean {
  return (
    typeof datum === 'object' &&
    datum !== null &&
    'kind' in datum &&
    datum.kind === 'other' &&
    datum.holds?.kind === 'slice'
  );
}
