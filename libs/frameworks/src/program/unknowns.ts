import { behindReceiver, PyFunction, PyIterator, PyObject, PyTuple, PyUnknown } from '@tensormark/python';
import type { Derivation, Keywords, PyValue, Runtime } from '@tensormark/python';
import { attempted } from './attempted.js';
import { handOn, leaveFilled } from './callbacks.js';
import { callBegan, callFinished } from './classify.js';
import type { Called } from './events.js';
import { OPERATORS, UNARY_OPERATORS } from './operators.js';
import type { Recording } from './recording.js';
import { kerasSetting } from './settings.js';
import { foreignName, OWN_CLASS } from './called-name.js';
import { NOTHING_NAMED, Value } from './value.js';
import type { Datum, Making } from './value.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { arrayFacts } from '../keras/program/arrays.js';
import { elementOfSet } from '../keras/program/stream-elements.js';
import { ownCall, ownLoss } from './own-calls.js';
import { keepOwner, ownerOfMethod, ownSteps } from './own-steps.js';
import { toldTensor } from './told-shapes.js';
import { valuesAmong, valuesGiven } from './values.js';
import { visionDataOf } from './vision-data.js';

/** What stands for something that comes of an unknown, with where it comes from. */
export function derivedUnknown(rt: Runtime, recording: Recording, from: Derivation): PyValue {
  const { values } = recording;
  switch (from.kind) {
    case 'attribute': {
      const of = asValue(recording, rt, from.of);
      if (from.name === 'newaxis' && foreignName(of[0]) === 'tensorflow') return null;
      const found = values.unknown(rt, reasonOf(from.of), { kind: 'attribute', name: from.name }, of);
      keepOwner(found, from.of);
      return found;
    }
    case 'operator': {
      const data = from.operands.map((operand) => values.datum(rt, operand));
      const name = (data.length === 1 ? UNARY_OPERATORS : OPERATORS)[from.symbol] ?? from.symbol;
      const args = { positional: data, named: NOTHING_NAMED };
      const unknown = from.operands.find((operand) => reasonOf(operand) !== '');
      const reason = unknown === undefined ? '' : reasonOf(unknown);
      const result = values.unknown(rt, reason, { kind: 'operation', name, args }, valuesAmong(data));
      recording.record({
        kind: 'call',
        name,
        owner: 'unknown',
        args,
        result: values.valueOf(rt, result),
        moment: recording.moment(rt),
      });
      return result;
    }
    case 'item': {
      const item = values.datum(rt, from.of);
      const of = valuesAmong([item]);
      const args = { positional: [item, values.datum(rt, from.key)], named: NOTHING_NAMED };
      const made = { kind: 'operation', name: 'getitem', args } as const;
      const example = exampleOf(rt, recording, from.of, from.key);
      if (example !== undefined) return example;
      return tensorTold(rt, recording, made, of) ?? values.unknown(rt, reasonOf(from.of), made, of);
    }
    case 'element':
      return element(rt, recording, from.of);
    case 'unpacked':
      if (from.index === 0) countRows(rt, recording, from.of, from.count);
      return unpacked(rt, recording, from.of, from.index);
    case 'varies':
      return values.unknown(
        rt,
        'a value that differs with what is not known',
        { kind: 'unknown', reason: 'varies' },
        [],
      );
    case 'instance': {
      const of = asValue(recording, rt, from.of);
      const named = new Map<string, Datum>([[OWN_CLASS, from.cls.name]]);
      return values.unknown(
        rt,
        reasonOf(from.of),
        { kind: 'operation', name: 'call', args: { positional: of, named } },
        of,
      );
    }
    case 'call':
      return callUnknown(rt, recording, from.callee, from.args, from.keywords);
  }
}

