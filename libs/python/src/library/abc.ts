import { defineClass, extendClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { rawFunction } from '../native/functions.js';
import { PyClassMethod, PyProperty, PyStaticMethod } from '../objects/callables.js';
import { NOT_IMPLEMENTED, objectClass, typeClass, typeOf } from '../objects/classes.js';
import { PyTuple } from '../objects/containers.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { findAttribute, setAttribute } from '../operations/attributes.js';
import { askedClass, createClass } from '../types/type.js';

/** Whether a member of a class still waits to be implemented. */
function isAbstract(rt: Runtime, value: PyValue): boolean {
  if (value instanceof PyProperty)
    return [value.getter, value.setter, value.deleter].some((part) => isAbstract(rt, part));
  if (value instanceof PyClassMethod || value instanceof PyStaticMethod) return isAbstract(rt, value.callee);
  return (
    value instanceof PyObject &&
    !(value instanceof PyClass) &&
    rt.truth(findAttribute(rt, value, '__isabstractmethod__') ?? false)
  );
}

/** Records in `__abstractmethods__` what a class leaves abstract. */
export function recordAbstract(rt: Runtime, cls: PyClass): void {
  const names = new Set<string>();
  for (const base of cls.mro) {
    for (const [name, value] of base.namespace)
      if (cls.lookup(name) === value && isAbstract(rt, value)) names.add(name);
  }
  cls.define('__abstractmethods__', new PyTuple([...names].toSorted()));
}

/** Classes registered as virtual subclasses, by interpreter. */
class Registry {
  readonly classes = new Map<PyClass, PyClass[]>();
}
const makeRegistry = (): Registry => new Registry();

function isVirtualSubclass(rt: Runtime, cls: PyClass, other: PyClass): boolean {
  if (other.isSubclassOf(cls)) return true;
  const hook = findAttribute(rt, cls, '__subclasshook__');
  const answer = hook === undefined ? NOT_IMPLEMENTED : rt.call(hook, [other]);
  if (typeof answer === 'boolean') return answer;
  const { classes } = rt.state(makeRegistry);
  for (const [abstract, members] of classes) {
    if (abstract.isSubclassOf(cls) && members.some((member) => other.isSubclassOf(member))) return true;
  }
  return false;
}

export const abcMetaClass = defineClass({
  name: 'ABCMeta',
  module: 'abc',
  bases: [typeClass],
  payload: PyClass,
  unknowns: 'accept',
});

abcMetaClass.define(
  '__new__',
  new PyStaticMethod(
    rawFunction('__new__', (rt, args, keywords) => {
      const asked = askedClass(args);
      if (asked === undefined) return rt.raise('TypeError', 'type() takes 1 or 3 arguments');
      const { metaclass, name, bases, namespace } = asked;
      const classes = bases.filter((base) => base instanceof PyClass);
      const cls = createClass(rt, metaclass, name, classes, namespace, keywords ?? new Map());
      recordAbstract(rt, cls);
      return cls;
    }),
  ),
);

extendClass(abcMetaClass, {
  payload: PyClass,
  unknowns: 'accept',
  methods: {
    '__instancecheck__(instance)': (rt, cls, instance) => isVirtualSubclass(rt, cls, typeOf(instance)),
    '__subclasscheck__(subclass)': (rt, cls, other) =>
      other instanceof PyClass && isVirtualSubclass(rt, cls, other),
    'register(subclass)': (rt, cls, other) => {
      if (!(other instanceof PyClass)) return rt.raise('TypeError', 'Can only register classes');
      const { classes } = rt.state(makeRegistry);
      const members = classes.get(cls);
      if (members === undefined) classes.set(cls, [other]);
      else members.push(other);
      return other;
    },
  },
});

export const abcClass = defineClass({
  name: 'ABC',
  module: 'abc',
  bases: [objectClass],
  metaclass: abcMetaClass,
  payload: PyObject,
});

function mark(rt: Runtime, callee: PyValue): PyValue {
  setAttribute(rt, callee, '__isabstractmethod__', true);
  return callee;
}

export const abc = defineModule({
  name: 'abc',
  unknowns: 'accept',
  classes: [abcMetaClass, abcClass],
  functions: {
    'abstractmethod(funcobj)': (rt, callee) => mark(rt, callee),
    'abstractproperty(funcobj)': (rt, callee) => {
      const property = new PyProperty();
      property.getter = mark(rt, callee);
      return property;
    },
    'abstractclassmethod(funcobj)': (rt, callee) => new PyClassMethod(mark(rt, callee)),
    'abstractstaticmethod(funcobj)': (rt, callee) => new PyStaticMethod(mark(rt, callee)),
    'update_abstractmethods(cls)': (rt, cls) => {
      if (cls instanceof PyClass) recordAbstract(rt, cls);
      return cls;
    },
    'get_cache_token()': () => 0n,
  },
});
