import { functionClass, PyFunction } from '../compile/function.js';
import { asyncGeneratorClass, coroutineClass, generatorClass } from '../compile/generator.js';
import { defineClass } from '../native/classes.js';
import { nativeFunction } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import {
  methodClass,
  nativeFunctionClass,
  propertyClass,
  PyMethod,
  PyStaticMethod,
} from '../objects/callables.js';
import { ELLIPSIS, NOT_IMPLEMENTED, noneClass, objectClass } from '../objects/classes.js';
import { PyDict } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { moduleClass, PyModule } from '../objects/module.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { equals } from '../objects/equality.js';
import { contains } from '../operations/comparison.js';
import { asString, keywords, length, rest } from '../operations/conversion.js';
import { getIterator } from '../operations/iteration.js';
import { getItem } from '../operations/subscripts.js';
import { getAttribute } from '../operations/attributes.js';
import { repr, showOnce } from '../operations/text.js';
import { aliasClass, unionClass } from '../types/generic.js';
import { machineOf } from './reaching.js';

function sameAttributes(rt: Runtime, a: PyObject, b: PyObject): boolean {
  const [left, right] = [
    a.attributes ?? new Map<string, PyValue>(),
    b.attributes ?? new Map<string, PyValue>(),
  ];
  if (left.size !== right.size) return false;
  for (const [name, value] of left) {
    const other = right.get(name);
    if (other === undefined || !equals(rt, value, other)) return false;
  }
  return true;
}

const namespaces = new Set<PyClass>();

/** Whether an object is nothing but its attributes: of a class for just that, or of one of the program's with no methods. */
export function isNamespace(value: PyObject): boolean {
  const { cls } = value;
  if (namespaces.has(cls)) return true;
  return (
    !cls.native &&
    cls.mro.every(
      (one) =>
        one === objectClass ||
        (!one.native &&
          [...one.namespace].every(([name, held]) => name === '__init__' || !(held instanceof PyFunction))),
    )
  );
}

/** An object that is nothing but its attributes; argparse's Namespace is one too. */
export function defineNamespace(name: string, module: string, shown: string): PyClass {
  const cls = defineClass({
    name,
    module,
    payload: PyObject,
    allocate: (cls) => new PyObject(cls),
    unknowns: 'accept',
    methods: {
      '__init__(*args, **kwargs)': (_rt, self, args, kwargs) => {
        if (rest(args).length > 0) return raise('TypeError', 'no positional arguments expected');
        self.attributes = new Map([...(self.attributes ?? []), ...keywords(kwargs)]);
        return null;
      },
      '__repr__()': (rt, self) =>
        showOnce(rt, self, `${shown}(...)`, () => {
          const pieces = [...(self.attributes ?? [])].map(([key, value]) => `${key}=${repr(rt, value)}`);
          return `${shown}(${pieces.join(', ')})`;
        }),
      '__eq__(other)': (rt, self, other) =>
        other instanceof PyObject && other.cls === self.cls
          ? sameAttributes(rt, self, other)
          : NOT_IMPLEMENTED,
      '__contains__(key)': (_rt, self, key) => self.attributes?.has(asString(key)) === true,
    },
    constants: { __hash__: null },
  });
  namespaces.add(cls);
  return cls;
}

export const simpleNamespaceClass = defineNamespace('SimpleNamespace', 'types', 'namespace');

class PyMappingProxy extends PyObject {
  mapping: PyValue = null;

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    if (source instanceof PyMappingProxy) this.mapping = copy(source.mapping);
  }
}

const mappingProxyClass = defineClass({
  name: 'mappingproxy',
  module: 'builtins',
  payload: PyMappingProxy,
  allocate: (cls) => new PyMappingProxy(cls),
  methods: {
    '__init__(mapping)': (_rt, self, mapping) => {
      self.mapping = mapping;
      return null;
    },
    '__getitem__(key)': (rt, self, key) => getItem(rt, self.mapping, key),
    '__contains__(key)': (rt, self, key) => contains(rt, self.mapping, key),
    '__len__()': (rt, self) => BigInt(length(rt, self.mapping)),
    '__iter__()': (rt, self) => getIterator(rt, self.mapping),
    '__repr__()': (rt, self) => `mappingproxy(${repr(rt, self.mapping)})`,
    '__str__()': (rt, self) => repr(rt, self.mapping),
    '__eq__(other)': (rt, self, other) =>
      equals(rt, self.mapping, other instanceof PyMappingProxy ? other.mapping : other),
    ...Object.fromEntries(
      ['get', 'keys', 'values', 'items', 'copy'].map((name) => [
        `${name}(*args)`,
        (rt: Runtime, self: PyMappingProxy, args: PyValue): PyValue =>
          rt.call(getAttribute(rt, self.mapping, name), rest(args)),
      ]),
    ),
  },
});

/** `types.MethodType(function, instance)`: how programs give one object a method of its own. */
methodClass.define(
  '__new__',
  new PyStaticMethod(
    nativeFunction(
      'method(cls, function, instance, /)',
      (_rt, _cls, callee, instance) => new PyMethod(instance ?? null, callee ?? null),
      { unknowns: 'accept' },
    ),
  ),
);

moduleClass.define(
  '__new__',
  new PyStaticMethod(
    nativeFunction('module(cls, name=None, doc=None)', (rt, cls, name, doc) => {
      // A class of the program that derives from it.
      if (cls !== moduleClass) return rt.unknown('a module that is made as the program says');
      const module = new PyModule(asString(name ?? null));
      module.namespace.set('__name__', module.name);
      module.namespace.set('__doc__', doc ?? null);
      return module;
    }),
  ),
);

export const typesModule = defineModule({
  name: 'types',
  missing: 'unknown',
  classes: [simpleNamespaceClass],
  values: {
    MappingProxyType: mappingProxyClass,
    FunctionType: functionClass,
    LambdaType: functionClass,
    MethodType: methodClass,
    BuiltinFunctionType: nativeFunctionClass,
    BuiltinMethodType: nativeFunctionClass,
    ModuleType: moduleClass,
    NoneType: noneClass,
    EllipsisType: ELLIPSIS.cls,
    NotImplementedType: NOT_IMPLEMENTED.cls,
    GeneratorType: generatorClass,
    CoroutineType: coroutineClass,
    AsyncGeneratorType: asyncGeneratorClass,
    GenericAlias: aliasClass,
    UnionType: unionClass,
    DynamicClassAttribute: propertyClass,
  },
  functions: {
    'new_class(name, bases=(), kwds=None, exec_body=None)': (rt, name, bases, keywordsGiven, body) => {
      const namespace = new PyDict();
      if (body !== null && body !== undefined) rt.call(body, [namespace]);
      const named = keywordsGiven instanceof PyDict ? keywordsGiven.keywords() : new Map<string, PyValue>();
      return machineOf(rt).makeClass(
        asString(name ?? null),
        rest(bases ?? null),
        namespace.keywords(),
        named,
      );
    },
    'coroutine(func)': (_rt, callee) => callee ?? null,
  },
});
