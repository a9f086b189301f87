import { NativeFunction } from '../../objects/callables.js';
import { builtinClass, NOT_IMPLEMENTED, typeOf } from '../../objects/classes.js';
import { PyTuple } from '../../objects/containers.js';
import { exceptionClass, raise } from '../../objects/exceptions.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import type { Parameter } from '../../objects/signature.js';
import { bindArguments } from '../../native/bind.js';
import { extendClass } from '../../native/classes.js';
import { nativeFunction } from '../../native/functions.js';
import {
  deleteOwnAttribute,
  getAttribute,
  setAttribute,
  setOwnAttribute,
} from '../../operations/attributes.js';
import { compare } from '../../operations/comparison.js';
import type { ComparisonSymbol } from '../../operations/comparison.js';
import { asString } from '../../operations/conversion.js';
import { hashOf } from '../../operations/hash.js';
import { repr, showOnce } from '../../operations/text.js';
import { instanceFields, MISSING } from './fields.js';
import type { PyField } from './fields.js';

/** Stands for a default that a factory makes afresh for each instance. */
const factoryClass = builtinClass('_HAS_DEFAULT_FACTORY_CLASS', { module: 'dataclasses' });
extendClass(factoryClass, { payload: PyObject, methods: { '__repr__()': () => '<factory>' } });
const FACTORY = new PyObject(factoryClass);

export const frozenInstanceError = new PyClass({
  name: 'FrozenInstanceError',
  module: 'dataclasses',
  bases: [exceptionClass('AttributeError')],
  metaclass: exceptionClass('AttributeError').cls,
  native: true,
});

function values(rt: Runtime, self: PyValue, fields: readonly PyField[]): PyTuple {
  return new PyTuple(fields.map((field) => getAttribute(rt, self, field.name)));
}

/** The `__init__` of a dataclass. */
export function makeInit(cls: PyClass, all: readonly PyField[], frozen: boolean): NativeFunction {
  const fields = all.filter((field) => field.kind !== 'class');
  const taken = fields.filter((field) => field.init);
  const isKeyword = (field: PyField): boolean => field.keywordOnly === true;
  let optional: PyField | undefined;
  for (const field of taken) {
    if (isKeyword(field)) continue;
    if (field.hasDefault) optional ??= field;
    else if (optional !== undefined)
      raise('TypeError', `non-default argument '${field.name}' follows default argument`);
  }
  const parameters: Parameter[] = [
    { name: 'self', kind: 'positional-only', fallback: undefined },
    ...[...taken.filter((field) => !isKeyword(field)), ...taken.filter(isKeyword)].map(
      (field): Parameter => ({
        name: field.name,
        kind: isKeyword(field) ? 'keyword-only' : 'ordinary',
        fallback: field.factory !== MISSING ? FACTORY : field.default === MISSING ? undefined : field.default,
      }),
    ),
  ];
  const signature = { name: `${cls.qualname}.__init__`, parameters };
  const assign = frozen ? setOwnAttribute : setAttribute;
  const body = (
    rt: Runtime,
    args: readonly PyValue[],
    keywords: ReadonlyMap<string, PyValue> | undefined,
  ): PyValue => {
    const bound = bindArguments(rt, signature, args, keywords);
    const self = bound[0] ?? null;
    const given = new Map(parameters.map((parameter, index) => [parameter.name, bound[index] ?? null]));
    const initOnly: PyValue[] = [];
    for (const field of fields) {
      const argument = given.get(field.name);
      const value =
        argument === undefined || argument === FACTORY
          ? field.factory === MISSING
            ? field.default
            : rt.call(field.factory, [])
          : argument;
      if (field.kind === 'init-only') initOnly.push(value);
      else if (field.init || field.factory !== MISSING) assign(rt, self, field.name, value);
    }
    const after = typeOf(self).lookup('__post_init__');
    if (after !== undefined && after !== null) rt.call(rt.bind(after, self), initOnly);
    return null;
  };
  const init = new NativeFunction('__init__', body, true, () => signature);
  init.owner = cls;
  return init;
}

export function makeRepr(fields: readonly PyField[]): NativeFunction {
  return nativeFunction(
    '__repr__(self, /)',
    (rt, self) => {
      if (!(self instanceof PyObject)) return repr(rt, self ?? null);
      return showOnce(rt, self, '...', () => {
        const shown = fields.filter((field) => field.repr && field.kind === 'field');
        const parts = shown.map((field) => `${field.name}=${repr(rt, getAttribute(rt, self, field.name))}`);
        return `${self.cls.qualname}(${parts.join(', ')})`;
      });
    },
    { binds: true, unknowns: 'accept' },
  );
}

/** `__eq__` and the orderings: instances of the very same class compare as tuples of their fields. */
export function makeComparison(
  name: string,
  symbol: ComparisonSymbol,
  fields: readonly PyField[],
): NativeFunction {
  const compared = fields.filter((field) => field.compare && field.kind === 'field');
  return nativeFunction(
    `${name}(self, other, /)`,
    (rt, self, other) =>
      typeOf(self ?? null) === typeOf(other ?? null)
        ? compare(rt, symbol, values(rt, self ?? null, compared), values(rt, other ?? null, compared))
        : NOT_IMPLEMENTED,
    { binds: true },
  );
}

export function makeHash(fields: readonly PyField[]): NativeFunction {
  const hashed = fields.filter(
    (field) => field.kind === 'field' && (field.hash === null ? field.compare : field.hash === true),
  );
  return nativeFunction('__hash__(self, /)', (rt, self) => hashOf(rt, values(rt, self ?? null, hashed)), {
    binds: true,
  });
}

/** `__setattr__` and `__delattr__` of a frozen dataclass; subclasses' further attributes stay free. */
export function makeFrozen(cls: PyClass): [NativeFunction, NativeFunction] {
  const guarded = (self: PyValue, name: string): boolean =>
    typeOf(self) === cls || instanceFields(cls).some((field) => field.name === name);
  return [
    nativeFunction(
      '__setattr__(self, name, value, /)',
      (rt, self, name, value) => {
        const key = asString(name ?? null);
        if (guarded(self ?? null, key)) raise(frozenInstanceError, `cannot assign to field ${repr(rt, key)}`);
        setOwnAttribute(rt, self ?? null, key, value ?? null);
        return null;
      },
      { binds: true, unknowns: 'accept' },
    ),
    nativeFunction(
      '__delattr__(self, name, /)',
      (rt, self, name) => {
        const key = asString(name ?? null);
        if (guarded(self ?? null, key)) raise(frozenInstanceError, `cannot delete field ${repr(rt, key)}`);
        deleteOwnAttribute(rt, self ?? null, key);
        return null;
      },
      { binds: true },
    ),
  ];
}
