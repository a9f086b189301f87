import type { Result } from './result.js';

/** Python's exception classes that PyTorch's layers and functions raise. */
export type ErrorType =
  | 'AssertionError'
  | 'AttributeError'
  | 'IndexError'
  | 'NotImplementedError'
  | 'OverflowError'
  | 'RuntimeError'
  | 'TypeError'
  | 'ValueError'
  | 'ZeroDivisionError';

/** What PyTorch would raise. */
export interface TorchError {
  readonly type: ErrorType;
  readonly message: string;
  /** True where the message is PyTorch's to the letter; false where only the kind and the matter are known to agree. */
  readonly exact: boolean;
}

/** A warning that PyTorch would give and go on. */
export interface TorchWarning {
  readonly type: 'UserWarning';
  readonly message: string;
}

/**
 * Thrown inside shape rules and validation as Python raises, and caught where a layer is built or an operation inferred,
 * which hand it on as data: nothing outside this room needs to catch it.
 */
export class Raised extends Error {
  override readonly name = 'Raised';

  constructor(
    readonly error: TorchError,
    /** The likeliest result had the call been right, so that a reader can go on. */
    readonly assume?: Result,
  ) {
    super(`${error.type}: ${error.message}`);
  }
}

/** Raises with PyTorch's own words. */
export function raise(type: ErrorType, message: string, assume?: Result): never {
  throw new Raised({ type, message, exact: true }, assume);
}

/** Raises with words of ours: PyTorch's are another's, or depend on more than is known here. */
export function raiseAlike(type: ErrorType, message: string, assume?: Result): never {
  throw new Raised({ type, message, exact: false }, assume);
}

/**
 * Thrown where a result depends on a tensor's values, which are not known here: no error of the network's, and no shape
 * either. Whoever calls must go on with an unknown.
 */
export class Undetermined extends Error {
  override readonly name = 'Undetermined';
}

export function undetermined(what: string): never {
  throw new Undetermined(what);
}
