import { rawFunction } from '@tensormark/python';
import type { NativeFunction } from '@tensormark/python';
import { OPERATIONS } from '@tensormark/network';
import type { Home } from '@tensormark/network';
import { applyInPlace, applyOperation } from '../operations.js';
import { tensorClass, TensorObject } from '../tensor/tensor.js';

/** Every operation of the network's table as functions of the module that PyTorch has it in. */
export function functionsAt(home: Home): Record<string, NativeFunction> {
  const functions: Record<string, NativeFunction> = {};
  for (const definition of OPERATIONS) {
    if (!definition.homes.includes(home)) continue;
    for (const name of [definition.name, ...definition.aliases]) {
      functions[name] = rawFunction(name, (rt, args, keywords) =>
        applyOperation(rt, definition, args, keywords),
      );
      if (!definition.inPlace) continue;
      functions[`${name}_`] = rawFunction(`${name}_`, (rt, [self, ...args], keywords) =>
        self instanceof TensorObject
          ? applyInPlace(rt, definition, self, args, keywords)
          : applyOperation(rt, definition, [self ?? null, ...args], keywords),
      );
    }
  }
  return functions;
}

/** Methods of tensors: those that tensors have already (reading facts, changing type) stay as they are. */
for (const definition of OPERATIONS) {
  if (!definition.homes.includes('Tensor')) continue;
  for (const name of [definition.name, ...definition.aliases]) {
    if (!tensorClass.namespace.has(name))
      tensorClass.define(
        name,
        rawFunction(name, (rt, args, keywords) => applyOperation(rt, definition, args, keywords), {
          binds: true,
        }),
      );
    if (!definition.inPlace || tensorClass.namespace.has(`${name}_`)) continue;
    tensorClass.define(
      `${name}_`,
      rawFunction(
        `${name}_`,
        (rt, [self, ...args], keywords) =>
          self instanceof TensorObject
            ? applyInPlace(rt, definition, self, args, keywords)
            : rt.raise('TypeError', `${name}_() needs a tensor`),
        { binds: true },
      ),
    );
  }
}
