import { ELLIPSIS, PySlice, PyTuple } from '@tensormark/python';
import type { Keywords, PyValue, Runtime, Span } from '@tensormark/python';
import { ELLIPSIS as ANY_AXES, tensorsOf, inferLayer, inferOperation } from '@tensormark/network';
import type {
  Applied,
  Argument,
  CallArguments,
  CallSite,
  Inference,
  Layer,
  NetworkBuilder,
  Result,
  Tensor,
  TensorType,
  TorchError,
} from '@tensormark/network';
import { readingOf, warn } from '../trace/reading.js';
import { sourcePlace } from '../trace/trace.js';
import type { Trace } from '../trace/trace.js';
import { fromResult, toArgument } from '../torch/convert.js';
import type { TensorObject } from '../torch/tensor/tensor.js';
import { kerasTensorsIn } from './tree-of-tensors.js';
import { KerasTensor, OPEN_SIZE, saidOf } from './tensor.js';

/** Something of the network's tables that is done to tensors. */
export interface Computation {
  /** For people. */
  readonly what: string;
  infer(args: CallArguments): Inference;
  record(builder: NetworkBuilder, args: CallArguments, site: CallSite): Applied;
}

export function layerComputation(layer: Layer, what: string, training: boolean): Computation {
  return {
    what,
    infer: (args) => inferLayer(layer, args, { training }),
    record: (builder, args, site) => builder.applyLayer(layer, args, site),
  };
}

export function operationComputation(name: string): Computation {
  return {
    what: name,
    infer: (args) => inferOperation(name, args),
    record: (builder, args, site) => builder.apply(name, args, site),
  };
}

/** Where and how something is computed. */
export interface Manner {
  readonly span: Span | undefined;
  /** True where what it may be refused for has been told already. */
  readonly quiet: boolean;
  readonly modulePath?: string | undefined;
  readonly training: boolean;
}

/** What a computation came to. */
export interface Computed {
  readonly value: PyValue;
  readonly failed: boolean;
}

/** As much work as so many steps of the program. */
const STEPS = 40;

/** Computes on tensors: into the network being traced, or their shapes alone while a model is put together. */
export function compute(
  rt: Runtime,
  computation: Computation,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  manner: Manner,
): Computed {
  rt.step(STEPS);
  const { trace } = readingOf(rt);
  return trace === undefined
    ? inferred(rt, computation, args, keywords, manner)
    : recorded(rt, trace, computation, args, keywords, manner);
}

function recorded(
  rt: Runtime,
  trace: Trace,
  computation: Computation,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  { span, quiet, modulePath = trace.path, training }: Manner,
): Computed {
  const place = span === undefined ? undefined : sourcePlace(span);
  const given = argumentsOf(rt, args, keywords, (tensor) => trace.valueOf(tensor, place));
  const site: CallSite = { modulePath, training, ...(place && { place }) };
  const applied = computation.record(trace.builder, given, site);
  warn(rt, applied.warnings);
  if (applied.error !== undefined && !quiet) tell(rt, applied.error, span);
  const { outputs } = applied;
  const value =
    outputs === undefined
      ? rt.unknown(applied.undetermined ?? `what ${computation.what} gives after this error`)
      : fromResult<Tensor>(outputs, (of) => {
          const tensor = new KerasTensor({ shape: of.shape, dtype: of.dtype });
          trace.bind(tensor, of);
          return tensor;
        });
  return { value, failed: applied.error !== undefined };
}

function inferred(
  rt: Runtime,
  computation: Computation,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  { span, quiet }: Manner,
): Computed {
  const at = (scale: number, others?: number): Inference =>
    computation.infer(argumentsOf(rt, args, keywords, (tensor) => sized(tensor, scale, others)));
  const isOpen = [...args, ...(keywords?.values() ?? [])].some((value) =>
    kerasTensorsIn(value).some(({ open }) => open.size > 0),
  );
  const first = at(1);
  if (first.error !== undefined && !quiet && !(isOpen && passesSomehow(at))) tell(rt, first.error, span);
  if (first.outputs === undefined)
    return {
      value: rt.unknown(first.undetermined ?? `what ${computation.what} gives after this error`),
      failed: first.error !== undefined,
    };
  const second = (isOpen ? at(2).outputs : undefined) ?? first.outputs;
  return { value: symbolic(first.outputs, second), failed: first.error !== undefined };
}

/** The largest size that is tried in the place of those that are open. */
const MOST_TRIED = 256;

/** Whether some size in the place of those that are open would do: then Keras, which leaves them open, refuses nothing. */
function passesSomehow(at: (scale: number, others?: number) => Inference): boolean {
  for (let size = 1; size <= MOST_TRIED; size++) {
    const scale = size / OPEN_SIZE;
    if (at(scale).error === undefined || at(scale, 1 / OPEN_SIZE).error === undefined) return true;
  }
  return false;
}

/** A tensor's type with its open sizes scaled: the last of them, and the others as it or by a scale of their own. */
function sized(tensor: TensorType, scale: number, others = scale): TensorType {
  const { shape, dtype } = tensor;
  if (!(tensor instanceof KerasTensor) || tensor.open.size === 0) return { shape, dtype };
  const last = Math.max(...tensor.open);
  const scaled = (size: number, axis: number): number => Math.round(size * (axis === last ? scale : others));
  return { shape: shape.map((size, axis) => (tensor.open.has(axis) ? scaled(size, axis) : size)), dtype };
}

/** Results reckoned twice: what comes out differently is open. */
function symbolic(first: Result, second: Result): PyValue {
  const others = tensorsOf(second);
  let next = 0;
  return fromResult(first, ({ shape, dtype }) => {
    const other = others[next++];
    const open = new Set(shape.flatMap((size, axis) => (other?.shape[axis] === size ? [] : [axis])));
    return new KerasTensor(
      { shape: shape.map((size, axis) => (open.has(axis) ? OPEN_SIZE : size)), dtype },
      open,
    );
  });
}

function argumentsOf(
  rt: Runtime,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  tensor: (of: TensorObject) => TensorType,
): CallArguments {
  const each = (value: PyValue): Argument => indexArgument(value, each) ?? toArgument(rt, value, tensor);
  const positional = args.map(each);
  if (keywords === undefined || keywords.size === 0) return { positional };
  return { positional, named: Object.fromEntries([...keywords].map(([name, value]) => [name, each(value)])) };
}

/** What stands in the brackets of `tensor[...]`; undefined for other values. */
function indexArgument(value: PyValue, each: (value: PyValue) => Argument): Argument | undefined {
  if (value === ELLIPSIS) return ANY_AXES;
  if (value instanceof PyTuple && value.items.some((item) => item === ELLIPSIS || item instanceof PySlice))
    return value.items.map(each);
  if (!(value instanceof PySlice)) return undefined;
  const [start, stop, step] = [value.start, value.stop, value.step].map((bound) =>
    typeof bound === 'bigint' ? bound : null,
  );
  return { slice: [start ?? null, stop ?? null, step ?? null] };
}

/** Records an error of Keras's; reading goes on with what would have come had it been right. */
export function tell(rt: Runtime, { type, message, exact }: TorchError, span: Span | undefined): void {
  const place = span?.place ?? rt.place;
  readingOf(rt).errors.push({ type, message: saidOf(message), place, exact });
}
