import type { PyClass, Runtime } from '@tensormark/python';
import type { Layer } from '@tensormark/network';
import { parameterClass, TensorObject } from '../tensor/tensor.js';
import { nullableNames } from './layer-families.js';
import { ModuleObject } from './module-object.js';

/** Classes of layers and containers by PyTorch's names; filled where they are made, read when children are. */
export const classesByType = new Map<string, PyClass>();

/** Making a layer is as much work as so many steps of the program: budgets are to hold for layers too. */
const STEPS_OF_A_LAYER = 100;

/** Gives a module the parameters, buffers and children of a layer. */
export function install(rt: Runtime, module: ModuleObject, layer: Layer): void {
  rt.step(STEPS_OF_A_LAYER + 8 * layer.parameters.length);
  rt.allocate(300 * layer.parameters.length);
  const { parameters, buffers, modules } = module.initialise(rt);
  module.layer = layer;
  for (const spec of layer.parameters) {
    const parameter = new TensorObject(spec, parameterClass);
    parameter.requiresGrad = true;
    parameters.set(rt, spec.name, parameter);
  }
  for (const spec of layer.buffers) {
    buffers.set(rt, spec.name, new TensorObject(spec));
    if (!spec.persistent) module.nonPersistent.add(spec.name);
  }
  for (const name of nullableNames(layer.type))
    if (parameters.get(rt, name) === undefined && buffers.get(rt, name) === undefined)
      parameters.set(rt, name, null);
  for (const { name, layer: child } of layer.children) {
    const made = new ModuleObject(classesByType.get(child.type) ?? module.cls);
    install(rt, made, child);
    modules.set(rt, name, made);
  }
}
