import type { NativeModule } from '@tensormark/python';

/**
 * A module whose real counterpart has more names than are interpreted here: those are unknowns, so that nothing is
 * said of them; names that PyTorch does not have either are errors.
 */
export function alsoKnowing(module: NativeModule, names: ReadonlySet<string>): NativeModule {
  return {
    name: module.name,
    instantiate(rt) {
      const made = module.instantiate(rt);
      const { fallback } = made;
      made.fallback = (at, name, from) =>
        fallback?.(at, name, from) ??
        (names.has(name) || name.startsWith('_')
          ? at.unknown(`${module.name}.${name} is not interpreted`)
          : undefined);
      return made;
    },
  };
}
