import { FunctionAnnotations } from '../compile/annotations.js';
import { functionClass, PyFunction } from '../compile/function.js';
import {
  generatorClass,
  coroutineClass,
  asyncGeneratorClass,
  PyGenerator,
  stopIteration,
} from '../compile/generator.js';
import {
  classMethodClass,
  methodClass,
  NativeFunction,
  nativeFunctionClass,
  nativePropertyClass,
  NativeProperty,
  propertyClass,
  PyClassMethod,
  PyMethod,
  PyProperty,
  PyStaticMethod,
  staticMethodClass,
  typeNameInErrors,
} from '../objects/callables.js';
import { ELLIPSIS, NOT_IMPLEMENTED, typeOf } from '../objects/classes.js';
import { dictClass, NamespaceTable, PyDict, PyTuple } from '../objects/containers.js';
import { baseExceptionClass, PyException, raise } from '../objects/exceptions.js';
import { nativeIteratorClass, PyIterator } from '../objects/iterators.js';
import { moduleClass, PyModule } from '../objects/module.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { unknownClass, PyUnknown } from '../objects/unknown.js';
import { extendClass, extendValues } from '../native/classes.js';
import { findAttribute, unfollowedAttribute } from '../operations/attributes.js';
import { asString } from '../operations/conversion.js';
import { repr } from '../operations/text.js';
import { addressed } from './object.js';

function defaults(self: PyFunction): PyValue {
  const values = self.signature.parameters.filter(
    (p) => (p.kind === 'ordinary' || p.kind === 'positional-only') && p.fallback !== undefined,
  );
  return values.length === 0 ? null : new PyTuple(values.map((p) => p.fallback ?? null));
}

function keywordDefaults(rt: Runtime, self: PyFunction): PyValue {
  const values = self.signature.parameters.filter(
    (p) => p.kind === 'keyword-only' && p.fallback !== undefined,
  );
  return values.length === 0
    ? null
    : PyDict.from(
        rt,
        values.map((p) => [p.name, p.fallback ?? null]),
      );
}

extendClass(functionClass, {
  payload: PyFunction,
  unknowns: 'accept',
  methods: {
    '__repr__()': (_rt, self) => `<function ${self.qualname} at ${addressed(self)}>`,
    '__get__(instance, owner=None)': (_rt, self, instance) =>
      instance === null ? self : new PyMethod(instance, self),
    '__call__(*args, **kwargs)': (rt, self, args, kwargs) =>
      self.call(
        rt,
        args instanceof PyTuple ? args.items : [],
        kwargs instanceof PyDict ? kwargs.keywords() : undefined,
      ),
  },
  properties: {
    __name__: {
      get: (_rt, self) => self.name,
      set: (_rt, self, value) => {
        self.name = asString(value);
      },
    },
    __qualname__: {
      get: (_rt, self) => self.qualname,
      set: (_rt, self, value) => {
        self.qualname = asString(value);
      },
    },
    __doc__: {
      get: (_rt, self) => self.doc,
      set: (_rt, self, value) => {
        self.doc = value;
      },
    },
    __module__: {
      get: (_rt, self) =>
        self.attributes?.get('__module__') ?? self.globals.namespace.get('__name__') ?? null,
      set: (_rt, self, value) => {
        self.attributes ??= new Map<string, PyValue>();
        self.attributes.set('__module__', value);
      },
    },
    __defaults__: (_rt, self) => defaults(self),
    __kwdefaults__: (rt, self) => keywordDefaults(rt, self),
    __annotations__: {
      get: (rt, { annotated }) => (annotated instanceof FunctionAnnotations ? annotated.dict(rt) : annotated),
      set: (_rt, self, value) => {
        self.annotated = value;
      },
    },
    __globals__: (_rt, self) => {
      self.globals.settle();
      return new PyDict(dictClass, new NamespaceTable(self.globals.namespace));
    },
    __closure__: (rt) => rt.unknown('what a function has from around it'),
    __code__: (rt) => rt.unknown('code objects are not read'),
  },
});

