import { getAttribute, NdArray, PyFunction, PyList, PyTuple, PyUnknown } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { readingOf } from '../trace/reading.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { compute, layerComputation, tell } from './compute.js';
import { installed } from './install.js';
import { KerasObject } from './object.js';
import { replay } from './replay.js';
import type { CallManner } from './replay.js';
import { unknownWithin } from './shapes.js';
import { kerasTensorsIn, mapKerasTensors } from './tree-of-tensors.js';
import type { Step } from './tensor.js';
import { KerasTensor, shapeTuple } from './tensor.js';

/** `layer(inputs)`: shapes while a model is put together, a part of the network while one is traced. */
export function callKeras(
  rt: Runtime,
  self: KerasObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  manner: CallManner = { span: rt.span, quiet: false },
): PyValue {
  rt.step(5);
  const reading = readingOf(rt);
  const { trace } = reading;
  if (self.unreadable !== undefined) return self.unreadable;
  const given = args.map((arg) => tensorFrom(arg));
  const unknown = [...given, ...(keywords?.values() ?? [])]
    .map((arg) => unknownWithin(arg))
    .find((found) => found !== undefined);
  if (unknown !== undefined && self.layer !== undefined) {
    if (trace !== undefined) unknown.weighed = true;
    return unknown;
  }
  const further = [...(keywords?.values() ?? [])];
  const tensors = [...given, ...further].flatMap((arg) => kerasTensorsIn(arg));
  if (trace === undefined && reading.depth === 0 && self.layer === undefined && tensors.length > 0)
    self.calledOn = tensors;
  const isSymbolic = trace === undefined && tensors.some((tensor) => tensor.isSymbolic);
  // What happens inside is of no matter to the model that this call becomes a part of.
  const inner = trace === undefined && self.layer === undefined ? given.map(withoutHistory) : given;
  const innerKeywords =
    inner === given || keywords === undefined
      ? keywords
      : new Map([...keywords].map(([name, value]) => [name, withoutHistory(value)]));
  const errorsBefore = reading.errors.length;
  reading.depth++;
  let value: PyValue;
  try {
    value =
      trace === undefined
        ? forward(rt, self, inner, innerKeywords, manner)
        : trace.inside(self, () => forward(rt, self, inner, innerKeywords, manner));
  } finally {
    reading.depth--;
  }
  trace?.returned(
    self,
    kerasTensorsIn(value).map(({ shape, dtype }) => ({ shape, dtype })),
  );
  if (!isSymbolic) return value;
  const step: Step = {
    layer: self,
    operation: '',
    args: given,
    keywords,
    inputs: tensors.filter((tensor) => tensor.isSymbolic),
    span: manner.span,
    failed: reading.errors.length > errorsBefore,
  };
  const output = withHistory(value, step);
  const [input = null] = given;
  self.lastInput = input;
  self.lastOutput = output;
  return output;
}

/** Arrays of known numbers are tensors to a layer. */
function tensorFrom(value: PyValue): PyValue {
  if (value instanceof NdArray) return KerasTensor.of(value.shape);
  if (value instanceof TensorObject && !(value instanceof KerasTensor))
    return KerasTensor.of(value.shape, value.dtype);
  if (value instanceof PyList) return new PyList(value.items.map(tensorFrom));
  if (value instanceof PyTuple) return new PyTuple(value.items.map(tensorFrom));
  return value;
}

function withoutHistory(value: PyValue): PyValue {
  return mapKerasTensors(value, (tensor) => new KerasTensor(tensor, tensor.open));
}

/** Makes results the outputs of a step. */
export function withHistory(value: PyValue, step: Step): PyValue {
  let at = 0;
  return mapKerasTensors(value, (tensor) => {
    const output = new KerasTensor(tensor, tensor.open);
    output.history = { step, at: at++ };
    return output;
  });
}

function forward(
  rt: Runtime,
  self: KerasObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  manner: CallManner,
): PyValue {
  if (self.layer !== undefined && !isOverridden(self)) return callLayer(rt, self, args, keywords, manner);
  if (self.sequence !== undefined && !isOverridden(self)) return callSequence(rt, self, args, manner);
  if (self.graph !== undefined && !isOverridden(self)) return replay(rt, self, args, manner, callKeras);
  ensureBuilt(rt, self, args);
  return rt.call(getAttribute(rt, self, 'call'), args, takenBy(self, keywords));
}

/** Whether a class of the program says itself what its call does. */
function isOverridden({ cls }: KerasObject): boolean {
  return cls.lookup('call') instanceof PyFunction;
}

/** `training` and `mask` are handed to a call that takes them. */
function takenBy(self: KerasObject, keywords: Keywords | undefined): Keywords | undefined {
  const call = self.cls.lookup('call');
  if (keywords === undefined || !(call instanceof PyFunction)) return keywords;
  const { parameters } = call.signature;
  if (parameters.some(({ kind }) => kind === 'keywords')) return keywords;
  const names = new Set(parameters.map(({ name }) => name));
  return new Map(
    [...keywords].filter(([name]) => names.has(name) || !(name === 'training' || name === 'mask')),
  );
}

/** Calls `build` of a class of the program with the shapes of its first call, once. */
function ensureBuilt(rt: Runtime, self: KerasObject, args: readonly PyValue[]): void {
  if (self.built) return;
  self.built = true;
  const build = self.cls.lookup('build');
  if (!(build instanceof PyFunction)) return;
  const [first = null] = args;
  rt.call(getAttribute(rt, self, 'build'), [shapesOf(first)]);
  self.built = true;
}

function shapesOf(value: PyValue): PyValue {
  if (value instanceof KerasTensor) return shapeTuple(value.sizes);
  if (value instanceof PyList || value instanceof PyTuple) return new PyList(value.items.map(shapesOf));
  return null;
}

/** One of Keras's own layers; it gets its weights at its first call. */
function callLayer(
  rt: Runtime,
  self: KerasObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  { span, quiet }: CallManner,
): PyValue {
  if (self.layer === undefined) return rt.unknown(`what ${self.cls.name} gives`);
  const layer = installed(rt, self, self.layer, args, keywords, (error) => {
    if (!quiet) tell(rt, error, span);
  });
  const { trace } = readingOf(rt);
  const modulePath = trace === undefined ? undefined : (trace.pathOf(self) ?? trace.pathForPassing());
  const { value } = compute(rt, layerComputation(layer, self.cls.name, self.training), args, keywords, {
    span,
    quiet,
    modulePath,
    training: self.training,
  });
  return value;
}

/** A `Sequential`: its layers one after the other, each where the program made it. */
function callSequence(rt: Runtime, self: KerasObject, args: readonly PyValue[], manner: CallManner): PyValue {
  let [value = null] = args;
  const { trace } = readingOf(rt);
  for (const layer of self.sequence ?? []) {
    rt.step(2);
    const span = layer.origin ?? manner.span;
    const quiet = manner.quiet || (trace !== undefined && layer.refused);
    value = callKeras(rt, layer, [value], undefined, { span, quiet });
    if (value instanceof PyUnknown) return value;
  }
  return value;
}
