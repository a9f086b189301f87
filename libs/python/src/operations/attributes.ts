import { PyDescriptor, typeNameInErrors } from '../objects/callables.js';
import { objectClass, typeOf } from '../objects/classes.js';
import { exceptionClass, PyException, PyRaise, raise } from '../objects/exceptions.js';
import { PyModule } from '../objects/module.js';
import { asOfBase, PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyUnknown, UNKNOWN_BASE } from '../objects/unknown.js';

const attributeError = exceptionClass('AttributeError');

/** Special methods that programs ask for by name, and that a base which is not known may have as well as any other method. */
const ASKED_OF_BASES = /^__(call|iter|next|len|getitem|setitem|contains|enter|exit|[gs]etstate|reduce)__$/;

function mayBeOfBase(name: string): boolean {
  return !name.startsWith('__') || ASKED_OF_BASES.test(name);
}

/** `value.name`; raises AttributeError. */
export function getAttribute(rt: Runtime, value: PyValue, name: string): PyValue {
  const cls = typeOf(value);
  if (overrides(cls, '__getattribute__')) {
    const found = askGetattribute(rt, cls, value, name);
    if (found !== undefined) return found;
  } else {
    const found = getOwnAttribute(rt, value, name);
    if (found !== undefined) return found;
  }
  const hook = cls.lookup('__getattr__');
  if (hook !== undefined) return rt.call(rt.bind(hook, value), [name]);
  const base = (value instanceof PyClass ? value : cls).lookup(UNKNOWN_BASE);
  if (base instanceof PyUnknown && mayBeOfBase(name)) {
    const isObject = value instanceof PyObject && !(value instanceof PyClass);
    return isObject && rt.watcher !== undefined ? getAttribute(rt, asOfBase(rt, value, base), name) : base;
  }
  if (name === '__doc__') return null;
  const unseen = unseenAttribute(value, name) ?? unfollowedAttribute(rt, value, name);
  if (unseen !== undefined) return unseen;
  return missingAttribute(value, name);
}

/** What stands for an attribute that the real class has and nothing here follows. */
export function unfollowedAttribute(rt: Runtime, value: PyValue, name: string): PyObject | undefined {
  const cls = value instanceof PyClass ? value : typeOf(value);
  return cls.leavesOpen(name) ? rt.unknown(`${cls.name}.${name} is not followed`) : undefined;
}

const anyAttributes = new WeakMap<PyObject, PyUnknown>();

/** An attribute of a name that nobody knows was set on an object: whatever it seems to lack may be that one. */
export function mayHaveAny(object: PyObject, name: PyUnknown): void {
  if (!anyAttributes.has(object)) anyAttributes.set(object, name);
}

/** What an attribute is that was not found, of an object that may have more of them than are known. */
export function unseenAttribute(value: PyValue, name: string): PyUnknown | undefined {
  return value instanceof PyObject && !name.startsWith('__') ? anyAttributes.get(value) : undefined;
}

/** `getattr(value, name, nothing)`: undefined where there is no such attribute. */
export function findAttribute(rt: Runtime, value: PyValue, name: string): PyValue | undefined {
  return withoutAttributeError(() => getAttribute(rt, value, name));
}

/** `object.__getattribute__`, and what stands in for it on classes, modules and primitives. */
export function getOwnAttribute(rt: Runtime, value: PyValue, name: string): PyValue | undefined {
  if (value instanceof PyUnknown) {
    if (rt.watcher) return rt.watcher.derived(rt, { kind: 'attribute', of: value, name });
    return value.ofClass !== undefined && value.ofClass.lookup(name) === undefined ? undefined : value;
  }
  if (value instanceof PyObject) return value.findOwn(rt, name);
  const cls = typeOf(value);
  const found = cls.lookup(name);
  return found instanceof PyObject ? found.bindTo(rt, cls, value) : found;
}

/** A special method, looked up on the class alone as Python does, bound; undefined where there is none. */
export function specialMethod(rt: Runtime, value: PyValue, name: string): PyValue | undefined {
  const found = typeOf(value).lookup(name);
  return found === undefined || found === null ? undefined : rt.bind(found, value);
}

/** What answers in the place of an object whose class has a base that is not known, where its own classes have no answer. */
export function unknownBase(rt: Runtime, value: PyValue): PyUnknown | undefined {
  if (!(value instanceof PyObject) || value instanceof PyClass) return undefined;
  const base = value.cls.lookup(UNKNOWN_BASE);
  const asked = base instanceof PyUnknown ? asOfBase(rt, value, base) : undefined;
  return asked instanceof PyUnknown ? asked : undefined;
}

/** `value.name = item` */
export function setAttribute(rt: Runtime, value: PyValue, name: string, item: PyValue): void {
  const cls = typeOf(value);
  if (overrides(cls, '__setattr__')) {
    rt.call(rt.bind(cls.lookup('__setattr__') ?? null, value), [name, item]);
    return;
  }
  setOwnAttribute(rt, value, name, item);
}

