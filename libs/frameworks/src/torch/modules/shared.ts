import type { NativeModule, PyModule, Runtime } from '@tensormark/python';

class Made {
  readonly modules = new Map<string, PyModule>();
}

function makeMade(): Made {
  return new Made();
}

/**
 * Modules that are reached as attributes of their packages too, as `import torch` alone makes `torch.nn.functional`
 * usable: each is made once an interpreter, whichever way it is asked for.
 */
export function asPackages(modules: readonly NativeModule[]): readonly NativeModule[] {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const instantiate = (rt: Runtime, module: NativeModule): PyModule => {
    const made = rt.state(makeMade).modules;
    const known = made.get(module.name);
    if (known !== undefined) return known;
    const created = module.instantiate(rt);
    made.set(module.name, created);
    const { fallback } = created;
    created.fallback = (at, name, from) => {
      const inside = byName.get(`${module.name}.${name}`);
      if (inside === undefined) return fallback?.(at, name, from);
      // What has Python of its own is run by being imported.
      const found =
        inside.source === undefined ? instantiate(at, inside) : at.importModule(inside.name, 'known');
      if (found === undefined) return fallback?.(at, name, from);
      created.namespace.set(name, found);
      return found;
    };
    return created;
  };
  return modules.map((module) => ({
    name: module.name,
    ...(module.source === undefined ? {} : { source: module.source }),
    instantiate: (rt) => instantiate(rt, module),
  }));
}