/** A picture with its label, of a data set of torchvision's that the program takes examples from itself. */
function exampleOf(rt: Runtime, { values }: Recording, of: PyValue, key: PyValue): PyValue | undefined {
  if (typeof key !== 'bigint' && !(key instanceof PyUnknown)) return undefined;
  const set = values.datum(rt, of);
  const { kind, channels, height, width } = visionDataOf(set)?.picture ?? {};
  if (kind !== 'tensor' || channels === undefined || height === undefined || width === undefined)
    return undefined;
  const inputs = valuesAmong([set]);
  const part = (at: bigint): Making => ({
    kind: 'operation',
    name: 'getitem',
    args: { positional: [...inputs, values.datum(rt, key), at], named: NOTHING_NAMED },
  });
  const picture = new TensorObject({ shape: [channels, height, width], dtype: 'float32' });
  values.set(rt, picture, part(0n), inputs);
  return new PyTuple([picture, values.unknown(rt, 'a label of a data set', part(1n), inputs)]);
}

/** A tensor of a shape that the call says, made of what is not known. */
function tensorTold(
  rt: Runtime,
  { values }: Recording,
  made: Making & { readonly kind: 'operation' },
  inputs: readonly Value[],
): TensorObject | undefined {
  const told = toldTensor(made.name, made.args);
  if (told !== undefined) values.set(rt, told, made, inputs);
  return told;
}

function element(rt: Runtime, recording: Recording, of: PyObject): PyValue {
  const inputs = asValue(recording, rt, of);
  const made: Making = {
    kind: 'operation',
    name: 'element',
    args: { positional: inputs, named: NOTHING_NAMED },
  };
  return recording.values.unknown(rt, reasonOf(of), made, inputs);
}

/** More rows than there are names for them: an array of examples is not a pair. */
const FEW = 8;

/** Unpacking an array gives its rows, of which there have to be as many as there are names. */
function countRows(rt: Runtime, recording: Recording, of: PyObject, count: number | undefined): void {
  const [source] = asValue(recording, rt, of);
  const rows = arrayFacts(source).shape?.[0];
  if (rows !== undefined && count !== undefined && count < FEW && rows > FEW)
    rt.raise('ValueError', `too many values to unpack (expected ${count})`);
}

function unpacked(rt: Runtime, recording: Recording, of: PyObject, index: number): PyValue {
  const inputs = asValue(recording, rt, of);
  const [source] = inputs;
  if (source?.made.kind === 'batch') {
    const made: Making = { ...source.made, part: index };
    return recording.values.unknown(rt, reasonOf(of), made, []);
  }
  const at = BigInt(index);
  const args = { positional: source === undefined ? [at] : [source, at], named: NOTHING_NAMED };
  return recording.values.unknown(rt, reasonOf(of), { kind: 'operation', name: 'unpacked', args }, inputs);
}

