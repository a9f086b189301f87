import { PyFunction, PyList } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import type { TensorType } from '@tensormark/network';
import { readingOf } from '../trace/reading.js';
import { namedModules } from '../torch/nn/module-object.js';
import { buildFor, declare, settled } from './model.js';
import { KerasObject } from './object.js';
import { kerasTensorsIn } from './tree-of-tensors.js';
import { KerasTensor } from './tensor.js';

/** An input as a caller gives it: its sizes without a batch. */
type Given = readonly number[] | (TensorType & { readonly shape: readonly number[] });

/** What a model begins with: its inputs, what it was built for, or what it was called on. */
function inputsOf(root: KerasObject): readonly KerasTensor[] | undefined {
  if (root.graph !== undefined) return kerasTensorsIn(root.graph.inputs);
  return root.declared === undefined ? root.calledOn : [root.declared];
}

/** The types of a model's inputs at a batch size; undefined where there are none, or another size is open. */
export function inputTypesOf(root: KerasObject, batch: number): readonly TensorType[] | undefined {
  const inputs = inputsOf(root);
  if (inputs === undefined || inputs.length === 0) return undefined;
  const types = inputs.map(({ sizes, dtype }) => ({
    shape: sizes.map((size, axis) => (axis === 0 && size === null ? batch : size)),
    dtype,
  }));
  const known = types.flatMap(({ shape, dtype }) => {
    const sizes = shape.filter((size): size is number => size !== null);
    return sizes.length === shape.length ? [{ shape: sizes, dtype }] : [];
  });
  return known.length === types.length ? known : undefined;
}

/** The arguments of a model's call: several inputs come in one list, unless its own call takes them one by one. */
export function argumentsFor(
  root: KerasObject,
  inputs: readonly KerasTensor[] | readonly PyValue[],
): readonly PyValue[] {
  if (inputs.length < 2) return inputs;
  const call = root.cls.lookup('call');
  const taken =
    call instanceof PyFunction
      ? call.signature.parameters.filter(
          ({ kind, fallback }) => kind !== 'rest' && kind !== 'keywords' && fallback === undefined,
        ).length - 1
      : 1;
  return taken >= inputs.length ? inputs : [new PyList([...inputs])];
}

/**
 * Makes a model ready to be counted: all its layers are found, given weights where the inputs are known, and frozen as the program
 * has it. A layer that was never given a shape lacks its weights, which is told as something unknown.
 */
export function prepared(rt: Runtime, root: KerasObject, given: readonly Given[] | undefined): void {
  settled(rt, root);
  const reading = readingOf(rt);
  if (hasUnbuilt(root)) {
    const inputs =
      given?.map((input) => KerasTensor.of([null, ...('shape' in input ? input.shape : input)])) ??
      inputsOf(root);
    const [only] = inputs ?? [];
    const before = reading.errors.length;
    if (root.sequence !== undefined && root.declared === undefined && only !== undefined)
      declare(rt, root, only);
    else if (inputs !== undefined && inputs.length > 0) {
      // What is wrong comes again, and is told, when the forward is followed.
      buildFor(rt, root, inputs);
      reading.errors.length = before;
    }
    settled(rt, root);
  }
  for (const { module } of namedModules(root))
    if (
      module instanceof KerasObject &&
      module.layer?.uninitialized === true &&
      module.unreadable === undefined
    )
      module.unreadable = rt.unknown(`the weights of ${module.label}, which was given no shape of an input`);
}

function hasUnbuilt(root: KerasObject): boolean {
  return namedModules(root).some(
    ({ module }) =>
      module instanceof KerasObject &&
      (module.layer === undefined ? !module.built : module.layer.uninitialized),
  );
}
