import { builtinClass } from './classes.js';
import { PyObject } from './object.js';
import type { PyValue, Runtime } from './object.js';

export const moduleClass = builtinClass('module');

/** A module: its namespace is its `__dict__`. */
export class PyModule extends PyObject {
  /** Asked for names the namespace lacks (a native module's submodules, say); undefined if it has none either. */
  fallback: ((rt: Runtime, name: string, module: PyModule) => PyValue | undefined) | undefined = undefined;
  /** Definitions that are run when their name is first asked for. */
  #waiting: Map<string, () => void> | undefined = undefined;

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

  /** Lets a definition wait; false where its name is bound already, so that it has to be run where it stands. */
  leave(name: string, define: () => void): boolean {
    this.#waiting ??= new Map();
    if (this.namespace.has(name) || this.#waiting.has(name)) return false;
    this.#waiting.set(name, define);
    return true;
  }

  /** What a name is bound to, its definition run first where that has waited. */
  bound(name: string): PyValue | undefined {
    const own = this.namespace.get(name);
    if (own !== undefined || this.#waiting === undefined) return own;
    const define = this.#waiting.get(name);
    if (define === undefined || this.namespace.has(name)) return own;
    this.#waiting.delete(name);
    define();
    return this.namespace.get(name);
  }

  /** Runs all that has waited, for whoever looks at the namespace as a whole. */
  settle(): void {
    if (this.#waiting === undefined) return;
    for (const name of Array.from(this.#waiting.keys())) this.bound(name);
    this.#waiting = undefined;
  }

  override findOwn(rt: Runtime, name: string): PyValue | undefined {
    const own = this.bound(name);
    if (own !== undefined) return own;
    const found = super.findOwn(rt, name);
    return found === undefined ? this.fallback?.(rt, name, this) : found;
  }
}
