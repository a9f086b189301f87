import { keywords, rest } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { dtypeFrom, shapeFrom, sizeFrom } from './shapes.js';
import { uniqueName } from './object.js';
import { KerasTensor } from './tensor.js';

/** `keras.Input(shape=(28, 28, 1))`: a tensor that a model may begin with; undefined where its shape is not known. */
export function makeInput(
  rt: Runtime,
  args: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): KerasTensor | undefined {
  const sizes = inputSizes(rt, args, named);
  if (sizes === undefined) return undefined;
  const input = KerasTensor.of(sizes, dtypeFrom(named.get('dtype') ?? null));
  const name = named.get('name');
  input.isInput = true;
  input.label = typeof name === 'string' ? name : uniqueName(rt, 'input');
  input.origin = rt.span;
  return input;
}

function inputSizes(
  rt: Runtime,
  args: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): readonly (number | null)[] | undefined {
  const whole = named.get('batch_shape') ?? named.get('batch_input_shape');
  if (whole !== undefined && whole !== null) return shapeFrom(rt, whole);
  const given = named.get('shape') ?? named.get('input_shape') ?? args[0];
  if (given === undefined || given === null) return undefined;
  const shape = typeof given === 'bigint' ? [Number(given)] : shapeFrom(rt, given);
  const batch = sizeFrom(rt, named.get('batch_size') ?? args[1] ?? null);
  return shape === undefined || batch === undefined ? undefined : [batch, ...shape];
}

/** `Input` as the program calls it. */
export function inputFunction(rt: Runtime, args: PyValue, kwargs: PyValue): PyValue {
  return makeInput(rt, rest(args), keywords(kwargs)) ?? rt.unknown('an input whose shape is not known');
}
