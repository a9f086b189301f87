import { PyList, PyTuple, PyUnknown } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { isFloatingPoint, Raised, Undetermined } from '@tensormark/network';
import type {
  Applied,
  Argument,
  Bound,
  Call,
  CallArguments,
  CallContext,
  CallSite,
  Result,
  TensorType,
  TorchError,
  TorchWarning,
} from '@tensormark/network';
import { readingOf, report, warn } from '../trace/reading.js';
import { sourcePlace } from '../trace/trace.js';
import type { Trace } from '../trace/trace.js';
import { fromResult, tensorsIn, toArgument } from './convert.js';
import { TensorObject } from './tensor/tensor.js';

/** Arguments of a call, and the tensors among them. */
export interface Given {
  readonly args: readonly PyValue[];
  readonly keywords: Keywords | undefined;
  readonly tensors: readonly TensorObject[];
}

export function given(args: readonly PyValue[], keywords: Keywords | undefined): Given {
  const tensors: TensorObject[] = [];
  for (const arg of args) collect(arg, tensors);
  if (keywords !== undefined) for (const value of keywords.values()) collect(value, tensors);
  return { args, keywords, tensors };
}

function collect(value: PyValue, into: TensorObject[]): void {
  if (value instanceof TensorObject) into.push(value);
  else if (value instanceof PyList || value instanceof PyTuple) into.push(...tensorsIn(value));
}