extendClass(methodClass, {
  payload: PyMethod,
  unknowns: 'accept',
  methods: {
    '__repr__()': (rt, self) => {
      if (self.callee instanceof NativeFunction) {
        return `<built-in method ${self.callee.name} of ${typeOf(self.self).name} object>`;
      }
      const name = findAttribute(rt, self.callee, '__qualname__');
      return `<bound method ${typeof name === 'string' ? name : '?'} of ${repr(rt, self.self)}>`;
    },
    '__eq__(other)': (_rt, self, other) =>
      other instanceof PyMethod ? other.self === self.self && other.callee === self.callee : NOT_IMPLEMENTED,
    '__hash__()': () => 0n,
    '__getattr__(name)': (rt, self, name) => {
      const found = findAttribute(rt, self.callee, asString(name));
      return found === undefined
        ? raise('AttributeError', `'${typeNameInErrors(self)}' object has no attribute '${asString(name)}'`)
        : found;
    },
  },
  properties: { __self__: (_rt, self) => self.self, __func__: (_rt, self) => self.callee },
});

extendClass(nativeFunctionClass, {
  payload: NativeFunction,
  unknowns: 'accept',
  methods: {
    '__repr__()': (_rt, self) =>
      self.owner === undefined
        ? `<built-in function ${self.name}>`
        : `<method '${self.name}' of '${self.owner.name}' objects>`,
    '__call__(*args, **kwargs)': (rt, self, args, kwargs) =>
      self.call(
        rt,
        args instanceof PyTuple ? args.items : [],
        kwargs instanceof PyDict ? kwargs.keywords() : undefined,
      ),
  },
  properties: {
    __name__: (_rt, self) => self.name,
    __qualname__: (_rt, self) =>
      self.owner === undefined ? self.name : `${self.owner.qualname}.${self.name}`,
    __doc__: {
      get: (_rt, self) => self.doc,
      set: (_rt, self, doc) => {
        self.doc = typeof doc === 'string' ? doc : null;
      },
    },
    // Native functions are shared between programs; where one says it is from changes nothing that is read.
    __module__: { get: () => 'builtins', set: () => undefined },
  },
});

extendClass(propertyClass, {
  payload: PyProperty,
  unknowns: 'accept',
  methods: {
    '__init__(fget=None, fset=None, fdel=None, doc=None)': (_rt, self, getter, setter, deleter) => {
      self.getter = getter;
      self.setter = setter;
      self.deleter = deleter;
      if (getter instanceof PyFunction) self.name = getter.name;
      return null;
    },
    '__set_name__(owner, name)': (_rt, self, _owner, name) => {
      self.name = asString(name);
      return null;
    },
    'getter(fget)': (_rt, self, getter) => derived(self, { getter }),
    'setter(fset)': (_rt, self, setter) => derived(self, { setter }),
    'deleter(fdel)': (_rt, self, deleter) => derived(self, { deleter }),
    '__get__(instance, owner=None)': (rt, self, instance) =>
      self.bindTo(rt, typeOf(instance), instance === null ? undefined : instance),
    '__set__(instance, value)': (rt, self, instance, value) => {
      self.set(rt, instance, value);
      return null;
    },
    '__delete__(instance)': (rt, self, instance) => {
      self.delete(rt, instance);
      return null;
    },
  },
  properties: {
    fget: (_rt, self) => self.getter,
    fset: (_rt, self) => self.setter,
    fdel: (_rt, self) => self.deleter,
    __doc__: (rt, self) => findAttribute(rt, self.getter, '__doc__') ?? null,
  },
});

function bound(rt: Runtime, self: PyClassMethod | PyStaticMethod, owner: PyClass): PyValue {
  return self instanceof PyClassMethod ? self.bindTo(rt, owner) : self.bindTo();
}

function derived(
  from: PyProperty,
  change: Partial<Pick<PyProperty, 'getter' | 'setter' | 'deleter'>>,
): PyProperty {
  const property = new PyProperty(from.cls);
  property.getter = change.getter === undefined ? from.getter : change.getter;
  property.setter = change.setter === undefined ? from.setter : change.setter;
  property.deleter = change.deleter === undefined ? from.deleter : change.deleter;
  property.name = from.name;
  return property;
}

