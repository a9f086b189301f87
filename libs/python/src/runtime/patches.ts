import type { PyClass, PyValue } from '../objects/object.js';

/**
 * What one interpreter's programs assigned to native classes, which all interpreters share: applied while
 * that interpreter runs, taken back when it is left.
 */
export class Patches {
  readonly #touched = new Map<PyClass, Map<string, PyValue | undefined>>();
  #kept: { cls: PyClass; name: string; value: PyValue | undefined }[] = [];

  /** Remembers an attribute as it is without the program, before the program's first change to it. */
  remember(cls: PyClass, name: string): void {
    let names = this.#touched.get(cls);
    if (names === undefined) {
      names = new Map();
      this.#touched.set(cls, names);
    }
    if (!names.has(name)) names.set(name, cls.namespace.get(name));
  }

  /** Puts the program's changes back in place. */
  apply(): void {
    for (const { cls, name, value } of this.#kept) cls.define(name, value);
  }

  /** Takes the program's changes out, keeping them for the next time. */
  withdraw(): void {
    this.#kept = [];
    for (const [cls, names] of this.#touched) {
      for (const [name, original] of names) {
        this.#kept.push({ cls, name, value: cls.namespace.get(name) });
        cls.define(name, original);
      }
    }
  }
}
