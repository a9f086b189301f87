import { rawFunction } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { operation, Raised } from '@tensormark/network';
import type { Argument, Layer } from '@tensormark/network';
import { fromArgument, toArgument } from '../convert.js';
import { applyOperation } from '../operations.js';
import type { ModuleObject } from './module-object.js';

const attributesOf = new WeakMap<Layer, Readonly<Record<string, Argument>>>();

/** Arguments that the module keeps as tuples whatever they were given as. */
const TUPLES: readonly (readonly [RegExp, string])[] = [
  [/^(Lazy)?Conv/, 'padding'],
  [/^(LayerNorm|RMSNorm)$/, 'normalized_shape'],
];

function tuplesOf({ type, config }: Layer): Record<string, Argument> {
  const found: Record<string, Argument> = {};
  for (const [pattern, name] of TUPLES) {
    const value = config[name];
    if (pattern.test(type) && Array.isArray(value))
      found[name] = value.map((size: unknown) => BigInt(Number(size)));
  }
  return found;
}

/** What a layer's attribute holds (`conv.kernel_size`), where the program has not assigned another. */
export function layerAttribute(module: ModuleObject, name: string): PyValue | undefined {
  const { layer } = module;
  if (layer === undefined || name.startsWith('__')) return undefined;
  let attributes = attributesOf.get(layer);
  if (attributes === undefined) {
    attributes = { ...layer.attributes(), ...tuplesOf(layer) };
    attributesOf.set(layer, attributes);
  }
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (value === undefined) return undefined;
  return name === 'activation' && typeof value === 'string' ? functionNamed(value) : fromArgument(value);
}

/** A transformer's layer keeps the function that `activation='relu'` names. */
function functionNamed(name: string): PyValue {
  const definition = operation(name);
  return definition === undefined
    ? name
    : rawFunction(name, (rt, args, keywords) => applyOperation(rt, definition, args, keywords));
}

function shapesOf({ parameters }: Layer): string {
  return parameters.map(({ shape }) => shape.join()).join(';');
}

/**
 * A program assigned to an attribute that the constructor takes: `conv.stride = 1` changes what the layer does,
 * `fc.out_features = 10` does not, because the weight stays as it was made.
 */
export function layerAttributeChanged(rt: Runtime, module: ModuleObject, name: string, value: PyValue): void {
  const { layer } = module;
  if (layer === undefined || !Object.hasOwn(layer.definition.signature, name)) return;
  const given = toArgument(rt, value, (tensor) => tensor);
  try {
    const changed = layer.definition.build({ positional: [], named: { ...layer.written, [name]: given } });
    if (shapesOf(changed) === shapesOf(layer)) module.layer = changed;
  } catch (raised) {
    // PyTorch checks arguments in constructors only; what it then makes of a wrong one is its own affair.
    if (!(raised instanceof Raised)) throw raised;
  }
}