/** `object.__setattr__(value, name, item)` */
export function setOwnAttribute(rt: Runtime, value: PyValue, name: string, item: PyValue): void {
  if (value instanceof PyUnknown) return;
  const cls = typeOf(value);
  const onClass = cls.lookup(name);
  if (onClass instanceof PyObject && setThrough(rt, onClass, value, item)) return;
  if (!(value instanceof PyObject)) return readOnly(value, name, onClass);
  if (value instanceof PyClass) return rt.setClassAttribute(value, name, item);
  if (!acceptsAttributes(value, name)) return readOnly(value, name, onClass);
  value.attributes ??= new Map<string, PyValue>();
  value.attributes.set(name, item);
}

function setThrough(rt: Runtime, descriptor: PyObject, value: PyValue, item: PyValue): boolean {
  if (descriptor instanceof PyDescriptor) {
    descriptor.set(rt, value, item);
    return true;
  }
  if (!descriptor.isDataDescriptor) return false;
  const set = descriptor.cls.lookup('__set__');
  if (set === undefined) return raise('AttributeError', '__set__');
  rt.call(rt.bind(set, descriptor), [value, item]);
  return true;
}

/** `del value.name` */
export function deleteAttribute(rt: Runtime, value: PyValue, name: string): void {
  const cls = typeOf(value);
  if (overrides(cls, '__delattr__')) {
    rt.call(rt.bind(cls.lookup('__delattr__') ?? null, value), [name]);
    return;
  }
  deleteOwnAttribute(rt, value, name);
}

/** `object.__delattr__(value, name)` */
export function deleteOwnAttribute(rt: Runtime, value: PyValue, name: string): void {
  if (value instanceof PyUnknown) return;
  const onClass = typeOf(value).lookup(name);
  if (onClass instanceof PyDescriptor) return onClass.delete(rt, value);
  const hook = onClass instanceof PyObject ? onClass.cls.lookup('__delete__') : undefined;
  if (hook !== undefined && onClass instanceof PyObject) {
    rt.call(rt.bind(hook, onClass), [value]);
    return;
  }
  if (value instanceof PyClass) {
    if (!value.namespace.has(name)) return missingAttribute(value, name);
    return rt.setClassAttribute(value, name, undefined);
  }
  if (!(value instanceof PyObject) || value.attributes?.delete(name) !== true) missingAttribute(value, name);
}

/** Raises the AttributeError for a missing attribute, worded as CPython words it for that kind of value. */
export function missingAttribute(value: PyValue, name: string): never {
  const exception = new PyException(attributeError, [missingMessage(value, name)]);
  exception.attributes = new Map<string, PyValue>([
    ['name', name],
    ['obj', value],
  ]);
  throw new PyRaise(exception);
}

function missingMessage(value: PyValue, name: string): string {
  if (value instanceof PyModule) return `module '${value.name}' has no attribute '${name}'`;
  if (value instanceof PyClass) return `type object '${value.name}' has no attribute '${name}'`;
  const known = value instanceof PyUnknown ? value.ofClass : undefined;
  return `'${known?.name ?? typeNameInErrors(value)}' object has no attribute '${name}'`;
}

function readOnly(value: PyValue, name: string, onClass: PyValue | undefined): never {
  const { name: typeName } = typeOf(value);
  if (onClass === undefined)
    return raise('AttributeError', `'${typeName}' object has no attribute '${name}'`);
  return raise('AttributeError', `'${typeName}' object attribute '${name}' is read-only`);
}

/** Instances of built-in classes have no `__dict__`; nor do those of classes that say `__slots__` throughout. */
function acceptsAttributes(value: PyObject, name: string): boolean {
  const { cls } = value;
  if (cls.givesAttributes) return true;
  const { slotNames } = cls;
  return slotNames === undefined ? value.attributes !== undefined : slotNames.has(name);
}

function overrides(cls: PyClass, name: '__getattribute__' | '__setattr__' | '__delattr__'): boolean {
  return cls.lookup(name) !== objectClass.namespace.get(name);
}

function askGetattribute(rt: Runtime, cls: PyClass, value: PyValue, name: string): PyValue | undefined {
  const ask = (): PyValue => rt.call(rt.bind(cls.lookup('__getattribute__') ?? null, value), [name]);
  return cls.lookup('__getattr__') === undefined ? ask() : withoutAttributeError(ask);
}

function withoutAttributeError(ask: () => PyValue): PyValue | undefined {
  try {
    return ask();
  } catch (thrown) {
    if (thrown instanceof PyRaise && thrown.exception.cls.isSubclassOf(attributeError)) return undefined;
    throw thrown;
  }
}
