import { builtinClass } from './classes.js';
import type { HashedKey, KeyedByValue } from './keys.js';
import { PyObject } from './object.js';
import type { PyClass } from './object.js';

export const bytesClass: PyClass = builtinClass('bytes', {
  allocate: (cls) => new PyBytes(new Uint8Array(0), cls),
});
export const bytearrayClass: PyClass = builtinClass('bytearray', {
  allocate: (cls) => new PyBytes(new Uint8Array(0), cls),
});

/** A bytes or, by its class, a bytearray. */
export class PyBytes extends PyObject implements KeyedByValue {
  constructor(
    public data: Uint8Array,
    cls: PyClass = bytesClass,
  ) {
    super(cls);
  }

  encodeKey(): HashedKey {
    return { key: `\0b${this.data.join(',')}`, exact: true };
  }
}
