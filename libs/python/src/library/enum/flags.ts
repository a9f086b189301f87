import { NOT_IMPLEMENTED, objectClass, typeOf } from '../../objects/classes.js';
import { raise } from '../../objects/exceptions.js';
import { NativeIterator } from '../../objects/iterators.js';
import { PyObject } from '../../objects/object.js';
import type { PyClass, PyValue, Runtime } from '../../objects/object.js';
import type { ClassDefinition } from '../../native/classes.js';
import { plainInteger } from '../../operations/conversion.js';
import { bitLength } from '../../operations/numbers.js';
import { enumState, makeNameless, nameOf, valueOf } from './members.js';

/** Members of one bit, in order of definition. */
export function singleBits(cls: PyClass): PyObject[] {
  return (enumState(cls)?.canonical ?? []).filter((member) => {
    const value = valueOf(member);
    return typeof value === 'bigint' && value > 0n && (value & (value - 1n)) === 0n;
  });
}

function bitsOf(member: PyObject): bigint {
  return plainInteger(valueOf(member)) ?? 0n;
}

function maskOf(cls: PyClass): bigint {
  return singleBits(cls).reduce((mask, member) => mask | bitsOf(member), 0n);
}

/** Whether bits outside the members stay (IntFlag) or go (Flag). */
function keepsBits(cls: PyClass): boolean {
  return enumState(cls)?.dataType !== objectClass;
}

/** The member for a value: a named one, or a combination made on first use. */
export function flagOf(rt: Runtime, cls: PyClass, given: bigint): PyValue {
  const state = enumState(cls);
  if (state === undefined) return raise('TypeError', `${cls.name} is no enumeration`);
  const mask = maskOf(cls);
  const whole = given < 0n ? given + (1n << BigInt(bitLength(mask))) : given;
  const value = keepsBits(cls) ? whole : whole & mask;
  const named = state.canonical.find((member) => valueOf(member) === value) ?? state.combinations.get(value);
  if (named !== undefined) return named;
  if (state.combinations.size > 10_000) return raise('ValueError', `too many combinations of ${cls.name}`);
  const parts = singleBits(cls).filter((member) => (bitsOf(member) & value) !== 0n);
  const beyond = value & ~mask;
  const names = [...parts.map((member) => String(nameOf(member))), ...(beyond === 0n ? [] : [`${beyond}`])];
  return makeNameless(rt, cls, state, value, parts.length === 0 ? null : names.join('|'));
}

function operand(self: PyObject, other: PyValue): bigint | undefined {
  if (typeOf(other) === self.cls && other instanceof PyObject) return bitsOf(other);
  return keepsBits(self.cls) ? plainInteger(other) : undefined;
}

function bitwise(combine: (a: bigint, b: bigint) => bigint) {
  return (rt: Runtime, self: PyObject, other: PyValue): PyValue => {
    const bits = operand(self, other);
    return bits === undefined ? NOT_IMPLEMENTED : flagOf(rt, self.cls, combine(bitsOf(self), bits));
  };
}

function parts(self: PyObject): PyObject[] {
  return singleBits(self.cls).filter((member) => (bitsOf(member) & bitsOf(self)) !== 0n);
}

const and = bitwise((a, b) => a & b);
const or = bitwise((a, b) => a | b);
const xor = bitwise((a, b) => a ^ b);

/** What Flag and IntFlag do beyond Enum. */
export const flagMethods: NonNullable<ClassDefinition<PyObject>['methods']> = {
  '__or__(other)': or,
  '__ror__(other)': or,
  '__and__(other)': and,
  '__rand__(other)': and,
  '__xor__(other)': xor,
  '__rxor__(other)': xor,
  '__invert__()': (rt, self) => flagOf(rt, self.cls, maskOf(self.cls) & ~bitsOf(self)),
  '__bool__()': (_rt, self) => bitsOf(self) !== 0n,
  '__len__()': (_rt, self) => BigInt(parts(self).length),
  '__iter__()': (_rt, self) => {
    const left = parts(self);
    return new NativeIterator('generator', () => left.shift());
  },
  '__contains__(other)': (_rt, self, other) =>
    other instanceof PyObject && other.cls === self.cls
      ? (bitsOf(self) & bitsOf(other)) === bitsOf(other)
      : raise(
          'TypeError',
          `unsupported operand type(s) for 'in': '${typeOf(other).qualname}' and '${self.cls.qualname}'`,
        ),
  '__repr__()': (rt, self) => {
    const name = nameOf(self);
    const value = rt.show(valueOf(self));
    return name === null ? `<${self.cls.name}: ${value}>` : `<${self.cls.name}.${name}: ${value}>`;
  },
  '__str__()': (rt, self) => {
    const name = nameOf(self);
    return name === null ? `${self.cls.name}(${rt.show(valueOf(self))})` : `${self.cls.name}.${name}`;
  },
};

/** `auto()` in a Flag: the next power of two. */
export function nextFlag(last: readonly PyValue[]): bigint {
  const highest = last.map((value) => plainInteger(value) ?? 0n).reduce((a, b) => (a > b ? a : b), 0n);
  return highest <= 0n ? 1n : 1n << BigInt(bitLength(highest));
}
