import { objectClass, PyBoxed } from './classes.js';
import { raise } from './exceptions.js';
import { PyObject } from './object.js';
import type { PyClass, PyValue, Runtime } from './object.js';
import { PyUnknown } from './unknown.js';
import { countWork } from './work.js';

/**
 * Keys of dicts and sets as JavaScript map keys. Python's equality of keys (1 == 1.0 == True, tuples by
 * value, `__hash__` and `__eq__`) is folded into one JavaScript value wherever that is exact; strings that
 * begin with NUL are reserved for the encodings below, and real strings that do are escaped.
 */
export type Key = null | string | number | bigint | PyObject;

/** A key, and whether equal keys are certain to be equal values (else `__eq__` decides). */
export interface HashedKey {
  readonly key: Key;
  readonly exact: boolean;
}

let identities = 0;
const identityNumbers = new WeakMap<PyObject, number>();

/** A number that belongs to this object alone; what `id()` shows. */
export function identityOf(value: PyObject): number {
  let identity = identityNumbers.get(value);
  if (identity === undefined) {
    identity = ++identities;
    identityNumbers.set(value, identity);
  }
  return identity;
}

/** Objects that hash by value in TypeScript (tuples, frozensets, bytes, ...) say how. */
export interface KeyedByValue {
  /** An encoding equal for equal values, or undefined where `__hash__` has to be asked. */
  encodeKey(rt: Runtime): HashedKey;
}

function isKeyedByValue(value: PyObject): value is PyObject & KeyedByValue {
  return 'encodeKey' in value;
}

/** The map key of a value when that is exact and needs no object protocol, else undefined. */
export function quickKey(value: PyValue): Key | undefined {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    case 'bigint':
      return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
    case 'number':
      return Number.isInteger(value) && !Number.isSafeInteger(value)
        ? BigInt(value)
        : value === 0
          ? 0
          : value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value === null ? null : undefined;
  }
}

/** The map key of any value; raises TypeError for what cannot be hashed. */
export function hashKey(rt: Runtime, value: PyValue): HashedKey {
  const quick = quickKey(value);
  if (quick !== undefined) return { key: quick, exact: true };
  if (!(value instanceof PyObject)) return { key: null, exact: true };
  const hash = value.cls.lookup('__hash__');
  if (hash === null || hash === undefined) return raise('TypeError', `unhashable type: '${value.cls.name}'`);
  if (hash === objectClass.namespace.get('__hash__'))
    return { key: value, exact: !overridesEquality(value.cls) };
  if (value instanceof PyBoxed && sharesPrimitiveProtocol(value.cls))
    return { key: quickKey(value.primitive) ?? null, exact: true };
  if (isKeyedByValue(value) && value.cls.definer('__hash__')?.native) return value.encodeKey(rt);
  const number = rt.call(rt.bind(hash, value), []);
  if (number instanceof PyUnknown) return { key: value, exact: false };
  if (typeof number !== 'bigint' && typeof number !== 'boolean')
    return raise('TypeError', '__hash__ method should return an integer');
  return { key: `\0h${BigInt(number)}`, exact: false };
}

function overridesEquality(cls: PyClass): boolean {
  return cls.lookup('__eq__') !== objectClass.namespace.get('__eq__');
}

/** Whether what is boxed is told apart as the primitive is: unless the program's own class says otherwise. */
function sharesPrimitiveProtocol(cls: PyClass): boolean {
  return ['__hash__', '__eq__'].every((name) => cls.definer(name)?.native === true);
}

/** Joins the keys of parts into the key of a whole (a tuple's items, say) under a tag of its own. */
export function joinKeys(rt: Runtime, tag: string, parts: readonly HashedKey[]): HashedKey {
  let text = `\0${tag}`;
  let exact = true;
  for (const part of parts) {
    exact &&= part.exact;
    const piece = pieceOf(part.key);
    text += `${piece.length}:${piece}`;
  }
  if (text.length >= 64) {
    rt.allocate(text.length);
    countWork(rt, text.length);
  }
  return { key: text, exact };
}

/** A text for each key, different for different keys. */
export function pieceOf(key: Key): string {
  if (key === null) return 'n';
  if (typeof key === 'string') return `s${key}`;
  return key instanceof PyObject ? `o${identityOf(key)}` : `i${key}`;
}