/** The first unknown among arguments, looking into lists and tuples too: what cannot be known flows on. */
export function unknownIn(values: Iterable<PyValue>, depth = 0): PyUnknown | undefined {
  for (const value of values) {
    if (value instanceof PyUnknown) return value;
    if ((value instanceof PyList || value instanceof PyTuple) && depth < 4) {
      const found = unknownIn(value.items, depth + 1);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

export function unknownAmong(
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyUnknown | undefined {
  return unknownIn(args) ?? (keywords === undefined ? undefined : unknownIn(keywords.values()));
}

function callArguments(
  rt: Runtime,
  { args, keywords }: Given,
  tensor: (of: TensorObject) => TensorType,
): CallArguments {
  const positional = args.map((value) => toArgument(rt, value, tensor));
  if (keywords === undefined || keywords.size === 0) return { positional };
  const named: Record<string, Argument> = {};
  for (const [name, value] of keywords) named[name] = toArgument(rt, value, tensor);
  return { positional, named };
}

/** What is called: how it binds, and how it goes into the graph of a network. */
export interface Target {
  /** @throws Raised */
  bind(args: CallArguments): Call;
  record(trace: Trace, args: CallArguments, site: CallSite): Applied;
  /** True for a layer, which is always part of the network; an operation on constants is not. */
  readonly always: boolean;
  /** True where the layer has parameters that need gradients, so that what it gives needs them too. */
  readonly learns?: boolean;
  readonly modulePath: string | undefined;
  readonly training: boolean;
}

/** What a call came to: tensors of the program, new or (where an operation hands its input on) the same. */
export interface Outcome {
  readonly result: Result<TensorObject> | undefined;
  /** The bound arguments, tensors of the program among them, where the call is no part of the network. */
  readonly bound: Bound | undefined;
  readonly failed: boolean;
  /** Why nothing can be said of the result, where nothing is wrong. */
  readonly undetermined?: string | undefined;
}

/** Inferring a call, and recording it, are as much work as so many steps of the program. */
const STEPS_ALONE = 10;
const STEPS_RECORDED = 50;
/** PyTorch's own limit. */
const MOST_DIMS = 64;

/** Calls a layer or operation: into the network being traced, or beside it. Errors are raised or recorded. */
export function invoke(rt: Runtime, target: Target, call: Given): Outcome {
  const { trace } = readingOf(rt);
  rt.step(trace === undefined ? STEPS_ALONE : STEPS_RECORDED);
  const recorded =
    trace !== undefined && (target.always || call.tensors.some((tensor) => trace.contains(tensor)));
  return recorded ? invokeRecorded(rt, target, call, trace) : invokeAlone(rt, target, call);
}

/** Calls an operation on constants as a part of the network being traced; undefined where there is none. */
export function invokeInNetwork(rt: Runtime, target: Target, call: Given): Outcome | undefined {
  const { trace } = readingOf(rt);
  return trace && invokeRecorded(rt, target, call, trace);
}

function invokeRecorded(rt: Runtime, target: Target, call: Given, trace: Trace): Outcome {
  const { span } = rt;
  const place = span === undefined ? undefined : sourcePlace(span);
  const args = callArguments(rt, call, (tensor) => trace.valueOf(tensor, place));
  const modulePath = target.modulePath ?? trace.path;
  const { training } = target;
  const site: CallSite = place === undefined ? { modulePath, training } : { modulePath, training, place };
  if (!readingOf(rt).gradients) trace.depart('it is computed without gradients', span);
  const applied = target.record(trace, args, site);
  const failed = settle(rt, applied);
  const result =
    applied.outputs === undefined
      ? undefined
      : mapTensors(applied.outputs, (value) => {
          const tensor = derived(rt, value, target, call);
          trace.bind(tensor, value);
          return tensor;
        });
  return { result, bound: undefined, failed, undetermined: applied.undetermined };
}

function invokeAlone(rt: Runtime, target: Target, call: Given): Outcome {
  const warnings: TorchWarning[] = [];
  try {
    const bound = target.bind(callArguments(rt, call, (tensor) => tensor));
    const outputs = bound.infer(contextAlone(target.training, warnings));
    settle(rt, { warnings });
    return {
      result: mapTensors(outputs, (type) =>
        type instanceof TensorObject ? type : derived(rt, type, target, call),
      ),
      bound: bound.arguments,
      failed: false,
    };
  } catch (raised) {
    if (raised instanceof Undetermined) {
      settle(rt, { warnings });
      return { result: undefined, bound: undefined, failed: false, undetermined: raised.message };
    }
    if (!(raised instanceof Raised)) throw raised;
    settle(rt, { warnings, error: raised.error });
    const { assume } = raised;
    const result =
      assume === undefined ? undefined : mapTensors(assume, (type) => derived(rt, type, target, call));
    return { result, bound: undefined, failed: true };
  }
}

function refuse(): never {
  throw new TypeError('only a composite layer traces its parts');
}

/** For calls that are no part of a network; composite layers have a tracer of their own. */
function contextAlone(training: boolean, warnings: TorchWarning[]): CallContext {
  return {
    training,
    warn: (message) => warnings.push({ type: 'UserWarning', message }),
    tracer: { child: refuse, apply: refuse },
  };
}

function settle(
  rt: Runtime,
  {
    error,
    warnings,
  }: { readonly error?: TorchError | undefined; readonly warnings: readonly TorchWarning[] },
): boolean {
  warn(rt, warnings);
  if (error !== undefined) report(rt, error);
  return error !== undefined;
}

/** A new tensor that comes from others: it needs gradients if one of them does. */
function derived(rt: Runtime, type: TensorType, target: Target, { tensors }: Given): TensorObject {
  if (type.shape.length > MOST_DIMS) rt.raise('RuntimeError', `tensor has too many (>${MOST_DIMS}) dims`);
  const tensor = new TensorObject({ shape: type.shape, dtype: type.dtype });
  if (!isFloatingPoint(tensor.dtype) || !readingOf(rt).gradients) return tensor;
  if (target.learns === true || tensors.some(({ requiresGrad }) => requiresGrad)) {
    tensor.requiresGrad = true;
    tensor.computed = true;
  }
  tensor.mayNeedGradients = tensors.some(({ mayNeedGradients }) => mayNeedGradients);
  return tensor;
}

export function mapTensors<T extends TensorType>(
  result: Result<T>,
  change: (tensor: T) => TensorObject,
): Result<TensorObject> {
  if (result === null) return null;
  if (isTuple(result)) return result.map((item) => mapTensors(item, change));
  return change(result);
}

function isTuple<T extends TensorType>(result: T | readonly Result<T>[]): result is readonly Result<T>[] {
  return Array.isArray(result);
}

/** An outcome as the program gets it; where nothing can be said of the result, an unknown. */
export function outcomeValue(rt: Runtime, { result, undetermined }: Outcome, what: string): PyValue {
  return result === undefined
    ? rt.unknown(undetermined ?? `what ${what} gives after this error`)
    : fromResult(result, (tensor) => tensor);
}
