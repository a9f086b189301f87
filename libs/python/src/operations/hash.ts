import { typeOf, unbox } from '../objects/classes.js';
import { raise } from '../objects/exceptions.js';
import { hashKey, identityOf, pieceOf } from '../objects/keys.js';
import type { HashedKey } from '../objects/keys.js';
import { PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { floorModulo } from './numbers.js';

const MODULUS = (1n << 61n) - 1n;

/** `hash(value)`: numbers as CPython's, so that equal numbers hash alike; everything else by key, the same in every run. */
export function hashOf(rt: Runtime, value: PyValue): bigint {
  const plain = unbox(value);
  switch (typeof plain) {
    case 'boolean':
      return plain ? 1n : 0n;
    case 'bigint':
      return hashInteger(plain);
    case 'number':
      return hashFloat(plain);
    case 'string':
      return hashText(plain);
    default:
      return plain === null ? 0xfca86420n : hashByKey(hashKey(rt, plain));
  }
}

/** The hash that belongs to a key. */
export function hashByKey({ key }: HashedKey): bigint {
  return key instanceof PyObject ? BigInt(identityOf(key)) : hashText(pieceOf(key));
}

function hashInteger(value: bigint): bigint {
  const magnitude = (value < 0n ? -value : value) % MODULUS;
  const hash = value < 0n ? -magnitude : magnitude;
  return hash === -1n ? -2n : hash;
}

function hashFloat(value: number): bigint {
  if (Number.isInteger(value)) return hashInteger(BigInt(value));
  if (Number.isNaN(value)) return 0n;
  if (!Number.isFinite(value)) return value > 0 ? 314159n : -314159n;
  // value = numerator / 2**shift, and the hash is numerator times the inverse of 2**shift modulo the prime.
  let numerator = Math.abs(value);
  let shift = 0;
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    shift++;
  }
  let hash = floorModulo(BigInt(numerator), MODULUS);
  const half = (MODULUS + 1n) / 2n;
  for (; shift > 0; shift--) hash = (hash * half) % MODULUS;
  const signed = value < 0 ? -hash : hash;
  return signed === -1n ? -2n : signed;
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): bigint {
  let high = 0x811c9dc5;
  let low = 0x1b873593;
  for (let index = 0; index < text.length; index++) {
    high = Math.imul(high ^ text.charCodeAt(index), 0x01000193);
    low = Math.imul(low + text.charCodeAt(index), 0x85ebca6b) ^ (low >>> 13);
  }
  return (BigInt(high >>> 0) << 29n) ^ BigInt(low >>> 0);
}

/** `hash(value)` as the program sees it: through `__hash__`. */
export function hashThroughMethod(rt: Runtime, value: PyValue): bigint | PyUnknown {
  if (value === null || typeof value !== 'object') return hashOf(rt, value);
  const method = value.cls.lookup('__hash__');
  if (method === undefined || method === null)
    return raise('TypeError', `unhashable type: '${typeOf(value).name}'`);
  const result = unbox(rt.call(rt.bind(method, value), []));
  if (typeof result === 'bigint') return hashInteger(result);
  if (typeof result === 'boolean') return result ? 1n : 0n;
  if (result instanceof PyUnknown) return result;
  return raise('TypeError', '__hash__ method should return an integer');
}
