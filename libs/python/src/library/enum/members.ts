import { builtinClass, objectClass, PyBoxed, typeOf } from '../../objects/classes.js';
import { PyFunction } from '../../compile/function.js';
import { PyStaticMethod } from '../../objects/callables.js';
import { PyList, PyTuple, tupleClass } from '../../objects/containers.js';
import { equals } from '../../objects/equality.js';
import { raise } from '../../objects/exceptions.js';
import { ClassRecord, PyClass, PyObject } from '../../objects/object.js';
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

const states = new ClassRecord<EnumState>();

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
export function nameOf(member: PyObject): string | null {
  const name = member.attributes?.get('_name_');
  return typeof name === 'string' ? name : null;
}

/** A member in the making, as CPython has it too: it becomes the member once its class exists. */
class ProtoMember extends PyObject {
  constructor(
    readonly value: PyValue,
    readonly state: EnumState,
  ) {
    super(protoMemberClass);
  }
}

const protoMemberClass = builtinClass('_proto_member', { module: 'enum' });
extendClass(protoMemberClass, {
  payload: ProtoMember,
  unknowns: 'accept',
  methods: {
    '__set_name__(owner, name)': (rt, self, owner, name) => {
      if (owner instanceof PyClass && typeof name === 'string') {
        states.set(owner, self.state);
        addMember(rt, owner, self.state, name, self.value);
      }
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
  const state = stateFor(dataType, given.get('__new__') ?? inherited.make);
  const namespace = new Map<string, PyValue>();
  const ignored = ignoredNames(given.get('_ignore_'));
  for (const [key, value] of given) {
    if (ignored.has(key)) continue;
    namespace.set(key, isOrdinary(name, key, value) ? value : new ProtoMember(value, state));
  }
  const generate = given.get('_generate_next_value_');
  if (generate instanceof PyFunction) namespace.set('_generate_next_value_', new PyStaticMethod(generate));
  inheritText(namespace, bases, parent, dataType);
  const cls = createClass(rt, metaclass, name, bases, namespace, keywords);
  states.set(cls, state);
  return cls;
}

function ignoredNames(value: PyValue | undefined): ReadonlySet<PyValue> {
  if (typeof value === 'string') return new Set(value.replaceAll(',', ' ').split(/\s+/));
  return new Set(value instanceof PyList || value instanceof PyTuple ? value.items : []);
}

/** The type mixed into an enumeration: the first base with a `__new__` of its own that is no enumeration. */
function dataTypeOf(bases: readonly PyClass[]): PyClass {
  for (const base of bases) {
    let candidate: PyClass | undefined;
    for (const cls of base.mro) {
      if (cls === objectClass) continue;
      const known = states.get(cls);
      if (known !== undefined) {
        if (known.dataType !== objectClass) return known.dataType;
        break;
      }
      if (cls.namespace.has('__new__') || cls.namespace.has('__dataclass_fields__')) return candidate ?? cls;
      candidate ??= cls;
    }
  }
  return objectClass;
}

/** A mixed-in type's way of showing values gives way to the enumeration's, unless a class says otherwise. */
function inheritText(
  namespace: Map<string, PyValue>,
  bases: readonly PyClass[],
  parent: PyClass,
  dataType: PyClass,
): void {
  for (const name of ['__repr__', '__str__', '__format__']) {
    if (namespace.has(name)) continue;
    const found = bases[0]?.lookup(name);
    const own = parent.lookup(name);
    const plain = found === dataType.lookup(name) || found === objectClass.lookup(name);
    if (plain && own !== undefined && own !== found) namespace.set(name, own);
  }
}

function addMember(rt: Runtime, cls: PyClass, state: EnumState, name: string, given: PyValue): void {
  rt.step();
  const value = resolveValue(rt, given, () => nextValue(rt, cls, state, name));
  const args = value instanceof PyTuple && state.dataType !== tupleClass ? value.items : [value];
  const member = makeMember(rt, cls, state, args);
  if (member.attributes?.has('_value_') !== true) {
    const own = state.dataType === objectClass ? value : rt.call(state.dataType, args);
    setInternal(member, '_value_', own);
  }
  setInternal(member, '_name_', name);
  setInternal(member, '__objclass__', cls);
  setInternal(member, '_sort_order_', BigInt(state.members.size));
  const init = cls.lookup('__init__');
  if (init !== undefined) rt.call(rt.bind(init, member), args);
  const known = valueOf(member);
  rt.step(state.canonical.length);
  const same =
    known instanceof PyUnknown
      ? undefined
      : state.canonical.find(
          (other) => !(valueOf(other) instanceof PyUnknown) && equals(rt, valueOf(other), known),
        );
  const kept = same ?? member;
  state.members.set(name, kept);
  state.values.push(known);
  if (same === undefined) state.canonical.push(member);
  cls.define(name, kept);
}

function makeMember(rt: Runtime, cls: PyClass, state: EnumState, args: readonly PyValue[]): PyObject {
  const make = state.make ?? (state.dataType === objectClass ? undefined : state.dataType.lookup('__new__'));
  if (make === undefined) return cls.allocate(cls);
  const callee = make instanceof PyObject ? make.bindTo(rt, cls, undefined) : make;
  const made = rt.call(callee, [cls, ...args]);
  return made instanceof PyObject ? made : raise('TypeError', `__new__ of ${cls.name} gives no object`);
}

/** A member for a value that has no name: what a combination of flags is. */
export function makeNameless(
  rt: Runtime,
  cls: PyClass,
  state: EnumState,
  value: bigint,
  name: PyValue,
): PyObject {
  const member = state.dataType === objectClass ? cls.allocate(cls) : new PyBoxed(cls, value);
  rt.step();
  setInternal(member, '_value_', value);
  setInternal(member, '_name_', name);
  state.combinations.set(value, member);
  return member;
}

function setInternal(member: PyObject, name: string, value: PyValue): void {
  member.attributes ??= new Map<string, PyValue>();
  member.attributes.set(name, value);
}

function nextValue(rt: Runtime, cls: PyClass, state: EnumState, name: string): PyValue {
  const generate = cls.lookup('_generate_next_value_');
  if (generate === undefined) return raise('TypeError', `auto() has no value for ${name}`);
  const callee = generate instanceof PyObject ? generate.bindTo(rt, cls, undefined) : generate;
  return rt.call(callee, [name, 1n, BigInt(state.members.size), new PyList([...state.values])]);
}

/** `Color(value)` */
export function memberByValue(rt: Runtime, cls: PyClass, value: PyValue): PyValue {
  if (value instanceof PyUnknown) return value;
  if (typeOf(value) === cls) return value;
  const state = states.get(cls);
  for (const member of state?.canonical ?? []) {
    rt.step();
    if (equals(rt, valueOf(member), value)) return member;
  }
  const missing = cls.lookup('_missing_');
  const found = missing instanceof PyObject ? rt.call(missing.bindTo(rt, cls, undefined), [value]) : null;
  if (found === null || found === undefined)
    return raise('ValueError', `${rt.show(value)} is not a valid ${cls.qualname}`);
  if (found instanceof PyUnknown || typeOf(found) === cls) return found;
  return raise(
    'TypeError',
    `error in ${cls.name}._missing_: returned ${rt.show(found)} instead of None or a valid member`,
  );
}
