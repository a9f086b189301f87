import { PyTuple } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { operation, Raised, Undetermined } from '@tensormark/network';
import type { CallArguments, Layer, TensorType, TorchWarning, Tracer } from '@tensormark/network';
import { readingOf, report, warn } from '../../trace/reading.js';
import { given, invoke, mapTensors, outcomeValue, unknownAmong } from '../apply.js';
import type { Given, Outcome, Target } from '../apply.js';
import { fromArgument, toArgument, toResult } from '../convert.js';
import { applyOperation } from '../operations.js';
import { TensorObject } from '../tensor/tensor.js';
import { checkIndices, checkValues } from '../value-checks.js';
import { checkedInput, checkTarget } from './input-check.js';
import { expectedInput } from './expected-input.js';
import { callModule } from './call.js';
import { install } from './install.js';
import { tensorsOf } from './module-object.js';
import { PackedObject, packedLike, paddedFor } from './packed-sequence.js';
import type { ModuleObject } from './module-object.js';
import { submodule } from './module-traversal.js';

/** The forward of one of PyTorch's own layers. */
export function callLayer(
  rt: Runtime,
  module: ModuleObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue {
  if (module.unreadable !== undefined) return callUnsized(rt, module, args) ?? module.unreadable;
  if (module.layer === undefined)
    return rt.raise('AttributeError', `'${module.cls.name}' object has no attribute '_parameters'`);
  const [first, ...others] = args;
  if (first instanceof PackedObject) return callPacked(rt, module, first, others, keywords);
  const unknown = unknownAmong(args, keywords);
  if (unknown !== undefined && readingOf(rt).trace !== undefined) unknown.weighed = true;
  const assumed = unknown === undefined ? undefined : expectedInput(rt, module);
  if (unknown !== undefined && (assumed === undefined || args.length !== 1)) return unknown;
  const inputs = assumed === undefined ? readableInputs(rt, module.layer, args) : [assumed];
  if (inputs === undefined) return rt.unknown(`what ${module.cls.name} gives for an input that is no tensor`);
  const call = given(inputs, keywords);
  const layer = materialized(rt, module, module.layer, call);
  if (layer.composite) return callComposite(rt, module, layer, call);
  const outcome = invoke(rt, targetOf(rt, module, layer), call);
  if (!outcome.failed) {
    checkValues(rt, layer.type, call.tensors);
    const { num_embeddings: rows } = layer.config;
    if (typeof rows === 'number') checkIndices(rt, call.tensors[0], rows);
  }
  return outcomeValue(rt, outcome, module.cls.name);
}

/** What a layer gives of which a size is not known that has no part in it: its shape; undefined where that is not known. */
function callUnsized(rt: Runtime, module: ModuleObject, args: readonly PyValue[]): PyValue | undefined {
  const [input] = args;
  const { goesOn, trace } = readingOf(rt);
  if (!goesOn || trace !== undefined || args.length !== 1 || !(input instanceof TensorObject))
    return undefined;
  const layer = module.sizedFor?.(input);
  if (layer === undefined) return undefined;
  const outcome = invoke(rt, { ...targetOf(rt, module, layer), learns: true }, given(args, undefined));
  return outcome.failed ? undefined : outcomeValue(rt, outcome, module.cls.name);
}

/** A recurrent layer on packed sequences: on the padded tensor they come from, its output packed again. */
function callPacked(
  rt: Runtime,
  module: ModuleObject,
  packed: PackedObject,
  others: readonly PyValue[],
  keywords: Keywords | undefined,
): PyValue {
  const batchFirst = module.layer?.config.batch_first === true;
  const result = callLayer(rt, module, [paddedFor(rt, packed, batchFirst), ...others], keywords);
  if (!(result instanceof PyTuple)) return result;
  const [output = null, ...states] = result.items;
  return new PyTuple([packedLike(rt, output, packed, batchFirst), ...states]);
}

/** The arguments with a tensor in the first place; undefined where there is none to take. */
function readableInputs(rt: Runtime, layer: Layer, args: readonly PyValue[]): readonly PyValue[] | undefined {
  const [first, ...others] = args;
  if (first === undefined) return args;
  const input = checkedInput(rt, layer, first);
  return input === undefined || !checkTarget(rt, layer, others[0]) ? undefined : [input, ...others];
}

function targetOf(rt: Runtime, module: ModuleObject, layer: Layer): Target {
  const { trace } = readingOf(rt);
  // A layer made during the forward belongs to no module: it counts where it is used, its parameters nowhere.
  const modulePath = trace?.pathOf(module);
  return {
    bind: (args) => layer.call(args),
    record: (trace, args, site) => trace.builder.applyLayer(layer, args, site),
    always: true,
    learns: learns(module),
    modulePath: modulePath ?? trace?.pathForPassing(),
    training: module.training,
  };
}

/** Whether a module has parameters of its own that need gradients. */
function learns(module: ModuleObject): boolean {
  for (const [, { requiresGrad }] of tensorsOf(module, 'parameters')) if (requiresGrad) return true;
  return false;
}

function materialized(rt: Runtime, module: ModuleObject, layer: Layer, call: Given): Layer {
  if (!layer.uninitialized) return layer;
  try {
    const made = layer.materialize({
      positional: call.args.map((value) => toArgument(rt, value, (tensor) => tensor)),
      named: Object.fromEntries(
        [...(call.keywords ?? [])].map(([name, value]) => [name, toArgument(rt, value, (tensor) => tensor)]),
      ),
    });
    if (made === undefined) return layer;
    install(rt, module, made);
    readingOf(rt).trace?.redeclare(module);
    return made;
  } catch (raised) {
    if (!(raised instanceof Raised)) throw raised;
    report(rt, raised.error);
    return layer;
  }
}

const asIs = (tensor: TensorObject): TensorObject => tensor;

function own(type: TensorType): TensorObject {
  return type instanceof TensorObject ? type : new TensorObject(type);
}

function pythonCall({
  positional,
  named,
}: CallArguments): readonly [readonly PyValue[], ReadonlyMap<string, PyValue>] {
  return [
    positional.map((value) => fromArgument(value, own)),
    new Map(Object.entries(named ?? {}).map(([name, value]) => [name, fromArgument(value, own)])),
  ];
}

/** A layer that is made of others: its parts are called as modules of the program, so that replaced ones are too. */
function callComposite(rt: Runtime, module: ModuleObject, layer: Layer, { args, keywords }: Given): PyValue {
  const warnings: TorchWarning[] = [];
  const call: CallArguments = {
    positional: args.map((value) => toArgument(rt, value, asIs)),
    named: Object.fromEntries(
      [...(keywords ?? [])].map(([name, value]) => [name, toArgument(rt, value, asIs)]),
    ),
  };
  const tracer: Tracer = {
    child(path, childCall) {
      const [childArgs, childKeywords] = pythonCall(childCall);
      return toResult(callModule(rt, submodule(rt, module, path), childArgs, childKeywords), asIs);
    },
    apply(name, operationCall) {
      const definition = operation(name);
      if (definition === undefined) throw new RangeError(`there is no operation '${name}'`);
      const [operationArgs, operationKeywords] = pythonCall(operationCall);
      return toResult(applyOperation(rt, definition, operationArgs, operationKeywords), asIs);
    },
  };
  let outcome: Outcome;
  try {
    const result = layer.call(call).infer({
      training: module.training,
      warn: (message) => warnings.push({ type: 'UserWarning', message }),
      tracer,
    });
    outcome = { result: mapTensors(result, own), bound: undefined, failed: false };
  } catch (raised) {
    if (raised instanceof Undetermined) return rt.unknown(raised.message);
    if (!(raised instanceof Raised)) throw raised;
    report(rt, raised.error);
    const { assume } = raised;
    outcome = {
      result: assume === undefined ? undefined : mapTensors(assume, own),
      bound: undefined,
      failed: true,
    };
  }
  warn(rt, warnings);
  return outcomeValue(rt, outcome, module.cls.name);
}
