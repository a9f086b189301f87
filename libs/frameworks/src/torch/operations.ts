import { getAttribute, PyUnknown } from '@tensormark/python';
import type { Keywords, PyValue, Runtime } from '@tensormark/python';
import { CATEGORIES, DTYPES, formatShape, isFloatingPoint } from '@tensormark/network';
import type { CallArguments, DType, OperationDefinition } from '@tensormark/network';
import { readingOf, report } from '../trace/reading.js';
import { given, invoke, invokeInNetwork, outcomeValue, unknownAmong } from './apply.js';
import type { Given, Outcome, Target } from './apply.js';
import { asGivenToday } from './old-arguments.js';
import { named } from './return-types.js';
import { attachElements } from './element-rules/attach.js';
import { TensorObject } from './tensor/tensor.js';
import { checkDivisor, checkPlaces, checkValues } from './value-checks.js';
import { countOf, MOST_ELEMENTS } from './values/elements.js';
import { affordsElements, countElementWork } from './values/work.js';
import { startOfResult } from './values/starts.js';
import { VIEWS } from './views.js';

function targetOf(rt: Runtime, definition: OperationDefinition): Target {
  return {
    bind: (args: CallArguments) => definition.call(args),
    record: (trace, args, site) => trace.builder.apply(definition.name, args, site),
    always: false,
    modulePath: undefined,
    training: readingOf(rt).training,
  };
}

/** Keywords by which PyTorch tells the kinds of one argument apart. */
const RENAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tensor_split: { indices: 'indices_or_sections', sections: 'indices_or_sections' },
  split: { split_size_or_sections: 'split_size', split_sections: 'split_size', split_sizes: 'split_size' },
};

/** Keywords that PyTorch takes as NumPy names them. */
const NUMPY_NAMES: Readonly<Record<string, string>> = { axis: 'dim', keepdims: 'keepdim' };

/** Keywords as the operation's table has them. */
export function renamed(
  operation: OperationDefinition,
  keywords: Keywords | undefined,
): Keywords | undefined {
  if (keywords === undefined) return keywords;
  const names = RENAMED[operation.name];
  const known = (name: string): string => {
    // Written in Python, which takes the names as they are.
    if (operation.name === 'norm') return name;
    const numpys = NUMPY_NAMES[name];
    if (numpys !== undefined && numpys in operation.signature && !(name in operation.signature))
      return numpys;
    return names?.[name] ?? name;
  };
  return new Map([...keywords].map(([name, value]) => [known(name), value]));
}

/** Calls an operation of the table on values of the program. */
export function applyOperation(
  rt: Runtime,
  definition: OperationDefinition,
  args: readonly PyValue[],
  keywords?: Keywords,
): PyValue {
  const unknown = unknownAmong(args, keywords);
  if (unknown !== undefined) return unknown;
  const [only] = args;
  // `torch.where(condition)` alone tells where it holds.
  if (definition.name === 'where' && args.length === 1 && only instanceof TensorObject && !keywords?.size)
    return rt.call(getAttribute(rt, only, 'nonzero'), [], new Map([['as_tuple', true]]));
  const call = given(...asGivenToday(definition.name, args, renamed(definition, keywords)));
  const outcome = performed(rt, definition, call);
  return named(definition.name, outcomeValue(rt, outcome, definition.name));
}

/** Works out the elements of what was computed, where that many are still gone over. */
function attachWork(rt: Runtime, definition: OperationDefinition, { tensors }: Given, alone: Outcome): void {
  if (alone.bound === undefined) return;
  if (!VIEWS.has(definition.name)) {
    const given = tensors.reduce((count, { known }) => count + (known?.count ?? 0), 0);
    const { result } = alone;
    const made = given > 0 && result instanceof TensorObject ? countOf(result.shape) : 0;
    if (!affordsElements(rt, given + Math.min(made, MOST_ELEMENTS))) return;
    countElementWork(rt, tensors);
  }
  attachElements(definition, alone);
}

function performed(rt: Runtime, definition: OperationDefinition, call: Given): Outcome {
  const target = targetOf(rt, definition);
  const alone = invoke(rt, target, call);
  if (!alone.failed) {
    checkValues(rt, definition.name, call.tensors);
    checkDivisor(rt, definition.name, call.args);
    checkPlaces(rt, definition.name, call.args);
  }
  attachWork(rt, definition, call, alone);
  const outcome = isForgotten(call, alone) ? (invokeInNetwork(rt, target, call) ?? alone) : alone;
  const { result } = outcome;
  if (result instanceof TensorObject && result.elements !== undefined) {
    countElementWork(rt, [result]);
    if (!VIEWS.has(definition.name)) rt.allocate(result.elements.count * 8);
  }
  const [source] = call.tensors;
  if (
    source !== undefined &&
    VIEWS.has(definition.name) &&
    result instanceof TensorObject &&
    result !== source
  ) {
    result.viewOf = source.viewOf ?? source;
    result.viewOf.viewed = true;
    source.viewed = true;
  }
  if (outcome.bound !== undefined && result instanceof TensorObject && result.known === undefined)
    result.start = startOfResult(definition.name, call.args, call.keywords?.size ?? 0);
  return outcome;
}

