import { builtinClass, objectClass, PyBoxed, typeOf } from '../../objects/classes.js';
import { PyFunction } from '../../compile/function.js';
import { PyStaticMethod } from '../../objects/callables.js';
import { PyList, PyTuple, tupleClass } from '../../objects/containers.js';
import { equals } from '../../objects/equality.js';
import { raise } from '../../objects/exceptions.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { extendClass } from '../../native/classes.js';
import { createClass } from '../../types/type.js';
import { resolveValue } from './values.js';

/** What an enumeration knows beyond its class. */
export interface EnumState {
  /** By name, aliases included, in order of definition. */
  readonly members: Map<string, PyObject>;
  /** Without aliases. */
  readonly canonical: PyObject[];
  /** Combinations of flags that have been asked for, by value. */
  readonly combinations: Map<bigint, PyObject>;
  /** The type mixed in: int, str, ..., or object. */
  readonly dataType: PyClass;
  /** The `__new__` that makes members, where it is not the data type's. */
  readonly make: PyValue | undefined;
  /** All values seen, for `auto()`. */
  readonly values: PyValue[];
}

const states = new WeakMap<PyClass, EnumState>();

/** Declares a native enumeration without members (Enum, IntEnum, ...). */
export function declareEnum(cls: PyClass, dataType: PyClass): PyClass {
  states.set(cls, stateFor(dataType, undefined));
  return cls;
}

function stateFor(dataType: PyClass, make: PyValue | undefined): EnumState {
  return { members: new Map(), canonical: [], combinations: new Map(), dataType, make, values: [] };
}

/** What a class knows as an enumeration; undefined where it is none. */
export function enumState(cls: PyClass): EnumState | undefined {
  return states.get(cls);
}

/** The value a member stands for. */
export function valueOf(member: PyObject): PyValue {
  const value = member.attributes?.get('_value_');
  return value === undefined ? null : value;
}

/** The name of a member; None for a combination of flags without names. */
export function nameOf(member: PyObject): PyValue {
  return member.attributes?.get('_name_') ?? null;
}

/** A member in the making, as CPython has it too: it becomes the member once its class exists. */
class ProtoMember extends PyObject {
  constructor(readonly value: PyValue) {
    super(protoMemberClass);
  }
}

const protoMemberClass = builtinClass('_proto_member', { module: 'enum' });
extendClass(protoMemberClass, {
  payload: ProtoMember,
  unknowns: 'accept',
  methods: {
    '__set_name__(owner, name)': (rt, self, owner, name) => {
      if (owner instanceof PyClass && typeof name === 'string') addMember(rt, owner, name, self.value);
      return null;
    },
  },
});

/** Whether a name of the class body stays what it is: methods, `_sunder_` and `__dunder__` names. */
function isOrdinary(owner: string, name: string, value: PyValue): boolean {
  if (/^__.*[^_]__$|^_[^_].*[^_]_$|^_[^_]_$/.test(name) || name.startsWith(`_${owner}__`)) return true;
  return (
    value instanceof PyObject &&
    !(value instanceof PyUnknown) &&
    !(value instanceof PyClass) &&
    ['__get__', '__set__', '__delete__'].some((method) => value.cls.lookup(method) !== undefined)
  );
}

/** `EnumType.__new__`: the class of a class body, with its members made. */
export function makeEnum(
  rt: Runtime,
  metaclass: PyClass,
  name: string,
  bases: readonly PyClass[],
  given: ReadonlyMap<string, PyValue>,
  keywords: Keywords,
): PyClass {
  const parent = bases.at(-1);
  const inherited = parent && states.get(parent);
  if (parent === undefined || inherited === undefined) {
    return raise(
      'TypeError',
      'new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`',
    );
  }
  for (const base of bases) {
    if ((states.get(base)?.members.size ?? 0) > 0)
      raise('TypeError', `<enum '${name}'> cannot extend <enum '${base.name}'>`);
  }
  const dataType = dataTypeOf(bases);
  const namespace = new Map<string, PyValue>();
  const ignored = ignoredNames(given.get('_ignore_'));
  for (const [key, value] of given) {
    if (ignored.has(key)) continue;
    namespace.set(key, isOrdinary(name, key, value) ? value : new ProtoMember(value));
  }
  const make = given.get('__new__') ?? inherited.make;
  const generate = given.get('_generate_next_value_');
  if (generate instanceof PyFunction) namespace.set('_generate_next_value_', new PyStaticMethod(generate));
  inheritText(namespace, bases, parent, dataType);
  pending.set(namespaceKey(given), stateFor(dataType, make));
  namespace.set(STATE, new StateHolder(stateFor(dataType, make)));
  return createClass(rt, metaclass, name, bases, namespace, keywords);
}
