import {
  ABSENT,
  intClass,
  objectClass,
  PyBoxed,
  strClass,
  typeClass,
  typeOf,
  unbox,
} from '../../objects/classes.js';
import { propertyClass, PyStaticMethod } from '../../objects/callables.js';
import { PyDict, PyList, PyTuple } from '../../objects/containers.js';
import { keyError } from '../../types/mappings.js';
import { askedClass } from '../../types/type.js';
import { raise } from '../../objects/exceptions.js';
import { NativeIterator } from '../../objects/iterators.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import type { MethodDefinition } from '../../native/classes.js';
import { defineClass } from '../../native/classes.js';
import { nativeFunction, rawFunction } from '../../native/functions.js';
import { defineModule } from '../../native/modules.js';
import { deleteOwnAttribute, setOwnAttribute } from '../../operations/attributes.js';
import { asString, plainInteger, rest } from '../../operations/conversion.js';
import { formatValue } from '../../operations/format.js';
import { toArray } from '../../operations/iteration.js';
import { flagMethods, flagOf, nextFlag, singleBits } from './flags.js';
import { declareEnum, enumState, makeEnum, memberByValue, nameOf, valueOf } from './members.js';
import { autoClass } from './values.js';

/** The members a class goes over: without aliases, for flags without combinations. */
function membersOf(cls: PyClass): readonly PyObject[] {
  if (cls.isSubclassOf(flagClass)) return singleBits(cls);
  return enumState(cls)?.canonical ?? [];
}

function iterator(items: readonly PyObject[]): PyValue {
  const left = items.values();
  return new NativeIterator('generator', () => left.next().value);
}

/** `Enum('Color', 'RED GREEN')` */
function functional(rt: Runtime, cls: PyClass, name: string, names: PyValue, start: bigint): PyValue {
  const namespace = new Map<string, PyValue>([['__module__', '__main__']]);
  const items =
    typeof names === 'string'
      ? names
          .replaceAll(',', ' ')
          .split(/\s+/)
          .filter((item) => item !== '')
      : names instanceof PyDict
        ? [...names.entries()].map(({ key, value }) => new PyTuple([key, value]))
        : toArray(rt, names);
  for (const [index, item] of items.entries()) {
    if (item instanceof PyTuple || item instanceof PyList) {
      namespace.set(asString(item.items[0] ?? null), item.items[1] ?? null);
    } else {
      const value = cls.isSubclassOf(flagClass) ? start << BigInt(index) : start + BigInt(index);
      namespace.set(asString(item), cls.isSubclassOf(strEnumClass) ? asString(item).toLowerCase() : value);
    }
  }
  return makeEnum(rt, cls.cls, name, [cls], namespace, new Map());
}

