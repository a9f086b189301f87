import { inOrderOfTable } from './set-order.js';
import { builtinClass } from './classes.js';
import { equals } from './equality.js';
import { raise } from './exceptions.js';
import { hashKey, joinKeys, pieceOf, quickKey } from './keys.js';
import type { HashedKey, Key, KeyedByValue } from './keys.js';
import { PyObject } from './object.js';
import type { PyClass, PyValue, Runtime } from './object.js';
import { PyUnknown } from './unknown.js';

export const listClass: PyClass = builtinClass('list', { allocate: (cls) => new PyList([], cls) });
export const tupleClass: PyClass = builtinClass('tuple', { allocate: (cls) => new PyTuple([], cls) });
export const dictClass: PyClass = builtinClass('dict', { allocate: (cls) => new PyDict(cls) });
export const setClass: PyClass = builtinClass('set', { allocate: (cls) => new PySet(cls) });
export const frozensetClass: PyClass = builtinClass('frozenset', { allocate: (cls) => new PySet(cls) });
export const sliceClass = builtinClass('slice');
export const rangeClass = builtinClass('range');

export class PyList extends PyObject {
  /** Whether nobody knows how long it is: a loop has grown it whose number of turns is not known, or one arm of a condition. */
  grownByUnknown = false;

  constructor(
    public items: PyValue[],
    cls: PyClass = listClass,
  ) {
    super(cls);
  }

  override heldInARow(): readonly PyValue[] {
    return this.items;
  }

  override holdInARow(_rt: Runtime, items: readonly PyValue[]): void {
    this.items = [...items];
  }
}

export class PyTuple extends PyObject implements KeyedByValue {
  constructor(
    readonly items: readonly PyValue[],
    cls: PyClass = tupleClass,
  ) {
    super(cls);
  }

  encodeKey(rt: Runtime): HashedKey {
    return joinKeys(
      rt,
      't',
      this.items.map((item) => hashKey(rt, item)),
    );
  }
}

/** One entry of a dict; entries whose keys share a hash but not their value hang in a chain. */
export interface Entry {
  readonly key: PyValue;
  value: PyValue;
}

/** What a dict is made of: usually a hash table, for an object's `__dict__` its attributes. */
export interface Table {
  readonly size: number;
  entries(): IterableIterator<Entry>;
  find(rt: Runtime, key: PyValue): Entry | undefined;
  set(rt: Runtime, key: PyValue, value: PyValue): void;
  /** Sets an entry under a str, which needs no runtime to be hashed. */
  setName(name: string, value: PyValue): void;
  delete(rt: Runtime, key: PyValue): Entry | undefined;
  clear(): void;
}

/** A namespace (an object's attributes, a module's globals) seen as a dict. */
export class NamespaceTable implements Table {
  constructor(readonly namespace: Map<string, PyValue>) {}

  get size(): number {
    return this.namespace.size;
  }

  *entries(): IterableIterator<Entry> {
    for (const [key, value] of this.namespace) yield { key, value };
  }

  find(_rt: Runtime, key: PyValue): Entry | undefined {
    const value = typeof key === 'string' ? this.namespace.get(key) : undefined;
    return value === undefined ? undefined : { key, value };
  }

  set(_rt: Runtime, key: PyValue, value: PyValue): void {
    if (typeof key !== 'string') return raise('TypeError', 'attribute names must be strings here');
    this.namespace.set(key, value);
  }

  setName(name: string, value: PyValue): void {
    this.namespace.set(name, value);
  }

  delete(rt: Runtime, key: PyValue): Entry | undefined {
    const entry = this.find(rt, key);
    if (entry !== undefined && typeof key === 'string') this.namespace.delete(key);
    return entry;
  }

  clear(): void {
    this.namespace.clear();
  }
}

/** The ordered hash table behind dict, set and frozenset. */
export class HashTable implements Table {
  readonly #entries = new Map<Key, Entry>();
  /** Where several unequal keys share a hash, which few tables have: further entries by `\0c<n>` keys, listed by hash. */
  #collisions: Map<Key, Key[]> | undefined = undefined;
  #serial = 0;
  /** How often keys came or went. */
  changes = 0;

  get size(): number {
    return this.#entries.size;
  }

  entries(): IterableIterator<Entry> {
    return this.#entries.values();
  }

  find(rt: Runtime, key: PyValue): Entry | undefined {
    const quick = quickKey(key);
    if (quick !== undefined && this.#collisions === undefined) return this.#entries.get(quick);
    const slot = this.#slot(rt, key, hashKey(rt, key));
    return slot === undefined ? undefined : this.#entries.get(slot);
  }

  set(rt: Runtime, key: PyValue, value: PyValue): void {
    const quick = quickKey(key);
    const hashed = quick === undefined ? hashKey(rt, key) : { key: quick, exact: true };
    const slot = hashed.exact ? hashed.key : this.#slot(rt, key, hashed);
    const present = slot === undefined ? undefined : this.#entries.get(slot);
    if (present !== undefined) {
      present.value = value;
      return;
    }
    this.changes++;
    if (hashed.exact || !this.#entries.has(hashed.key)) {
      this.#entries.set(hashed.key, { key, value });
      return;
    }
    const further: Key = `\0c${++this.#serial}`;
    this.#collisions ??= new Map();
    const chain = this.#collisions.get(hashed.key);
    if (chain === undefined) this.#collisions.set(hashed.key, [further]);
    else chain.push(further);
    this.#entries.set(further, { key, value });
  }

  setName(name: string, value: PyValue): void {
    const key = quickKey(name) ?? name;
    const present = this.#entries.get(key);
    if (present === undefined) this.#entries.set(key, { key: name, value });
    else present.value = value;
  }

  delete(rt: Runtime, key: PyValue): Entry | undefined {
    const hashed = hashKey(rt, key);
    const slot = this.#slot(rt, key, hashed);
    if (slot === undefined) return undefined;
    this.changes++;
    const entry = this.#entries.get(slot);
    this.#entries.delete(slot);
    const chain = this.#collisions?.get(hashed.key);
    if (chain !== undefined)
      this.#collisions?.set(
        hashed.key,
        chain.filter((item) => item !== slot),
      );
    return entry;
  }

