import type { PyValue } from './object.js';

/**
 * The order in which CPython's sets go through whole numbers, which is that of their hash table: a program that builds
 * layers over `{64, 128, 256}` gets them so. Other values hash by address or by a seed of the process; sets with such
 * values keep the order in which they were filled.
 */

const LINEAR_PROBES = 9;
const PERTURB_SHIFT = 5n;
const HASH_MODULUS = (1n << 61n) - 1n;
const MOST = 50_000;

/** The hash of an int, as 64 bits without a sign; undefined for what is none. */
function hashOfInteger(value: PyValue): bigint | undefined {
  const integer =
    typeof value === 'bigint'
      ? value
      : typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value))
        ? BigInt(value)
        : undefined;
  if (integer === undefined) return undefined;
  const magnitude = (integer < 0n ? -integer : integer) % HASH_MODULUS;
  const hash = integer < 0n ? -magnitude : magnitude;
  return BigInt.asUintN(64, hash === -1n ? -2n : hash);
}

/** The first free place for a hash in a table. */
function place(table: readonly (number | undefined)[], hash: bigint): number {
  const mask = table.length - 1;
  const wide = BigInt(mask);
  let perturb = hash;
  let at = Number(hash & wide);
  for (;;) {
    const last = at + LINEAR_PROBES <= mask ? at + LINEAR_PROBES : at;
    for (let probe = at; probe <= last; probe++) if (table[probe] === undefined) return probe;
    perturb >>= PERTURB_SHIFT;
    at = Number(BigInt.asUintN(64, BigInt(at) * 5n + 1n + perturb) & wide);
  }
}

function empty(size: number): (number | undefined)[] {
  return Array.from({ length: size });
}

/** Values in the order of the table that filling a set with them one by one makes; undefined where that is not known. */
export function inOrderOfTable(values: readonly PyValue[]): readonly PyValue[] | undefined {
  if (values.length > MOST) return undefined;
  const hashes: bigint[] = [];
  for (const value of values) {
    const hash = hashOfInteger(value);
    if (hash === undefined) return undefined;
    hashes.push(hash);
  }
  let table = empty(8);
  for (const [index, hash] of hashes.entries()) {
    table[place(table, hash)] = index;
    const used = index + 1;
    if (used * 5 < (table.length - 1) * 3) continue;
    let size = 8;
    while (size <= used * 4) size *= 2;
    const larger = empty(size);
    for (const held of table) if (held !== undefined) larger[place(larger, hashes[held] ?? 0n)] = held;
    table = larger;
  }
  return table.flatMap((index) => (index === undefined ? [] : [values[index] ?? null]));
}
