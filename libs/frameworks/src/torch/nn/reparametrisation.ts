import { asString, getAttribute, PyUnknown, setOwnAttribute } from '@tensormark/python';
import type { NativeImplementation, PyValue, Runtime } from '@tensormark/python';
import { parameterClass, TensorObject } from '../tensor/tensor.js';
import { ModuleObject } from './module-object.js';

interface Weight {
  readonly module: ModuleObject;
  readonly name: string;
  readonly weight: TensorObject;
}

/** The weight of a layer; undefined where it is not known, and the layer may stay as it is. */
function weightOf(rt: Runtime, module: PyValue, name: PyValue): Weight | undefined {
  if (!(module instanceof ModuleObject)) return rt.raise('TypeError', 'a module is needed');
  const key = asString(name);
  const weight = getAttribute(rt, module, key);
  if (weight instanceof PyUnknown) return undefined;
  if (!(weight instanceof TensorObject)) return rt.raise('ValueError', `${key} is no tensor`);
  return { module, name: key, weight };
}

function parameter(shape: readonly number[], like: TensorObject): TensorObject {
  const made = new TensorObject({ shape, dtype: like.dtype }, parameterClass);
  made.requiresGrad = true;
  return made;
}

/** The weight is no parameter any more: it is computed from others before each call. */
function replace(
  rt: Runtime,
  { module, name, weight }: Weight,
  others: Readonly<Record<string, TensorObject>>,
): void {
  const { parameters } = module.registries ?? module.initialise(rt);
  parameters.delete(rt, name);
  for (const [suffix, tensor] of Object.entries(others)) parameters.set(rt, `${name}${suffix}`, tensor);
  const computed = new TensorObject(weight);
  computed.requiresGrad = true;
  computed.computed = true;
  setOwnAttribute(rt, module, name, computed);
}

/** `torch.nn.utils`: functions that put other parameters in the place of a weight. */
export const reparametrisations: Readonly<Record<string, NativeImplementation>> = {
  "weight_norm(module, name='weight', dim=0)": (rt, module, name, dim) => {
    const found = weightOf(rt, module ?? null, name ?? null);
    if (found === undefined) return module ?? null;
    const { shape } = found.weight;
    const axis = dim === null ? undefined : Number(dim);
    const gains =
      axis === undefined
        ? []
        : shape.map((size, at) => (at === (axis + shape.length) % shape.length ? size : 1));
    replace(rt, found, { _g: parameter(gains, found.weight), _v: parameter(shape, found.weight) });
    return found.module;
  },
  "spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None)": (
    rt,
    module,
    name,
    _n,
    _eps,
    dim,
  ) => {
    const found = weightOf(rt, module ?? null, name ?? null);
    if (found === undefined) return module ?? null;
    const { shape } = found.weight;
    const axis =
      dim === null ? (found.module.layer?.type.startsWith('ConvTranspose') === true ? 1 : 0) : Number(dim);
    const height = shape[axis] ?? 1;
    const width = shape.reduce((total, size) => total * size, 1) / height;
    replace(rt, found, { _orig: parameter(shape, found.weight) });
    const { buffers } = found.module.registries ?? found.module.initialise(rt);
    buffers.set(rt, `${found.name}_u`, new TensorObject({ shape: [height], dtype: found.weight.dtype }));
    buffers.set(rt, `${found.name}_v`, new TensorObject({ shape: [width], dtype: found.weight.dtype }));
    return found.module;
  },
  "remove_weight_norm(module, name='weight')": (rt, module, name) => {
    const found = weightOf(rt, module ?? null, name ?? null);
    if (found === undefined) return module ?? null;
    const { parameters } = found.module.registries ?? found.module.initialise(rt);
    parameters.delete(rt, `${found.name}_g`);
    parameters.delete(rt, `${found.name}_v`);
    found.module.attributes?.delete(found.name);
    parameters.set(rt, found.name, parameter(found.weight.shape, found.weight));
    return found.module;
  },
};
