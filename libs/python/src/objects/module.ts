import { builtinClass } from './classes.js';
import { PyObject } from './object.js';
import type { PyValue, Runtime } from './object.js';

export const moduleClass = builtinClass('module');

/** A module: its namespace is its `__dict__`. */
export class PyModule extends PyObject {
  /** Asked for names the namespace lacks (a native module's submodules, say); undefined if it has none either. */
  fallback: ((rt: Runtime, name: string) => PyValue | undefined) | undefined = undefined;

  constructor(
    readonly name: string,
    readonly namespace: Map<string, PyValue> = new Map<string, PyValue>(),
  ) {
    super(moduleClass);
    this.attributes = namespace;
  }

  override get hidesMethods(): boolean {
    return true;
  }

  override findOwn(rt: Runtime, name: string): PyValue | undefined {
    const own = this.namespace.get(name);
    if (own !== undefined) return own;
    const found = super.findOwn(rt, name);
    return found === undefined ? this.fallback?.(rt, name) : found;
  }
}