export const enumTypeClass = defineClass({
  name: 'EnumType',
  module: 'enum',
  bases: [typeClass],
  payload: PyClass,
  unknowns: 'accept',
  methods: {
    '__call__(value, names?, *values, module=None, qualname=None, type=None, start=1, boundary=None)': (
      rt,
      cls,
      value,
      names,
      values,
      _module,
      _qualname,
      _type,
      start,
    ) => {
      if (names === ABSENT) return memberByValue(rt, cls, value);
      if (enumState(cls)?.members.size === 0)
        return functional(rt, cls, asString(value), names, plainInteger(start) ?? 1n);
      return memberByValue(rt, cls, new PyTuple([value, names, ...rest(values)]));
    },
    '__iter__()': (_rt, cls) => iterator(membersOf(cls)),
    '__reversed__()': (_rt, cls) => iterator([...membersOf(cls)].toReversed()),
    '__len__()': (_rt, cls) => BigInt(membersOf(cls).length),
    '__bool__()': () => true,
    '__contains__(member)': (_rt, cls, member) => {
      if (member instanceof PyUnknown) return member;
      if (!(member instanceof PyObject) || !isEnum(member.cls)) {
        return raise(
          'TypeError',
          `unsupported operand type(s) for 'in': '${typeOf(member).qualname}' and '${cls.cls.qualname}'`,
        );
      }
      return member.cls.isSubclassOf(cls);
    },
    '__getitem__(name)': (_rt, cls, name) => {
      if (name instanceof PyUnknown) return name;
      return (typeof name === 'string' ? enumState(cls)?.members.get(name) : undefined) ?? keyError(name);
    },
    '__repr__()': (_rt, cls) => `<${cls.isSubclassOf(flagClass) ? 'flag' : 'enum'} '${cls.name}'>`,
    '__setattr__(name, value)': (rt, cls, name, value) => {
      if (typeof name === 'string' && enumState(cls)?.members.has(name) === true)
        return raise('AttributeError', `cannot reassign member '${name}'`);
      setOwnAttribute(rt, cls, asString(name), value);
      return null;
    },
    '__delattr__(name)': (rt, cls, name) => {
      if (typeof name === 'string' && enumState(cls)?.members.has(name) === true)
        return raise('AttributeError', `'${cls.name}' cannot delete member '${name}'.`);
      deleteOwnAttribute(rt, cls, asString(name));
      return null;
    },
  },
  properties: {
    __members__: (rt, cls) => PyDict.from(rt, enumState(cls)?.members ?? []),
    _member_map_: (rt, cls) => PyDict.from(rt, enumState(cls)?.members ?? []),
    _member_names_: (_rt, cls) => new PyList(membersOf(cls).map(nameOf)),
    _value2member_map_: (rt, cls) =>
      PyDict.from(
        rt,
        (enumState(cls)?.canonical ?? []).map((member) => [valueOf(member), member]),
      ),
    _member_type_: (_rt, cls) => enumState(cls)?.dataType ?? objectClass,
  },
});

function isEnum(cls: PyClass): boolean {
  return cls.cls.isSubclassOf(enumTypeClass);
}

enumTypeClass.define(
  '__new__',
  new PyStaticMethod(
    rawFunction('__new__', (rt, args, keywords) => {
      const asked = askedClass(args);
      if (asked === undefined)
        return rt.raise('TypeError', 'EnumType.__new__() takes a name, bases and a namespace');
      const { metaclass, name, bases, namespace } = asked;
      const classes = bases.filter((base) => base instanceof PyClass);
      const others = new Map(keywords ?? []);
      others.delete('boundary');
      return makeEnum(rt, metaclass, name, classes, namespace, others);
    }),
  ),
);

/** Sorted, the last one and one more: what `auto()` is in an ordinary enumeration. */
function nextInteger(start: PyValue, last: readonly PyValue[]): PyValue {
  if (last.length === 0) return start;
  const numbers = last.map(plainInteger);
  if (numbers.includes(undefined)) {
    const latest = numbers.findLast((number) => number !== undefined);
    return latest === undefined ? start : latest + 1n;
  }
  return (
    numbers.reduce<bigint>(
      (highest, number) => (number !== undefined && number > highest ? number : highest),
      numbers[0] ?? 0n,
    ) + 1n
  );
}

export const enumClass = declareEnum(
  defineClass({
    name: 'Enum',
    module: 'enum',
    metaclass: enumTypeClass,
    payload: PyObject,
    unknowns: 'accept',
    methods: {
      '__init__(*args, **kwargs)': () => null,
      '__copy__()': (_rt, self) => self,
      '__deepcopy__(memo)': (_rt, self) => self,
      '__repr__()': (rt, self) => `<${self.cls.name}.${String(nameOf(self))}: ${rt.show(valueOf(self))}>`,
      '__str__()': (_rt, self) => `${self.cls.name}.${String(nameOf(self))}`,
      '__format__(spec)': (rt, self, spec) => formatValue(rt, text(rt, self), asString(spec)),
    },
    properties: {
      name: (_rt, self) => nameOf(self),
      value: (_rt, self) => valueOf(self),
    },
    classMethods: { '_missing_(value)': () => null },
    staticMethods: {
      '_generate_next_value_(name, start, count, last_values)': (rt, _name, start, _count, last) =>
        nextInteger(start ?? 1n, toArray(rt, last ?? null)),
    },
  }),
  objectClass,
);

