import { NativeFunction, NativeProperty, PyClassMethod, PyStaticMethod } from '../objects/callables.js';
import { objectClass, typeClass, typeOf } from '../objects/classes.js';
import { raise } from '../objects/exceptions.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { unknownBase } from '../operations/attributes.js';
import { nativeFunction } from './functions.js';
import type { NativeImplementation, UnknownPolicy } from './functions.js';

/** A getter, or a getter and a setter. */
export type PropertyDefinition<Self extends PyObject> =
  | ((rt: Runtime, self: Self) => PyValue)
  | {
      readonly get: (rt: Runtime, self: Self) => PyValue;
      readonly set: (rt: Runtime, self: Self, value: PyValue) => void;
    };

/** A method: `self` is the native object, the rest as the signature in its key says. */
export type MethodDefinition<Self extends PyObject> = (
  rt: Runtime,
  self: Self,
  ...args: PyValue[]
) => PyValue;

/** A native class as a table; keys of methods are signatures without `self`: `'view(*shape)'`. */
export interface ClassDefinition<Self extends PyObject> {
  readonly name: string;
  readonly module: string;
  readonly doc?: string;
  readonly bases?: readonly PyClass[];
  readonly metaclass?: PyClass;
  /** What the class is written in where it is not Python. */
  readonly written?: PyClass['written'];
  /** The TypeScript class of instances: methods refuse any other receiver with a TypeError. */
  readonly payload: abstract new (...args: never[]) => Self;
  /** Makes a bare instance of this class or of a Python subclass of it; without it the base's serves. */
  readonly allocate?: (cls: PyClass) => Self;
  readonly methods?: Readonly<Record<string, MethodDefinition<Self>>>;
  readonly properties?: Readonly<Record<string, PropertyDefinition<Self>>>;
  readonly classMethods?: Readonly<
    Record<string, (rt: Runtime, cls: PyClass, ...args: PyValue[]) => PyValue>
  >;
  readonly staticMethods?: Readonly<Record<string, NativeImplementation>>;
  /** Class attributes; values must be immutable, since all interpreters share them. */
  readonly constants?: Readonly<Record<string, PyValue>>;
  /** Names that the real class has besides, in one text or a set: nothing here follows what they do. */
  readonly unfollowed?: string | ReadonlySet<string>;
  /** For every function of the table. */
  readonly unknowns?: UnknownPolicy;
}

/** Makes a native class that Python code can call, inspect and subclass. */
export function defineClass<Self extends PyObject>(definition: ClassDefinition<Self>): PyClass {
  const cls = new PyClass({
    name: definition.name,
    module: definition.module,
    bases: definition.bases ?? [objectClass],
    metaclass: definition.metaclass ?? typeClass,
    native: true,
    ...(definition.allocate === undefined ? {} : { allocate: definition.allocate }),
  });
  cls.namespace.set('__module__', definition.module);
  if (definition.written !== undefined) cls.written = definition.written;
  if (definition.doc !== undefined) cls.namespace.set('__doc__', definition.doc);
  extendClass(cls, definition);
  return cls;
}

/** Adds the functions, properties and constants of a table to a native class that exists. */
export function extendClass<Self extends PyObject>(
  cls: PyClass,
  definition: Omit<ClassDefinition<Self>, 'name' | 'module' | 'bases' | 'allocate' | 'metaclass' | 'written'>,
): void {
  const { payload } = definition;
  extendValues(cls, (value) => (value instanceof payload ? value : undefined), definition);
}

/** The members of a class whose instances may be primitives (int, str, ...). */
export type ValueDefinition<Self extends PyValue> = Pick<
  ClassDefinition<PyObject>,
  'classMethods' | 'staticMethods' | 'constants' | 'unfollowed' | 'unknowns' | 'written'
> & {
  readonly methods?: Readonly<Record<string, (rt: Runtime, self: Self, ...args: PyValue[]) => PyValue>>;
  readonly properties?: Readonly<
    Record<
      string,
      | ((rt: Runtime, self: Self) => PyValue)
      | {
          readonly get: (rt: Runtime, self: Self) => PyValue;
          readonly set: (rt: Runtime, self: Self, value: PyValue) => void;
        }
    >
  >;
};

/** Adds a table to a native class whose receivers `accept` picks out (undefined: not one of ours). */
export function extendValues<Self extends PyValue>(
  cls: PyClass,
  accept: (value: PyValue) => Self | undefined,
  definition: ValueDefinition<Self>,
): void {
  const options = definition.unknowns === undefined ? {} : { unknowns: definition.unknowns };
  const { unfollowed } = definition;
  if (unfollowed !== undefined) {
    const names = typeof unfollowed === 'string' ? unfollowed.split(' ') : unfollowed;
    cls.unfollowed = new Set([...(cls.unfollowed ?? []), ...names]);
  }
  const receive = (name: string, value: PyValue): Self => {
    const self = accept(value);
    if (self !== undefined) return self;
    const given = typeOf(value).name;
    return raise(
      'TypeError',
      `descriptor '${name}' requires a '${cls.name}' object but received a '${given}'`,
    );
  };
  const add = (name: string, value: PyValue): void => {
    if (value instanceof NativeFunction) value.owner = cls;
    cls.define(name, value);
  };
  for (const [text, method] of Object.entries(definition.methods ?? {})) {
    const name = text.slice(0, text.indexOf('('));
    const implementation: NativeImplementation = (rt, given, ...args) => {
      const self = given ?? null;
      // A base that is not known may be of the class whose method is asked for by name.
      const base = accept(self) === undefined ? unknownBase(rt, self) : undefined;
      if (base !== undefined) return name === '__init__' ? null : base;
      return method(rt, receive(name, self), ...args);
    };
    add(
      name,
      nativeFunction(text, implementation, {
        ...options,
        binds: true,
        owner: cls.name,
        receiver: 'self',
        isPython: definition.written === 'python',
      }),
    );
  }
  for (const [name, property] of Object.entries(definition.properties ?? {})) {
    const get = typeof property === 'function' ? property : property.get;
    const set = typeof property === 'function' ? undefined : property.set;
    const assign =
      set && ((rt: Runtime, self: PyValue, value: PyValue) => set(rt, receive(name, self), value));
    add(name, new NativeProperty(name, (rt, self) => get(rt, receive(name, self)), assign));
  }
  for (const [text, method] of Object.entries(definition.classMethods ?? {})) {
    const implementation: NativeImplementation = (rt, owner, ...args) =>
      owner instanceof PyClass
        ? method(rt, owner, ...args)
        : raise('TypeError', 'a class method needs a class');
    const callee = nativeFunction(text, implementation, { ...options, receiver: 'cls' });
    callee.owner = cls;
    add(callee.name, new PyClassMethod(callee));
  }
  for (const [text, method] of Object.entries(definition.staticMethods ?? {})) {
    const isNew = text.startsWith('__new__(cls');
    const callee = nativeFunction(text, method, isNew ? { ...options, owner: cls.name } : options);
    callee.owner = cls;
    add(callee.name, new PyStaticMethod(callee));
  }
  for (const [name, value] of Object.entries(definition.constants ?? {})) add(name, value);
}