for (const [cls, payload] of [
  [classMethodClass, PyClassMethod],
  [staticMethodClass, PyStaticMethod],
] as const) {
  extendClass<PyClassMethod | PyStaticMethod>(cls, {
    payload,
    unknowns: 'accept',
    methods: {
      '__init__(function)': (_rt, self, callee) => {
        self.callee = callee;
        return null;
      },
      '__get__(instance, owner=None)': (rt, self, instance, owner) =>
        bound(rt, self, owner instanceof PyClass ? owner : typeOf(instance)),
    },
    properties: {
      __func__: (_rt, self) => self.callee,
      __wrapped__: (_rt, self) => self.callee,
      __name__: (rt, self) => findAttribute(rt, self.callee, '__name__') ?? null,
      __doc__: (rt, self) => findAttribute(rt, self.callee, '__doc__') ?? null,
      __isabstractmethod__: (rt, self) =>
        rt.truth(findAttribute(rt, self.callee, '__isabstractmethod__') ?? false),
    },
  });
}

extendClass(nativePropertyClass, {
  payload: NativeProperty,
  methods: { '__repr__()': (_rt, self) => `<attribute '${self.name}'>` },
  properties: { __name__: (_rt, self) => self.name },
});

extendClass(moduleClass, {
  payload: PyModule,
  unknowns: 'accept',
  methods: {
    '__repr__()': (_rt, self) => `<module '${self.name}'>`,
    '__getattr__(name)': (rt, self, name) => {
      const hook = self.namespace.get('__getattr__');
      if (hook !== undefined) return rt.call(hook, [name]);
      return (
        unfollowedAttribute(rt, self, asString(name)) ??
        raise('AttributeError', `module '${self.name}' has no attribute '${asString(name)}'`)
      );
    },
  },
  // Where a module stands on the machine, and which version it is.
  unfollowed: '__file__ __loader__ __path__ __spec__ __version__',
});

extendClass(nativeIteratorClass, {
  payload: PyIterator,
  unknowns: 'accept',
  methods: {
    '__iter__()': (_rt, self) => self,
    '__next__()': (rt, self) => {
      const value = self.next(rt);
      if (value !== undefined) return value;
      throw stopIteration(self instanceof PyGenerator ? self.result : null);
    },
    '__length_hint__()': () => 0n,
  },
});

for (const cls of [generatorClass, coroutineClass, asyncGeneratorClass]) {
  extendClass(cls, {
    payload: PyGenerator,
    unknowns: 'accept',
    unfollowed:
      'ag_await ag_code ag_frame ag_running cr_await cr_code cr_frame cr_running gi_code gi_frame gi_running gi_suspended gi_yieldfrom',
    methods: {
      '__repr__()': (_rt, self) => `<${self.cls.name} object ${self.qualname} at ${addressed(self)}>`,
      'send(value, /)': (_rt, self, value) => {
        const result = self.resume({ kind: 'send', value });
        if (result !== undefined) return result;
        throw stopIteration(self.result);
      },
      'throw(type, value=None, traceback=None, /)': (rt, self, type, value) => {
        const made =
          type instanceof PyClass && type.isSubclassOf(baseExceptionClass)
            ? rt.call(type, value === null ? [] : [value])
            : type;
        if (!(made instanceof PyException))
          return raise('TypeError', 'exceptions must be classes or instances deriving from BaseException');
        const result = self.resume({ kind: 'throw', exception: made });
        if (result !== undefined) return result;
        throw stopIteration(self.result);
      },
      'close()': (_rt, self) => {
        self.close();
        return null;
      },
      '__await__()': (_rt, self) => self,
      '__aiter__()': (_rt, self) => self,
    },
    properties: {
      __name__: (_rt, self) => self.name,
      __qualname__: (_rt, self) => self.qualname,
      gi_running: () => false,
    },
  });
}

extendClass(unknownClass, {
  payload: PyUnknown,
  unknowns: 'accept',
  methods: { '__repr__()': () => '<unknown>' },
});

extendValues(ELLIPSIS.cls, (value) => (value === ELLIPSIS ? value : undefined), {
  methods: { '__repr__()': () => 'Ellipsis' },
  staticMethods: { '__new__(cls)': () => ELLIPSIS },
});
extendValues(NOT_IMPLEMENTED.cls, (value) => (value === NOT_IMPLEMENTED ? value : undefined), {
  methods: { '__repr__()': () => 'NotImplemented' },
});