function text(rt: Runtime, self: PyObject): PyValue {
  const method = self.cls.lookup('__str__');
  return method === undefined ? '' : rt.call(rt.bind(method, self), []);
}

const reprEnumClass = declareEnum(
  defineClass({
    name: 'ReprEnum',
    module: 'enum',
    bases: [enumClass],
    metaclass: enumTypeClass,
    payload: PyObject,
  }),
  objectClass,
);

/** IntEnum and StrEnum show as their value, but for `repr`. */
const asValues: Record<string, MethodDefinition<PyBoxed>> = {
  '__repr__()': (rt, self) => `<${self.cls.name}.${String(nameOf(self))}: ${rt.show(valueOf(self))}>`,
  '__str__()': (_rt, self) => String(self.primitive),
  '__format__(spec)': (rt, self, spec) => formatValue(rt, unbox(self), asString(spec ?? '')),
};

const intEnumClass = declareEnum(
  defineClass({
    name: 'IntEnum',
    module: 'enum',
    bases: [intClass, reprEnumClass],
    metaclass: enumTypeClass,
    payload: PyBoxed,
    methods: asValues,
  }),
  intClass,
);

const strEnumClass = declareEnum(
  defineClass({
    name: 'StrEnum',
    module: 'enum',
    bases: [strClass, reprEnumClass],
    metaclass: enumTypeClass,
    payload: PyBoxed,
    methods: asValues,
    staticMethods: {
      '_generate_next_value_(name, start, count, last_values)': (_rt, name) =>
        asString(name ?? '').toLowerCase(),
    },
  }),
  strClass,
);

export const flagClass = declareEnum(
  defineClass({
    name: 'Flag',
    module: 'enum',
    bases: [enumClass],
    metaclass: enumTypeClass,
    payload: PyObject,
    unknowns: 'accept',
    methods: flagMethods,
    classMethods: {
      '_missing_(value)': (rt, cls, value) => {
        const bits = plainInteger(value);
        return bits === undefined ? null : flagOf(rt, cls, bits);
      },
    },
    staticMethods: {
      '_generate_next_value_(name, start, count, last_values)': (rt, _name, _start, _count, last) =>
        nextFlag(toArray(rt, last ?? null)),
    },
  }),
  objectClass,
);

const intFlagClass = declareEnum(
  defineClass({
    name: 'IntFlag',
    module: 'enum',
    bases: [intClass, reprEnumClass, flagClass],
    metaclass: enumTypeClass,
    payload: PyBoxed,
    unknowns: 'accept',
    methods: {
      ...flagMethods,
      '__str__()': (_rt, self) => String(self.primitive),
      '__format__(spec)': (rt, self, spec) => formatValue(rt, unbox(self), asString(spec)),
    },
  }),
  intClass,
);

/** Refuses an enumeration with aliases. */
const unique = nativeFunction('unique(enumeration)', (rt, enumeration) => {
  const members = enumeration instanceof PyClass ? [...(enumState(enumeration)?.members ?? [])] : [];
  const aliases = members
    .filter(([name, member]) => nameOf(member) !== name)
    .map(([name, member]) => `${name} -> ${String(nameOf(member))}`);
  if (aliases.length > 0)
    return raise(
      'ValueError',
      `duplicate values found in ${rt.show(enumeration ?? null)}: ${aliases.join(', ')}`,
    );
  return enumeration ?? null;
});

export const enumModule = defineModule({
  name: 'enum',
  classes: [
    autoClass,
    enumTypeClass,
    enumClass,
    reprEnumClass,
    intEnumClass,
    strEnumClass,
    flagClass,
    intFlagClass,
  ],
  values: { EnumMeta: enumTypeClass, unique, property: propertyClass },
});
