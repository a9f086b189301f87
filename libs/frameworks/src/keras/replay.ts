import { PyDict, PyList, PyTuple, PyUnknown } from '@tensormark/python';
import type { Keywords, PyValue, Runtime, Span } from '@tensormark/python';
import { compute, operationComputation } from './compute.js';
import { KerasObject } from './object.js';
import type { FunctionalGraph } from './object.js';
import { kerasTensorsIn, mapKerasTensors } from './tree-of-tensors.js';

import type { KerasTensor, Step } from './tensor.js';

/** Where a call stands, and whether what it may be refused for has been told already. */
export interface CallManner {
  readonly span: Span | undefined;
  readonly quiet: boolean;
}

/** How a layer is called. */
export type Caller = (
  rt: Runtime,
  layer: KerasObject,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
  manner: CallManner,
) => PyValue;

/** Does again, to other inputs, what a model was put together from. */
export function replay(
  rt: Runtime,
  self: KerasObject,
  args: readonly PyValue[],
  { quiet }: CallManner,
  call: Caller,
): PyValue {
  const { graph } = self;
  if (graph === undefined) return rt.unknown(`what ${self.label} gives`);
  const inputs = kerasTensorsIn(graph.inputs);
  const given = givenFor(graph, args);
  const start = new Map(inputs.flatMap((input, at) => (given[at] === undefined ? [] : [[input, given[at]]])));
  const results = new Map<Step, PyValue>();
  const standing = (value: PyValue): PyValue =>
    mapKerasTensors(value, (tensor) => start.get(tensor) ?? resultOf(rt, tensor, results));
  for (const step of graph.steps) {
    const { span, failed } = step;
    const keywords =
      step.keywords && new Map([...step.keywords].map(([name, value]) => [name, standing(value)]));
    const now = { span, quiet: quiet || failed };
    const args = step.args.map(standing);
    const lost = args.find((value) => value instanceof PyUnknown);
    const result =
      step.layer instanceof KerasObject
        ? call(rt, step.layer, args, keywords, now)
        : (lost ??
          compute(rt, operationComputation(step.operation), args, keywords, {
            ...now,
            training: self.training,
          }).value);
    results.set(step, result);
  }
  return standing(graph.outputs);
}

/** What a symbolic tensor of the program has become. */
function resultOf(rt: Runtime, tensor: KerasTensor, results: ReadonlyMap<Step, PyValue>): PyValue {
  const { history } = tensor;
  const result = history && results.get(history.step);
  if (history === undefined || result === undefined) return tensor;
  if (result instanceof PyUnknown) return result;
  return kerasTensorsIn(result)[history.at] ?? rt.unknown('what a part of a model gives');
}

/** What a model is called on, in the order of its inputs: one tensor, a list of them, or a dict by their names. */
function givenFor({ inputs }: FunctionalGraph, args: readonly PyValue[]): readonly PyValue[] {
  const [given = null] = args;
  if (given instanceof PyDict) {
    const byName = new Map([...given.entries()].map(({ key, value }) => [key, value]));
    return kerasTensorsIn(inputs).map(
      (input, at) => byName.get(input.label ?? '') ?? [...byName.values()][at] ?? null,
    );
  }
  if (given instanceof PyList || given instanceof PyTuple) return given.items;
  return args;
}
