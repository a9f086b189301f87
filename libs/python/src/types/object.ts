import { NativeProperty, PyStaticMethod } from '../objects/callables.js';
import { NOT_IMPLEMENTED, objectClass, typeOf } from '../objects/classes.js';
import { dictClass, NamespaceTable, PyDict, PyList, PyTuple } from '../objects/containers.js';
import type { Entry } from '../objects/containers.js';
import { UNKNOWN_BASE } from '../objects/unknown.js';
import { raise } from '../objects/exceptions.js';
import { identityOf } from '../objects/keys.js';
import { PyModule } from '../objects/module.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import { extendValues } from '../native/classes.js';
import { rawFunction } from '../native/functions.js';
import {
  deleteOwnAttribute,
  getOwnAttribute,
  missingAttribute,
  setOwnAttribute,
  unseenAttribute,
} from '../operations/attributes.js';
import { asString, keywords as keywordsOf } from '../operations/conversion.js';
import { formatPrimitive } from '../operations/format.js';
import { str } from '../operations/text.js';
import { hashOf } from '../operations/hash.js';

/** `<__main__.Net object at 0x7f...>`, with an address that is the same in every run. */
export function addressed(value: PyObject): string {
  return `0x${(0x7f0000000000 + identityOf(value) * 16).toString(16)}`;
}

/** Classes of Python's and of libraries whose constructor is not interpreted. */
function isStandIn(cls: PyClass): boolean {
  return cls.native && cls !== objectClass;
}

function refuseArguments(
  rt: Runtime,
  cls: PyClass,
  args: readonly PyValue[],
  keywords: Keywords | undefined,
): void {
  if (args.length <= 1 && (keywords === undefined || keywords.size === 0)) return;
  if (cls.mro.some((base) => base.namespace.has(UNKNOWN_BASE))) return;
  const ownInit = cls.lookup('__init__') !== objectClass.namespace.get('__init__');
  if (!ownInit && !isStandIn(cls)) rt.raise('TypeError', `${cls.name}() takes no arguments`);
}

objectClass.define(
  '__new__',
  new PyStaticMethod(
    rawFunction('__new__', (rt, args, keywords) => {
      const [cls] = args;
      if (!(cls instanceof PyClass))
        return rt.raise('TypeError', 'object.__new__(X): X is not a type object');
      if (cls.lookup('__new__') === objectClass.namespace.get('__new__'))
        refuseArguments(rt, cls, args, keywords);
      const abstract = cls.lookup('__abstractmethods__');
      if (abstract !== undefined) refuseAbstract(rt, cls);
      return cls.allocate(cls);
    }),
  ),
);

/** Classes with abstract methods left cannot be instantiated; `abc` records which in `__abstractmethods__`. */
function refuseAbstract(rt: Runtime, cls: PyClass): void {
  const names = cls.namespace.get('__abstractmethods__');
  const list = names instanceof PyTuple ? names.items.map((name) => str(rt, name)) : [];
  if (list.length === 0) return;
  const plural = list.length === 1 ? '' : 's';
  rt.raise(
    'TypeError',
    `Can't instantiate abstract class ${cls.name} with abstract method${plural} ${list.join(', ')}`,
  );
}

objectClass.define(
  '__init__',
  rawFunction(
    '__init__',
    (rt, args, keywords) => {
      const [self = null] = args;
      if (args.length <= 1 && (keywords === undefined || keywords.size === 0)) return null;
      const cls = typeOf(self);
      if (cls.lookup(UNKNOWN_BASE) !== undefined) return null;
      const ownNew = cls.lookup('__new__') !== objectClass.namespace.get('__new__');
      const ownInit = cls.lookup('__init__') !== objectClass.namespace.get('__init__');
      if ((ownNew && !ownInit) || isStandIn(cls)) return null;
      return ownInit
        ? rt.raise('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)')
        : rt.raise('TypeError', `${cls.name}() takes no arguments`);
    },
    { binds: true },
  ),
);

objectClass.define(
  '__class__',
  new NativeProperty(
    '__class__',
    (_rt, self) => typeOf(self),
    (_rt, self, value) => {
      if (self instanceof PyObject && value instanceof PyClass) self.cls = value;
      else
        raise('TypeError', '__class__ assignment only supported for mutable types or ModuleType subclasses');
    },
  ),
);

