import { evaluateAnnotations, LazyAnnotations } from '../../compile/annotations.js';
import { defineClass } from '../../native/classes.js';
import { nativeFunction, rawFunction } from '../../native/functions.js';
import type { NativeImplementation } from '../../native/functions.js';
import { defineModule } from '../../native/modules.js';
import { PyClassMethod, PyStaticMethod } from '../../objects/callables.js';
import { noneClass, objectClass, strClass, typeClass } from '../../objects/classes.js';
import {
  dictClass,
  frozensetClass,
  listClass,
  PyDict,
  PyTuple,
  setClass,
  tupleClass,
} from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import { PyModule } from '../../objects/module.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { findAttribute } from '../../operations/attributes.js';
import { asString, keywords } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';
import { aliasOf, PyAlias, PyUnion } from '../../types/generic.js';
import { createClass } from '../../types/type.js';
import { abcMetaClass } from '../abc.js';
import { defaultDictClass, orderedDictClass } from '../collections/dicts.js';
import { dequeClass } from '../collections/deque.js';
import { makeNamedTuple } from '../collections/named-tuple.js';
import { PySpecialForm, PyTypeVar, PyTypingUnion, typeVarClass, unionForm } from './forms.js';

const CLASSES: Record<string, PyClass> = {
  DefaultDict: defaultDictClass,
  Deque: dequeClass,
  Dict: dictClass,
  FrozenSet: frozensetClass,
  List: listClass,
  OrderedDict: orderedDictClass,
  Set: setClass,
  Tuple: tupleClass,
  Type: typeClass,
};

/** Names that stand for abstract classes of `collections.abc`. */
const ABSTRACT = (
  'AsyncIterable Awaitable ByteString Callable Collection Container Coroutine Generator Hashable ItemsView Iterable Iterator ' +
  'KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible Sequence Sized ValuesView'
).split(' ');

const PURE = (
  'Annotated Any AnyStr AsyncContextManager AsyncGenerator AsyncIterator ClassVar Concatenate ContextManager Counter ChainMap Final IO TextIO BinaryIO Literal ' +
  'LiteralString Match Never NoReturn NotRequired Optional Pattern Required Self SupportsBytes SupportsComplex SupportsFloat SupportsIndex ' +
  'SupportsInt SupportsAbs SupportsRound TypeAlias TypeGuard Unpack'
).split(' ');

class Blank extends PyObject {}

/** `Generic` and `Protocol`: bases whose subscripts are dropped. */
function genericBase(name: string, metaclass: PyClass): PyClass {
  const cls = defineClass({ name, module: 'typing', bases: [objectClass], metaclass, payload: Blank });
  cls.define(
    '__class_getitem__',
    new PyClassMethod(
      nativeFunction(
        '__class_getitem__(cls, item)',
        (_rt, own, item) =>
          aliasOf(
            own,
            item,
            own instanceof PyClass && own.module !== 'typing'
              ? `${own.module}.${own.name}`
              : `typing.${name}`,
          ),
        { unknowns: 'accept' },
      ),
    ),
  );
  return cls;
}

const genericClass = genericBase('Generic', typeClass);
const protocolClass = genericBase('Protocol', abcMetaClass);

function abstractClass(rt: Runtime, name: string): PyValue {
  const module = rt.importModule('collections.abc', 'known');
  return module instanceof PyModule ? (module.bound(name) ?? null) : null;
}

/** The hints of a class body, in order. */
function hintsOf(rt: Runtime, namespace: ReadonlyMap<string, PyValue>): PyDict {
  const hints = namespace.get('__annotations__');
  if (hints instanceof LazyAnnotations) return evaluateAnnotations(rt, hints.hints);
  return hints instanceof PyDict ? hints : new PyDict();
}

/** A metaclass whose classes are made by `make` from their body. */
function bodyMeta(
  name: string,
  make: (
    rt: Runtime,
    name: string,
    bases: readonly PyClass[],
    namespace: Map<string, PyValue>,
    options: Map<string, PyValue>,
  ) => PyClass,
): PyClass {
  const meta = defineClass({ name, module: 'typing', bases: [typeClass], payload: PyClass });
  meta.define(
    '__new__',
    new PyStaticMethod(
      rawFunction('__new__', (rt, args, named) => {
        const [, own, bases, namespace] = args;
        if (typeof own !== 'string' || !(bases instanceof PyTuple) || !(namespace instanceof PyDict))
          return raise('TypeError', `${name} needs a class body`);
        const classes = bases.items.filter((base) => base instanceof PyClass);
        return make(rt, own, classes, namespace.keywords(), new Map(named ?? []));
      }),
    ),
  );
  return meta;
}

const namedTupleMeta = bodyMeta('NamedTupleMeta', (rt, name, _bases, namespace) => {
  const hints = hintsOf(rt, namespace);
  const fields = [...hints.entries()].map(({ key }) => ({
    name: asString(key),
    fallback: namespace.get(asString(key)),
  }));
  const extra = new Map(
    [...namespace].filter(([key]) => !fields.some((field) => field.name === key) && key !== '__classcell__'),
  );
  extra.set('__annotations__', hints);
  const module = namespace.get('__module__');
  return makeNamedTuple(name, fields, typeof module === 'string' ? module : '__main__', extra);
});