/** A call of something unknown: a method by its name, or anything else. */
function callUnknown(
  rt: Runtime,
  recording: Recording,
  callee: PyObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue {
  if (!(callee instanceof PyUnknown)) return callee;
  const source = recording.values.valueOf(rt, callee);
  const setting = args.length > 0 ? undefined : kerasSetting(source, rt.span?.source.text ?? '');
  if (setting !== undefined) return setting;
  const method = source.made.kind === 'attribute' ? source.made.name : undefined;
  const receiver = method === undefined ? source : (source.inputs[0] ?? source);
  const given = recording.values.arguments(rt, args, keywords);
  const positional = behindReceiver<Datum>(receiver, given.positional);
  const call: Called = {
    kind: 'call',
    name: method ?? '',
    owner: 'unknown',
    args: { positional, named: given.named },
    result: undefined,
    moment: recording.moment(rt),
  };
  recording.record(call);
  handOn(rt, recording, method, args, keywords);
  // A method of a base that is not known has the object itself in its hands.
  const owner = ownerOfMethod(callee);
  if (owner !== undefined) leaveFilled(rt, owner);
  callBegan(recording, rt, call, undefined, args);
  if (method === 'step') callClosure(rt, args[0] ?? keywords?.get('closure'));
  callBuilder(rt, receiver, args[0] ?? keywords?.get('build_fn') ?? keywords?.get('model'));
  const mapped =
    method === 'map'
      ? mappedElement(rt, recording, receiver, args[0])
      : firstYielded(rt, recording, method, args[0] ?? keywords?.get('x') ?? keywords?.get('generator'));
  const gives =
    method === undefined
      ? ownCall(rt, recording, callee, args, keywords)
      : method === 'compile'
        ? ownLoss(rt, recording, args, keywords)
        : undefined;
  const made: Making & { readonly kind: 'operation' } = {
    kind: 'operation',
    name: method ?? 'call',
    args:
      mapped === undefined ? call.args : { positional, named: new Map([...given.named, ['gives', mapped]]) },
    ...(gives !== undefined && { gives }),
  };
  const inputs = valuesGiven(call.args);
  const result =
    tensorTold(rt, recording, made, inputs) ?? recording.values.unknown(rt, callee.reason, made, inputs);
  call.result = recording.values.valueOf(rt, result);
  callFinished(recording, rt, call, undefined);
  ownSteps(rt, recording, callee, call);
  return result;
}

/** scikit-learn's wrapper of Keras makes its network by a function that it is handed. */
function callBuilder(rt: Runtime, callee: Value, builder: PyValue | undefined): void {
  if (!(builder instanceof PyFunction) || !/\.Keras(Classifier|Regressor)$/.test(foreignName(callee) ?? ''))
    return;
  if (
    builder.signature.parameters.every(({ fallback, kind }) => fallback !== undefined || kind === 'keywords')
  )
    rt.call(builder, []);
}

/** What a generator of the program yields first, that a network of Keras is to learn from. */
function firstYielded(
  rt: Runtime,
  recording: Recording,
  method: string | undefined,
  from: PyValue | undefined,
): Datum | undefined {
  if (method !== 'fit' && method !== 'fit_generator') return undefined;
  return attempted(() => {
    const first = firstOf(rt, from);
    return first === undefined ? undefined : recording.values.datum(rt, first);
  });
}

/** The first that a generator yields, or that an object of the program's own gives by its place, as one derived from `Sequence` does. */
function firstOf(rt: Runtime, from: PyValue | undefined): PyValue | undefined {
  if (from instanceof PyIterator) return from.cls.name === 'generator' ? from.next(rt) : undefined;
  const item = from instanceof PyObject ? from.cls.lookup('__getitem__') : undefined;
  return from instanceof PyObject && item instanceof PyFunction
    ? rt.call(rt.bind(item, from), [0n])
    : undefined;
}

/** What a function makes of one element of a `tf.data.Dataset` that it is mapped over. */
function mappedElement(
  rt: Runtime,
  recording: Recording,
  dataset: Value,
  mapper: PyValue | undefined,
): Datum | undefined {
  if (!(mapper instanceof PyFunction)) return undefined;
  const element = elementOfSet(dataset, arrayFacts);
  if (element === undefined) return undefined;
  const turn = recording.values.unknown(
    rt,
    'an element of a data set',
    { kind: 'operation', name: 'element', args: { positional: [dataset], named: NOTHING_NAMED } },
    [dataset],
  );
  const given =
    element.kind === 'several'
      ? element.parts.map((_, index) => unpacked(rt, recording, turn, index))
      : [turn];
  const { parameters } = mapper.signature;
  if (parameters.length < given.length && !parameters.some(({ kind }) => kind === 'rest')) return undefined;
  return recording.values.datum(rt, rt.call(mapper, given));
}

/** `optimizer.step(closure)` computes the loss again by itself. */
function callClosure(rt: Runtime, closure: PyValue | undefined): void {
  if (closure instanceof PyFunction) rt.call(closure, []);
}

function asValue(recorder: Recording, rt: Runtime, object: PyValue): readonly Value[] {
  return valuesAmong([recorder.values.datum(rt, object)]);
}

function reasonOf(value: PyValue): string {
  return value instanceof PyUnknown ? value.reason : '';
}
