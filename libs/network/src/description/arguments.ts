import type { LayerDefinition } from '../layer.js';
import type { TensorType } from '../tensor.js';
import { isTensor, type Argument } from '../values/argument.js';
import type { CallArguments } from '../values/signature.js';
import { DescriptionError, type DescriptionPath } from './refusal.js';
import type { LayerArguments } from './schema.js';

/**
 * Arguments that the incoming tensor tells when they are left out: the axis of its shape that they are the size of.
 * Channels stand behind the batch; features stand last.
 */
const FROM_THE_INPUT: Readonly<Record<string, 'channels' | 'last'>> = {
  in_channels: 'channels',
  num_features: 'channels',
  num_channels: 'channels',
  in_features: 'last',
  normalized_shape: 'last',
  input_size: 'last',
  d_model: 'last',
  embed_dim: 'last',
};

/** What a description writes, as a call of the layer's constructor; what the incoming tensor tells is filled in. */
export function constructorArguments(
  definition: LayerDefinition,
  written: LayerArguments,
  incoming: TensorType,
  path: DescriptionPath,
): CallArguments {
  const inferred = inferredArgument(definition, incoming);
  if (written === null) return { positional: [], named: inferred ?? {} };
  if (Array.isArray(written)) {
    return { positional: written.map((each, at) => argument(each, [...path, at], definition, at)) };
  }
  if (typeof written === 'object') {
    const named = Object.fromEntries(
      Object.entries(written).map(([name, value]) => [
        name,
        argument(value, [...path, name], definition, name),
      ]),
    );
    return { positional: [], named: { ...inferred, ...named } };
  }
  const [first, second] = Object.keys(definition.signature);
  const name = inferred === undefined ? first : second;
  if (name === undefined) throw new DescriptionError(path, `${definition.type} takes no arguments`);
  return { positional: [], named: { ...inferred, [name]: argument(written, path, definition, name) } };
}

function inferredArgument(
  definition: LayerDefinition,
  { shape }: TensorType,
): Record<string, Argument> | undefined {
  const [first] = Object.keys(definition.signature);
  const source = first === undefined ? undefined : FROM_THE_INPUT[first];
  const size = source === 'channels' ? shape[1] : source === 'last' ? shape.at(-1) : undefined;
  return first === undefined || size === undefined ? undefined : { [first]: BigInt(size) };
}

/** YAML tells 1 and 1.0 not apart: a whole number is an int unless the default of its place is a float. */
function argument(
  value: unknown,
  path: DescriptionPath,
  definition: LayerDefinition,
  place: string | number,
): Argument {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new DescriptionError(path, 'expected a finite number');
    return Number.isSafeInteger(value) && !wantsFloat(definition, place) ? BigInt(value) : value;
  }
  if (Array.isArray(value)) return value.map((each, at) => argument(each, [...path, at], definition, place));
  throw new DescriptionError(path, 'expected a number, true or false, a word or a list of them');
}

function wantsFloat({ signature }: LayerDefinition, place: string | number): boolean {
  const slot = typeof place === 'string' ? signature[place] : Object.values(signature)[place];
  const standard = slot?.default;
  return typeof standard === 'number' && !isTensor(standard);
}
