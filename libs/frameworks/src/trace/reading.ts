import type { Place, PyClass, PyObject, Runtime } from '@tensormark/python';
import type { TensorType, TorchError, TorchWarning } from '@tensormark/network';
import type { Trace } from './trace.js';

/** Something PyTorch would have raised, recorded while reading goes on. */
export interface RecordedError {
  readonly type: string;
  readonly message: string;
  readonly place: Place;
  /** False where the wording is ours: the kind of error agrees with PyTorch's, its message may not. */
  readonly exact: boolean;
}

export interface RecordedWarning {
  readonly message: string;
  readonly place: Place;
}

/** What one run of the interpreter has come to, as far as frameworks go. */
export class Reading {
  trace: Trace | undefined = undefined;
  /** True while the reader goes on after errors instead of raising them. */
  goesOn = false;
  /** The mode of functions that ask for none: `F.batch_norm` and the like say it themselves. */
  training = false;
  /** The batch size that inputs are given. */
  batch = 1;
  /** False inside `torch.no_grad()`. */
  gradients = true;
  readonly errors: RecordedError[] = [];
  /** Messages of raised errors whose wording is ours. */
  readonly wordedHere = new Set<string>();
  /** What networks were called on outside of any other: by class, the last call. */
  readonly calls = new Map<PyClass, readonly TensorType[]>();
  /** How deep calls of modules are nested. */
  depth = 0;
  /** Optimisers the program made, in order. */
  readonly optimizers: PyObject[] = [];
  readonly warnings: RecordedWarning[] = [];
  /** How many elements of large tensors are gone over yet. */
  elementsLeft = 1_200_000;
  /** Shapes of tensors that the program makes at random, in order: likely inputs. */
  readonly made: { readonly shape: readonly number[]; readonly integral: boolean }[] = [];
}

export function readingOf(rt: Runtime): Reading {
  return rt.state(makeReading);
}

function makeReading(): Reading {
  return new Reading();
}

/** Raises an error as PyTorch does, or records it where the reader is to go on. */
export function report(rt: Runtime, error: TorchError): void {
  const reading = readingOf(rt);
  if (!reading.goesOn) {
    if (!error.exact) reading.wordedHere.add(error.message);
    rt.raise(error.type, error.message);
  }
  reading.errors.push({ type: error.type, message: error.message, place: rt.place, exact: error.exact });
}

export function warn(rt: Runtime, warnings: readonly TorchWarning[]): void {
  if (warnings.length === 0) return;
  const reading = readingOf(rt);
  for (const { message } of warnings) reading.warnings.push({ message, place: rt.place });
}
