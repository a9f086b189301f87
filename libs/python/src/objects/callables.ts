import { builtinClass, typeOf } from './classes.js';
import { raise } from './exceptions.js';
import { UnknownNeeded } from './iterators.js';
import { PyObject } from './object.js';
import type { Keywords, PyClass, PyValue, Runtime } from './object.js';
import { behindReceiver } from './receiver.js';
import type { Signature } from './signature.js';

export const nativeFunctionClass = builtinClass('builtin_function_or_method');
export const methodClass = builtinClass('method');
export const propertyClass = builtinClass('property', { allocate: (cls) => new PyProperty(cls) });
export const classMethodClass = builtinClass('classmethod', {
  allocate: (cls) => new PyClassMethod(null, cls),
});
export const staticMethodClass = builtinClass('staticmethod', {
  allocate: (cls) => new PyStaticMethod(null, cls),
});
export const nativePropertyClass = builtinClass('getset_descriptor');

/** Runs a native function: positional arguments and keywords as the call gave them. */
export type NativeBody = (rt: Runtime, args: readonly PyValue[], keywords: Keywords | undefined) => PyValue;

/** A function written in TypeScript; make one with `nativeFunction` or a class or module table. */
export class NativeFunction extends PyObject {
  /** The class a method belongs to, for its qualified name. */
  owner: PyClass | undefined = undefined;
  doc: string | null = null;
  #signature: Signature | undefined;

  constructor(
    readonly name: string,
    /** May put a quicker one in its own place when it is first called. */
    public body: NativeBody,
    /** Methods bind to the instance they are read from; functions of a module do not. */
    readonly binds: boolean,
    /** Reads the signature, for `inspect.signature`; absent where the body takes its arguments raw. */
    readonly readSignature?: () => Signature,
  ) {
    super(nativeFunctionClass);
  }

  get signature(): Signature | undefined {
    this.#signature ??= this.readSignature?.();
    return this.#signature;
  }

  override get isDataDescriptor(): boolean {
    return false;
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    const { watcher } = rt;
    try {
      return watcher === undefined ? this.body(rt, args, keywords) : watcher.native(rt, this, args, keywords);
    } catch (thrown) {
      if (thrown instanceof UnknownNeeded && this.name !== '__init__') return thrown.unknown;
      throw thrown;
    }
  }

  override bindTo(_rt: Runtime, _owner: PyClass, instance: PyValue | undefined): PyValue {
    return this.binds && instance !== undefined ? new PyMethod(instance, this) : this;
  }
}

/** A function bound to its first argument. */
export class PyMethod extends PyObject {
  constructor(
    readonly self: PyValue,
    readonly callee: PyValue,
  ) {
    super(methodClass);
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    return rt.call(this.callee, behindReceiver(this.self, args), keywords);
  }

  override bindTo(): PyValue {
    return this;
  }
}

export class PyClassMethod extends PyObject {
  constructor(
    public callee: PyValue,
    cls: PyClass = classMethodClass,
  ) {
    super(cls);
  }

  override bindTo(rt: Runtime, owner: PyClass): PyValue {
    return this.callee instanceof PyObject && !(this.callee instanceof NativeFunction)
      ? this.callee.bindTo(rt, owner.cls, owner)
      : new PyMethod(owner, this.callee);
  }
}

export class PyStaticMethod extends PyObject {
  constructor(
    public callee: PyValue,
    cls: PyClass = staticMethodClass,
  ) {
    super(cls);
  }

  override bindTo(): PyValue {
    return this.callee;
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    return rt.call(this.callee, args, keywords);
  }
}

/** A descriptor that computes an attribute and may take assignments to it. */
export abstract class PyDescriptor extends PyObject {
  abstract set(rt: Runtime, instance: PyValue, value: PyValue): void;
  abstract delete(rt: Runtime, instance: PyValue): void;

  override get isDataDescriptor(): boolean {
    return true;
  }
}

/** `property(...)` of a Python class. */
export class PyProperty extends PyDescriptor {
  getter: PyValue = null;
  setter: PyValue = null;
  deleter: PyValue = null;
  name = '';

  constructor(cls: PyClass = propertyClass) {
    super(cls);
  }

  override bindTo(rt: Runtime, _owner: PyClass, instance: PyValue | undefined): PyValue {
    if (instance === undefined) return this;
    if (this.getter === null)
      return raise('AttributeError', `property '${this.name}' of '${nameOf(instance)}' object has no getter`);
    return rt.call(this.getter, [instance]);
  }

  override set(rt: Runtime, instance: PyValue, value: PyValue): void {
    if (this.setter === null)
      raise('AttributeError', `property '${this.name}' of '${nameOf(instance)}' object has no setter`);
    rt.call(this.setter, [instance, value]);
  }

  override delete(rt: Runtime, instance: PyValue): void {
    if (this.deleter === null)
      raise('AttributeError', `property '${this.name}' of '${nameOf(instance)}' object has no deleter`);
    rt.call(this.deleter, [instance]);
  }
}

/** A property of a native class. */
export class NativeProperty extends PyDescriptor {
  constructor(
    readonly name: string,
    readonly get: (rt: Runtime, instance: PyValue) => PyValue,
    readonly assign?: (rt: Runtime, instance: PyValue, value: PyValue) => void,
  ) {
    super(nativePropertyClass);
  }

  override bindTo(rt: Runtime, _owner: PyClass, instance: PyValue | undefined): PyValue {
    if (instance === undefined) return this;
    const value = this.get(rt, instance);
    return rt.watcher === undefined ? value : rt.watcher.property(rt, this.name, instance, value);
  }

  override set(rt: Runtime, instance: PyValue, value: PyValue): void {
    if (this.assign === undefined)
      return raise(
        'AttributeError',
        `attribute '${this.name}' of '${nameOf(instance)}' objects is not writable`,
      );
    rt.watcher?.assigned(rt, this.name, instance, value);
    return this.assign(rt, instance, value);
  }

  override delete(_rt: Runtime, instance: PyValue): void {
    raise('AttributeError', `attribute '${this.name}' of '${nameOf(instance)}' objects is not writable`);
  }
}

/** A value's type as CPython's errors name it: `'torch.Size' object is not callable`. */
export function typeNameInErrors(value: PyValue): string {
  if (value instanceof PyMethod && value.callee instanceof NativeFunction) {
    const { self, callee } = value;
    if (typeOf(self).definer(callee.name)?.written !== 'python') return nativeFunctionClass.name;
  }
  return typeOf(value).nameInErrors;
}

function nameOf(value: PyValue): string {
  return typeOf(value).qualname;
}