  clear(): void {
    this.changes++;
    this.#entries.clear();
    this.#collisions = undefined;
  }

  #slot(rt: Runtime, key: PyValue, hashed: HashedKey): Key | undefined {
    const first = this.#entries.get(hashed.key);
    if (hashed.exact) return first === undefined ? undefined : hashed.key;
    if (first !== undefined && equals(rt, first.key, key)) return hashed.key;
    for (const slot of this.#collisions?.get(hashed.key) ?? []) {
      rt.step();
      const entry = this.#entries.get(slot);
      if (entry !== undefined && equals(rt, entry.key, key)) return slot;
    }
    return undefined;
  }
}

export class PyDict extends PyObject {
  readonly table: Table;
  /** A key, or a whole lot of entries, that nobody knows: what the dict seems to lack may be there. */
  unknownEntries: PyUnknown | undefined = undefined;
  /** What a key that is missing gives, where the dict stands for keywords that a caller may give and nobody calls. */
  others: PyUnknown | undefined = undefined;

  constructor(cls: PyClass = dictClass, table: Table = new HashTable()) {
    super(cls);
    this.table = table;
  }

  get size(): number {
    return this.table.size;
  }

  get(rt: Runtime, key: PyValue): PyValue | undefined {
    return this.table.find(rt, key)?.value;
  }

  set(rt: Runtime, key: PyValue, value: PyValue): void {
    this.table.set(rt, key instanceof PyUnknown ? this.#keyApart(rt, key) : key, value);
  }

  /** Two unknown keys are as likely different: each has an entry of its own. */
  #keyApart(rt: Runtime, key: PyUnknown): PyUnknown {
    this.unknownEntries ??= key;
    return this.table.find(rt, key) === undefined ? key : new PyUnknown(key.reason, key);
  }

  delete(rt: Runtime, key: PyValue): PyValue | undefined {
    return this.table.delete(rt, key)?.value;
  }

  entries(): IterableIterator<Entry> {
    return this.table.entries();
  }

  /** The dict as keyword arguments; raises TypeError where a key is no string. */
  keywords(): Map<string, PyValue> {
    const result = new Map<string, PyValue>();
    for (const { key, value } of this.entries()) {
      if (typeof key !== 'string') return raise('TypeError', 'keywords must be strings');
      result.set(key, value);
    }
    return result;
  }

  static from(rt: Runtime, entries: Iterable<readonly [PyValue, PyValue]>): PyDict {
    const dict = new PyDict();
    for (const [key, value] of entries) dict.set(rt, key, value);
    return dict;
  }
}

/** A set or, by its class, a frozenset. */
export class PySet extends PyObject implements KeyedByValue {
  readonly table = new HashTable();
  /** A value, or a whole lot of them, that nobody knows: how many there are, and whether one is among them, is not known. */
  unknownEntries: PyUnknown | undefined = undefined;
  #arranged: { readonly changes: number; readonly values: readonly PyValue[] } | undefined = undefined;

  constructor(cls: PyClass = setClass) {
    super(cls);
  }

  get size(): number {
    return this.table.size;
  }

  has(rt: Runtime, value: PyValue): boolean {
    return this.table.find(rt, value) !== undefined;
  }

  add(rt: Runtime, value: PyValue): void {
    if (value instanceof PyUnknown) this.unknownEntries ??= value;
    if (this.table.find(rt, value) === undefined) this.table.set(rt, value, null);
  }

  /** In the order of a table of CPython's where the values are whole numbers, else as they came. */
  values(): IterableIterator<PyValue> {
    const { table } = this;
    if (this.#arranged?.changes !== table.changes) {
      const filled = Array.from(table.entries(), ({ key }) => key);
      this.#arranged = { changes: table.changes, values: inOrderOfTable(filled) ?? filled };
    }
    return this.#arranged.values.values();
  }

  /** Only frozensets are ever asked: `set.__hash__` is None. */
  encodeKey(rt: Runtime): HashedKey {
    const keys = [...this.values()].map((value) => hashKey(rt, value));
    rt.step(keys.length);
    keys.sort((a, b) => (pieceOf(a.key) < pieceOf(b.key) ? -1 : 1));
    return joinKeys(rt, 'f', keys);
  }

  static from(rt: Runtime, values: Iterable<PyValue>, cls: PyClass = setClass): PySet {
    const set = new PySet(cls);
    for (const value of values) {
      rt.step();
      set.add(rt, value);
    }
    return set;
  }
}

export class PySlice extends PyObject {
  constructor(
    readonly start: PyValue,
    readonly stop: PyValue,
    readonly step: PyValue,
  ) {
    super(sliceClass);
  }
}

export class PyRange extends PyObject implements KeyedByValue {
  constructor(
    readonly start: bigint,
    readonly stop: bigint,
    readonly step: bigint,
  ) {
    super(rangeClass);
  }

  get length(): bigint {
    const { start, stop, step } = this;
    if (step > 0n) return stop > start ? (stop - start + step - 1n) / step : 0n;
    return start > stop ? (start - stop - step - 1n) / -step : 0n;
  }

  encodeKey(): HashedKey {
    const { length } = this;
    const parts =
      length === 0n ? '0' : length === 1n ? `1,${this.start}` : `${length},${this.start},${this.step}`;
    return { key: `\0r${parts}`, exact: true };
  }
}