/** What is made of known elements alone, by a rule that is not followed element by element: the network computes it. */
function isForgotten({ tensors }: Given, { result, bound, failed }: Outcome): boolean {
  if (bound === undefined || failed || !tensors.some(({ known }) => known !== undefined)) return false;
  const results = result instanceof TensorObject ? [result] : [];
  return (
    results.some(({ known }) => known === undefined) && tensors.every(({ known }) => known !== undefined)
  );
}

/** What `name_` lays a tensor out by, another shape and the same elements. */
const RELAID = new Set(['transpose', 't', 'swapaxes', 'swapdims', 'squeeze', 'unsqueeze']);

/** `tensor.name_(...)`: the tensor becomes what the operation gives, which must have its shape. */
export function applyInPlace(
  rt: Runtime,
  definition: OperationDefinition,
  self: TensorObject,
  args: readonly PyValue[],
  keywords?: Keywords,
): PyValue {
  refuseLeaf(rt, self);
  const unknown = unknownAmong(args, keywords);
  if (unknown !== undefined) {
    overwrite(rt, self, undefined);
    return self;
  }
  const { result } = performed(
    rt,
    definition,
    given(...asGivenToday(definition.name, [self, ...args], keywords)),
  );
  if (RELAID.has(definition.name) && result instanceof TensorObject) {
    // The tensor itself is laid out otherwise from here on.
    const { trace } = readingOf(rt);
    self.shape = result.shape;
    self.elements = result.elements;
    if (trace?.contains(result) === true) trace.bind(self, trace.valueOf(result));
    return self;
  }
  if (result instanceof TensorObject && result.shape.join() !== self.shape.join()) {
    report(rt, {
      type: 'RuntimeError',
      message: `output with shape ${formatShape(self.shape)} doesn't match the broadcast shape ${formatShape(result.shape)}`,
      exact: true,
    });
    return self;
  }
  if (result instanceof TensorObject) refuseNarrowing(rt, self, result);
  overwrite(rt, self, result instanceof TensorObject ? result : undefined);
  return self;
}

/** The elements of a tensor change in a way that the network's record does not follow. */
export function changedInPlace(rt: Runtime, self: TensorObject): void {
  const { trace } = readingOf(rt);
  self.restart({ kind: 'unknown' });
  const shared = [self, self.viewOf, self.dataOf];
  if (trace !== undefined && shared.some((tensor) => tensor !== undefined && trace.contains(tensor)))
    trace.depart('the elements of a tensor are changed in place', rt.span);
}

/** Gives a tensor other contents in place; undefined where they are unknown. */
export function overwrite(rt: Runtime, self: TensorObject, by: TensorObject | undefined): void {
  const { elements } = self;
  const values = by?.known;
  countElementWork(rt, [self]);
  const { trace } = readingOf(rt);
  // What becomes of the tensor itself is recorded; what other views of it see is not.
  if (
    by === undefined ||
    self.viewOf !== undefined ||
    self.dataOf !== undefined ||
    self.viewed ||
    trace?.contains(by) !== true
  )
    changedInPlace(rt, self);
  if (elements !== undefined) {
    if (values === undefined) elements.storage.known = false;
    else elements.write(values.toArray());
  }
  if (by === undefined) return;
  if (by.start !== undefined && values === undefined) self.restart(by.start);
  if (trace !== undefined && trace.contains(by)) trace.bind(self, trace.valueOf(by));
  writtenWith(rt, self, by);
}

/** What is written into a tensor in place makes it need gradients where that does, and what it is a view of. */
export function writtenWith(rt: Runtime, self: TensorObject, by: PyValue): void {
  const needs = by instanceof TensorObject && by.requiresGrad;
  if (!readingOf(rt).gradients || !isFloatingPoint(self.dtype) || !(needs || by instanceof PyUnknown)) return;
  for (const tensor of [self, self.viewOf]) {
    if (tensor === undefined) continue;
    if (needs) tensor.requiresGrad = tensor.computed = true;
    else tensor.mayNeedGradients = true;
  }
}

/** A leaf that needs gradients, and a view of one, must not be written over in place. */
export function refuseLeaf(rt: Runtime, self: TensorObject): void {
  if (!readingOf(rt).gradients) return;
  const leaf = self.viewOf ?? self;
  if (!leaf.requiresGrad || leaf.computed) return;
  const what = self.viewOf === undefined ? 'a leaf Variable' : 'a view of a leaf Variable';
  report(rt, {
    type: 'RuntimeError',
    message: `${what} that requires grad is being used in an in-place operation.`,
    exact: true,
  });
}

/** A result of another kind of number cannot be put into a tensor in place: floats into integers. */
function refuseNarrowing(rt: Runtime, self: TensorObject, result: TensorObject): void {
  const rank = (dtype: DType): number => CATEGORIES.indexOf(DTYPES[dtype].category);
  if (rank(result.dtype) <= rank(self.dtype)) return;
  report(rt, {
    type: 'RuntimeError',
    message: `result type ${DTYPES[result.dtype].scalarName} can't be cast to the desired output type ${DTYPES[self.dtype].scalarName}`,
    exact: true,
  });
}
