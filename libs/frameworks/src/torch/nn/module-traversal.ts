import { asString, NativeIterator, PyList, PySet, PyTuple, PyUnknown } from '@tensormark/python';
import type { MethodDefinition, PyValue, Runtime } from '@tensormark/python';
import {
  childrenOf,
  entriesOf,
  ModuleObject,
  namedModules,
  namedTensors,
  tensorsOf,
} from './module-object.js';
import { TensorObject } from '../tensor/tensor.js';

type Methods = Readonly<Record<string, MethodDefinition<ModuleObject>>>;

/** A generator over values worked out beforehand, as the methods of `nn.Module` give. */
export function generatorOf(values: Iterable<PyValue>): NativeIterator {
  const iterator = values[Symbol.iterator]();
  return new NativeIterator('generator', (rt) => {
    const next = iterator.next();
    if (next.done === true) return undefined;
    rt.step();
    return next.value;
  });
}

function* pairs<T extends PyValue>(items: Iterable<readonly [PyValue, T]>): Generator<PyValue> {
  for (const [name, item] of items) yield new PyTuple([name, item]);
}

function tensors(
  rt: Runtime,
  self: ModuleObject,
  kind: 'parameters' | 'buffers',
  recurse: PyValue,
  prefix: PyValue = '',
) {
  return namedTensors(self, kind, asString(prefix), rt.truth(recurse), rt);
}

/** Submodules by name, each once, and what is not known among them. */
function distinctChildren(self: ModuleObject): (readonly [string, PyValue])[] {
  const seen = new Set<ModuleObject>();
  return entriesOf(self).filter(([, child]) => {
    if (!(child instanceof ModuleObject)) return child instanceof PyUnknown;
    const isNew = !seen.has(child);
    seen.add(child);
    return isNew;
  });
}

/** Follows a dotted path of submodules. */
export function submodule(rt: Runtime, self: ModuleObject, target: string): ModuleObject {
  let module = self;
  for (const name of target === '' ? [] : target.split('.')) {
    const next = childrenOf(module).find(([child]) => child === name)?.[1];
    if (next === undefined)
      return rt.raise('AttributeError', `${module.cls.name} has no attribute \`${name}\``);
    module = next;
  }
  return module;
}

function tensorAt(
  rt: Runtime,
  self: ModuleObject,
  target: PyValue,
  kind: 'parameters' | 'buffers',
): TensorObject {
  const path = asString(target);
  const cut = path.lastIndexOf('.');
  const owner = submodule(rt, self, cut < 0 ? '' : path.slice(0, cut));
  const name = path.slice(cut + 1);
  const found = tensorsOf(owner, kind).find(([own]) => own === name)?.[1];
  return found ?? rt.raise('AttributeError', `${owner.cls.name} has no attribute \`${name}\``);
}

/**
 * Parameters by path. Where none is known and there is a part that is not, as a network of a library that is not read, it
 * may well have some: what is given then is one unknown, not nothing.
 */
function parametersOf(
  rt: Runtime,
  self: ModuleObject,
  recurse: PyValue,
  prefix: PyValue = '',
): readonly { readonly path: string; readonly tensor: PyValue }[] {
  const known = tensors(rt, self, 'parameters', recurse, prefix);
  if (known.length > 0) return known;
  const hidden = namedModules(self, asString(prefix), true, rt).find(({ module }) => hasUnknownPart(module));
  if (hidden === undefined) return [];
  const tensor = rt.unknown(`the parameters of a part of ${self.cls.name} that is not known`);
  return [{ path: hidden.path, tensor }];
}

/** Whether a module may have tensors and parts of its own that are not known. */
export function hasUnknownPart({ attributes, registries, unreadable }: ModuleObject): boolean {
  return (
    unreadable !== undefined ||
    (registries !== undefined &&
      [...registries.modules.entries()].some(({ value }) => value instanceof PyUnknown)) ||
    (attributes !== undefined && [...attributes.values()].some((value) => value instanceof PyUnknown))
  );
}

/** What stands for the parameters of parts that are not known: nobody knows their names, so that they may be any. */
function namelessParts(rt: Runtime, self: ModuleObject): readonly (readonly [PyValue, PyValue])[] {
  if (!namedModules(self, '', true, rt).some(({ module }) => hasUnknownPart(module))) return [];
  return [[rt.unknown('the name of a parameter'), rt.unknown('a parameter of a part that is not known')]];
}

/** Walking a module: its parameters, buffers and submodules. */
export const traversals: Methods = {
  'parameters(recurse=True)': (rt, self, recurse) =>
    generatorOf(parametersOf(rt, self, recurse ?? true).map(({ tensor }) => tensor)),
  "named_parameters(prefix='', recurse=True, remove_duplicate=True)": (rt, self, prefix, recurse) =>
    generatorOf(
      pairs([
        ...parametersOf(rt, self, recurse ?? true, prefix).map(({ path, tensor }) => [path, tensor] as const),
        ...namelessParts(rt, self),
      ]),
    ),
  'buffers(recurse=True)': (rt, self, recurse) =>
    generatorOf(tensors(rt, self, 'buffers', recurse ?? true).map(({ tensor }) => tensor)),
  "named_buffers(prefix='', recurse=True, remove_duplicate=True)": (rt, self, prefix, recurse) =>
    generatorOf(
      pairs(tensors(rt, self, 'buffers', recurse ?? true, prefix).map(({ path, tensor }) => [path, tensor])),
    ),
  'children()': (_rt, self) => generatorOf(distinctChildren(self).map(([, child]) => child)),
  'named_children()': (_rt, self) => generatorOf(pairs(distinctChildren(self))),
  'modules()': (rt, self) => generatorOf(namedModules(self, '', true, rt).map(({ module }) => module)),
  "named_modules(memo=None, prefix='', remove_duplicate=True)": (rt, self, memo, prefix, removeDuplicate) => {
    const found = namedModules(self, asString(prefix ?? ''), rt.truth(removeDuplicate ?? true), rt).filter(
      ({ module }) => !(memo instanceof PySet) || !memo.has(rt, module),
    );
    return generatorOf(pairs(found.map(({ path, module }) => [path, module])));
  },
  'get_submodule(target)': (rt, self, target) => submodule(rt, self, asString(target ?? null)),
  'get_parameter(target)': (rt, self, target) => tensorAt(rt, self, target ?? null, 'parameters'),
  'get_buffer(target)': (rt, self, target) => tensorAt(rt, self, target ?? null, 'buffers'),
  'apply(fn)': (rt, self, fn) => {
    const visit = (module: ModuleObject): void => {
      rt.step();
      for (const [, child] of distinctChildren(module)) if (child instanceof ModuleObject) visit(child);
      rt.call(fn ?? null, [module]);
    };
    visit(self);
    return self;
  },
  '__dir__()': (_rt, self) => {
    const names = [
      ...(self.attributes?.keys() ?? []),
      ...tensorsOf(self, 'parameters').map(([name]) => name),
      ...childrenOf(self).map(([name]) => name),
      ...tensorsOf(self, 'buffers').map(([name]) => name),
      ...self.cls.mro.flatMap((cls) => [...cls.namespace.keys()]),
    ];
    return new PyList([...new Set(names)].filter((name) => !/^\d/.test(name)).toSorted());
  },
};
