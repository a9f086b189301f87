import { raise } from '../objects/exceptions.js';
import { PyList, PyTuple } from '../objects/containers.js';
import { PyModule } from '../objects/module.js';
import type { PyValue } from '../objects/object.js';
import { findAttribute, getAttribute } from '../operations/attributes.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { NORMAL } from './frame.js';
import type { Execute, Frame } from './frame.js';
import { isUnknown } from './names.js';

/** A module by name; where the program is prepared for a missing one, that raises instead of giving an unknown. */
function importModule(frame: Frame, name: string, guarded: boolean): PyValue {
  const module = frame.rt.importModule(name, guarded ? 'guarded' : 'any');
  return module ?? raise('ModuleNotFoundError', `No module named '${name}'`);
}

export function compileImport(c: Compiler, node: tree.Import): Execute {
  const guarded = c.importsGuarded;
  const imports = node.names.map((alias) => ({
    name: alias.name,
    root: alias.as === undefined ? (alias.name.split('.')[0] ?? alias.name) : undefined,
    store: c.storeName(alias.as ?? alias.name.split('.')[0] ?? alias.name),
    span: alias.span,
  }));
  return (frame) => {
    for (const { name, root, store, span } of imports) {
      frame.span = span;
      const module = importModule(frame, name, guarded);
      frame.span = span;
      store(
        frame,
        root === undefined
          ? under(frame, module, name)
          : root === name
            ? module
            : importModule(frame, root, guarded),
      );
    }
    return NORMAL;
  };
}

/** What `import a.b as c` gives: of a package that is not known still its part, and not the package. */
function under(frame: Frame, module: PyValue, name: string): PyValue {
  if (!isUnknown(module)) return module;
  // Of a package that is known in part only what lies below is missing.
  const missing = /^the module (\S+) is not known here$/.exec(module.reason)?.[1] ?? name;
  const parts = name.startsWith(`${missing}.`) ? name.slice(missing.length + 1).split('.') : [];
  return parts.reduce<PyValue>((whole, part) => getAttribute(frame.rt, whole, part), module);
}

/**
 * The module that `from …` names. A file that is read without its package is part of one all the same: where a program is
 * followed, what lies beside it is unknown.
 */
function importSource(frame: Frame, level: number, module: string, guarded: boolean): [PyValue, string] {
  const absolute = absoluteName(frame, level, module);
  if (absolute === undefined) {
    const name = `${'.'.repeat(level)}${module}`;
    if (guarded || frame.rt.watcher === undefined)
      raise('ImportError', 'attempted relative import with no known parent package');
    const unknown = `the module ${name} is not known here`;
    frame.rt.note('unknown-import', unknown);
    return [frame.rt.unknown(unknown), name];
  }
  return [importModule(frame, absolute, guarded), absolute];
}

/** The absolute name of a module a package's file imports with leading dots; undefined where its package is not known. */
function absoluteName(frame: Frame, level: number, module: string): string | undefined {
  if (level === 0) return module;
  const name = frame.globals.namespace.get('__name__');
  const path = frame.globals.namespace.get('__path__');
  if (typeof name !== 'string' || (name === '__main__' && path === undefined)) {
    const own = frame.globals.namespace.get('__package__');
    if (typeof own !== 'string' || own === '') return undefined;
    return join(own.split('.'), level - 1, module);
  }
  return join(name.split('.'), path === undefined ? level : level - 1, module);
}

function join(parts: readonly string[], up: number, module: string): string {
  if (up >= parts.length && up > 0)
    return raise('ImportError', 'attempted relative import beyond top-level package');
  const base = parts.slice(0, parts.length - up).join('.');
  return module === '' ? base : `${base}.${module}`;
}

export function compileImportFrom(c: Compiler, node: tree.ImportFrom): Execute {
  const guarded = c.importsGuarded;
  const { module, level, span } = node;
  if (node.names === undefined) {
    return (frame) => {
      frame.span = span;
      importStar(frame, importSource(frame, level, module, guarded)[0]);
      return NORMAL;
    };
  }
  const names = node.names.map((alias) => ({
    name: alias.name,
    store: c.storeName(alias.as ?? alias.name),
    span: alias.span,
  }));
  return (frame) => {
    frame.span = span;
    const [source, absolute] = importSource(frame, level, module, guarded);
    for (const { name, store, span: nameSpan } of names) {
      frame.span = nameSpan;
      store(frame, memberOf(frame, source, absolute, name, guarded));
    }
    return NORMAL;
  };
}

function memberOf(frame: Frame, source: PyValue, module: string, name: string, guarded: boolean): PyValue {
  if (isUnknown(source)) return frame.rt.unknown(`${module}.${name} is not known here`);
  if (source instanceof PyModule) {
    const own = source.bound(name);
    if (own !== undefined) return own;
    const submodule = frame.rt.importModule(`${module}.${name}`, guarded ? 'guarded' : 'known');
    if (submodule !== undefined) return submodule;
    if (!guarded) {
      const found = source.fallback?.(frame.rt, name, source);
      if (found !== undefined) return found;
    }
  }
  const found =
    source instanceof PyModule ? moduleGetattr(frame, source, name) : findAttribute(frame.rt, source, name);
  if (found !== undefined) return found;
  // What a package's files do not have may be compiled code beside them.
  if (!guarded && source instanceof PyModule && source.namespace.has('__path__'))
    return frame.rt.unknown(`${module}.${name} is not known here`);
  const file = source instanceof PyModule ? source.namespace.get('__file__') : undefined;
  return raise(
    'ImportError',
    `cannot import name '${name}' from '${module}' (${typeof file === 'string' ? file : 'unknown location'})`,
  );
}

/** A module's own `__getattr__` function (PEP 562). */
function moduleGetattr(frame: Frame, module: PyModule, name: string): PyValue | undefined {
  const hook = module.namespace.get('__getattr__');
  return hook === undefined ? undefined : frame.rt.call(hook, [name]);
}

function importStar(frame: Frame, source: PyValue): void {
  const namespace = frame.namespace ?? frame.globals.namespace;
  if (isUnknown(source)) {
    const { fallback } = frame.globals;
    frame.globals.fallback = (rt, name, module) =>
      fallback?.(rt, name, module) ??
      rt.unknown(`${name} may come from a module that is unknown: ${source.reason}`);
    return;
  }
  if (!(source instanceof PyModule)) return;
  const all = source.namespace.get('__all__');
  if (all === undefined) source.settle();
  const names: string[] =
    all instanceof PyList || all instanceof PyTuple
      ? all.items.flatMap((item) => (typeof item === 'string' ? [item] : []))
      : [...source.namespace.keys()].filter((name) => !name.startsWith('_'));
  for (const name of names) {
    const value =
      findAttribute(frame.rt, source, name) ?? frame.rt.importModule(`${source.name}.${name}`, 'known');
    if (value === undefined) raise('AttributeError', `module '${source.name}' has no attribute '${name}'`);
    else namespace.set(name, value);
  }
}
