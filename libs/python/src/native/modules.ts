import type { NativeFunction } from '../objects/callables.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';
import { PyModule } from '../objects/module.js';
import { nativeFunction } from './functions.js';
import type { NativeImplementation, NativeOptions, UnknownPolicy } from './functions.js';

/** A native module as a table. */
export interface ModuleDefinition {
  readonly name: string;
  readonly doc?: string;
  /** Functions by signature: `'relu(input, inplace=False)'`. */
  readonly functions?: Readonly<Record<string, NativeImplementation>>;
  readonly classes?: readonly PyClass[];
  /** Immutable values and ready-made functions by name; a function of the runtime is called once per interpreter. */
  readonly values?: Readonly<Record<string, PyValue | ((rt: Runtime) => PyValue)>>;
  /** For every function of the table. */
  readonly unknowns?: UnknownPolicy;
  /** For every function that has such parameters. */
  readonly aside?: NativeOptions['aside'];
  /** A name the module lacks: `error` (the default) raises AttributeError, `unknown` gives an unknown. */
  readonly missing?: 'error' | 'unknown';
  /** Python code run in the module's namespace after everything above is in it. */
  readonly source?: string;
}

/** A native module, ready to be made afresh in each interpreter that imports it. */
export interface NativeModule {
  readonly name: string;
  readonly source?: string;
  instantiate(rt: Runtime): PyModule;
}

/** Prepares a native module; its functions are made once, its namespace once per interpreter. */
export function defineModule(definition: ModuleDefinition): NativeModule {
  const { unknowns, aside } = definition;
  const options = { ...(unknowns !== undefined && { unknowns }), ...(aside !== undefined && { aside }) };
  let functions: readonly NativeFunction[] | undefined;
  const values = Object.entries(definition.values ?? {});
  return {
    name: definition.name,
    ...(definition.source === undefined ? {} : { source: definition.source }),
    instantiate(rt) {
      functions ??= Object.entries(definition.functions ?? {}).map(([text, body]) =>
        nativeFunction(text, body, options),
      );
      const module = new PyModule(definition.name);
      module.namespace.set('__name__', definition.name);
      module.namespace.set('__doc__', definition.doc ?? null);
      for (const callee of functions) module.namespace.set(callee.name, callee);
      for (const cls of definition.classes ?? []) module.namespace.set(cls.name, cls);
      for (const [name, value] of values) {
        module.namespace.set(name, typeof value === 'function' ? value(rt) : value);
      }
      if (definition.missing === 'unknown') {
        module.fallback = (at, name) =>
          name.startsWith('__') ? undefined : at.unknown(`${definition.name}.${name} is not known here`);
      }
      return module;
    },
  };
}