objectClass.define(
  '__dict__',
  new NativeProperty(
    '__dict__',
    (_rt, self) => {
      if (
        !(self instanceof PyObject) ||
        (self.attributes === undefined && !self.cls.givesAttributes && !(self instanceof PyModule))
      ) {
        return missingAttribute(self, '__dict__');
      }
      if (self instanceof PyModule) self.settle();
      self.attributes ??= new Map<string, PyValue>();
      const dict = new PyDict(
        dictClass,
        self instanceof PyModule ? new ModuleTable(self) : new NamespaceTable(self.attributes),
      );
      dict.unknownEntries = unseenAttribute(self, '');
      return dict;
    },
    (rt, self, value) => {
      if (!(self instanceof PyObject) || !(value instanceof PyDict))
        return raise('TypeError', '__dict__ must be set to a dictionary');
      self.attributes =
        value.table instanceof NamespaceTable ? value.table.namespace : new DictAttributes(rt, value);
      return undefined;
    },
  ),
);

/** The names of a module, some of which may be made when they are first asked for. */
class ModuleTable extends NamespaceTable {
  constructor(readonly module: PyModule) {
    super(module.namespace);
  }

  override find(rt: Runtime, key: PyValue): Entry | undefined {
    const own = super.find(rt, key);
    if (own !== undefined || typeof key !== 'string') return own;
    const value = this.module.fallback?.(rt, key, this.module);
    return value === undefined ? undefined : { key, value };
  }
}

/** A dict that serves as an object's attributes, as `self.__dict__ = self` asks for. */
class DictAttributes extends Map<string, PyValue> {
  constructor(
    readonly rt: Runtime,
    readonly dict: PyDict,
  ) {
    super();
  }

  override get(key: string): PyValue | undefined {
    return this.dict.get(this.rt, key);
  }

  override has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  override set(key: string, value: PyValue): this {
    this.dict.set(this.rt, key, value);
    return this;
  }

  override delete(key: string): boolean {
    return this.dict.delete(this.rt, key) !== undefined;
  }

  override get size(): number {
    return this.dict.size;
  }

  override *[Symbol.iterator](): MapIterator<[string, PyValue]> {
    for (const { key, value } of this.dict.entries()) if (typeof key === 'string') yield [key, value];
    return undefined;
  }

  override *keys(): MapIterator<string> {
    for (const [key] of this) yield key;
    return undefined;
  }
}

extendValues(objectClass, (value) => value, {
  unknowns: 'accept',
  methods: {
    '__repr__()': (_rt, self) => {
      const cls = typeOf(self);
      const path = cls.module === 'builtins' ? cls.qualname : `${cls.module}.${cls.qualname}`;
      return self instanceof PyObject ? `<${path} object at ${addressed(self)}>` : `<${path} object>`;
    },
    '__str__()': (rt, self) => {
      const method = typeOf(self).lookup('__repr__');
      return method === undefined ? '' : rt.call(rt.bind(method, self), []);
    },
    '__format__(spec)': (rt, self, spec) => {
      if (self === null || typeof self !== 'object') return formatPrimitive(rt, self, asString(spec));
      if (spec === '') return str(rt, self);
      return raise('TypeError', `unsupported format string passed to ${typeOf(self).name}.__format__`);
    },
    '__eq__(other)': (_rt, self, other) => (self === other ? true : NOT_IMPLEMENTED),
    '__hash__()': (rt, self) => (self instanceof PyObject ? BigInt(identityOf(self)) : hashOf(rt, self)),
    '__getattribute__(name)': (rt, self, name) =>
      getOwnAttribute(rt, self, asString(name)) ?? noneOrMissing(rt, self, asString(name)),
    '__setattr__(name, value)': (rt, self, name, value) => {
      setOwnAttribute(rt, self, asString(name), value);
      return null;
    },
    '__delattr__(name)': (rt, self, name) => {
      deleteOwnAttribute(rt, self, asString(name));
      return null;
    },
    '__dir__()': (_rt, self) => {
      const names = new Set(typeOf(self).mro.flatMap((cls) => [...cls.namespace.keys()]));
      if (self instanceof PyModule) self.settle();
      if (self instanceof PyObject) for (const name of self.attributes?.keys() ?? []) names.add(name);
      return new PyList([...names].filter((name) => !name.startsWith('\0')));
    },
    '__reduce_ex__(protocol)': (rt) => rt.unknown('pickling is not read'),
    '__sizeof__()': () => 48n,
  },
  classMethods: {
    '__init_subclass__(**kwargs)': (rt, cls, kwargs) => {
      if (kwargs !== undefined && keywordsOf(kwargs).size > 0) {
        return rt.raise('TypeError', `${cls.name}.__init_subclass__() takes no keyword arguments`);
      }
      return null;
    },
    '__subclasshook__(subclass)': () => NOT_IMPLEMENTED,
  },
});

function noneOrMissing(rt: Runtime, self: PyValue, name: string): PyValue {
  return getOwnAttribute(rt, self, name) === null ? null : missingAttribute(self, name);
}