const namedTupleBase = new PyClass({
  name: 'NamedTuple',
  module: 'typing',
  bases: [objectClass],
  metaclass: namedTupleMeta,
  native: true,
});
const typedDictMeta = bodyMeta('_TypedDictMeta', (rt, name, _bases, namespace) => {
  const kept = new Map(namespace);
  return createClass(rt, typeClass, name, [typedDictBody], kept, new Map());
});

/** What classes of a TypedDict are made of: those that derive from them may say `total=False` again. */
const typedDictBody = defineClass({
  name: 'dict',
  module: 'builtins',
  bases: [dictClass],
  payload: PyDict,
  allocate: (cls) => new PyDict(cls),
  classMethods: { '__init_subclass__(**options)': () => null },
});
const typedDictBase = new PyClass({
  name: 'TypedDict',
  module: 'typing',
  bases: [objectClass],
  metaclass: typedDictMeta,
  native: true,
});

/** `NamedTuple('Point', [('x', int)])`, called instead of subclassed. */
namedTupleBase.define(
  '__new__',
  new PyStaticMethod(
    nativeFunction(
      '__new__(cls, typename, fields=None, /, **kwargs)',
      (rt, _cls, name, fields, named) => {
        const pairs =
          fields === null || fields === undefined
            ? [...keywords(named).keys()]
            : toArray(rt, fields).map((pair) => asString(toArray(rt, pair)[0] ?? null));
        return makeNamedTuple(
          asString(name),
          pairs.map((field) => ({ name: field, fallback: undefined })),
          '__main__',
        );
      },
      { unknowns: 'accept' },
    ),
  ),
);

/** Gives its (last) argument back: what most of typing does at run time. */
const same =
  (index: number): NativeImplementation =>
  (_rt, ...args) =>
    args[index] ?? null;

function typeHints(rt: Runtime, value: PyValue): PyDict {
  const dict = new PyDict();
  const sources = value instanceof PyClass ? value.mro.toReversed() : [value];
  for (const source of sources) {
    const hints =
      source instanceof PyClass && source.native ? undefined : findAttribute(rt, source, '__annotations__');
    if (hints instanceof PyDict)
      for (const entry of hints.entries())
        dict.set(rt, entry.key, entry.value === null ? noneClass : entry.value);
  }
  return dict;
}

const functions: Record<string, NativeImplementation> = {
  'cast(typ, val)': same(1),
  'overload(func)': same(0),
  'final(f)': same(0),
  'no_type_check(arg)': same(0),
  'runtime_checkable(cls)': same(0),
  'override(method)': same(0),
  'assert_type(val, typ)': same(0),
  'reveal_type(obj)': same(0),
  'dataclass_transform(*args, **kwargs)': () =>
    rawFunction('dataclass_transform', (_rt, [cls = null]) => cls),
  'assert_never(arg)': () => raise('AssertionError', 'Expected code to be unreachable'),
  'NewType(name, tp)': (_rt, name) => new PyTypeVar(asString(name), '__main__.'),
  'ParamSpec(name, **kwargs)': (_rt, name) => new PyTypeVar(asString(name), '~'),
  'TypeVarTuple(name, **kwargs)': (_rt, name) => new PyTypeVar(asString(name), ''),
  'get_type_hints(obj, globalns=None, localns=None, include_extras=False)': (rt, value) =>
    typeHints(rt, value),
  'get_origin(tp)': (rt, hint) => {
    if (hint instanceof PyAlias) return hint.originIn(rt);
    if (hint instanceof PyTypingUnion) return unionForm;
    return hint instanceof PyUnion ? hint.cls : null;
  },
  'get_args(tp)': (_rt, hint) =>
    new PyTuple(
      hint instanceof PyAlias || hint instanceof PyUnion || hint instanceof PyTypingUnion
        ? hint.args.map((arg) => arg ?? noneClass)
        : [],
    ),
  'is_typeddict(tp)': () => false,
};

export const typing = defineModule({
  name: 'typing',
  unknowns: 'accept',
  classes: [genericClass, protocolClass, typeVarClass, namedTupleBase, typedDictBase],
  functions,
  values: {
    TYPE_CHECKING: false,
    Text: strClass,
    Union: unionForm,
    ...Object.fromEntries(
      Object.entries(CLASSES).map(([name, cls]) => [name, new PySpecialForm(name, () => cls)]),
    ),
    ...Object.fromEntries(PURE.map((name) => [name, new PySpecialForm(name)])),
    ...Object.fromEntries(
      ABSTRACT.map((name) => [name, new PySpecialForm(name, (rt) => abstractClass(rt, name))]),
    ),
  },
  missing: 'unknown',
});

/** The same names under the package that brings newer ones to older Pythons. */
export const typingExtensions = defineModule({
  name: 'typing_extensions',
  values: { TYPE_CHECKING: false },
  source: 'from typing import *\nfrom typing import Union, TYPE_CHECKING, Generic, Protocol\n',
  missing: 'unknown',
});
