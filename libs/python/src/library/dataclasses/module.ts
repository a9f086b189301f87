import { ABSENT, builtinClass, typeClass, typeOf } from '../../objects/classes.js';
import { PyDict, PyList, PySet, PyTuple } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { extendClass } from '../../native/classes.js';
import { nativeFunction, rawFunction } from '../../native/functions.js';
import { defineModule } from '../../native/modules.js';
import { getAttribute } from '../../operations/attributes.js';
import { asString, keywords as keywordsOf } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';
import { aliasOf } from '../../types/generic.js';
import { createClass } from '../../types/type.js';
import { collectFields, fieldClass, fieldsOf, instanceFields, KW_ONLY, MISSING, PyField } from './fields.js';
import { frozenInstanceError, makeComparison, makeFrozen, makeHash, makeInit, makeRepr } from './methods.js';

const OPTIONS = {
  init: true,
  repr: true,
  eq: true,
  order: false,
  unsafe_hash: false,
  frozen: false,
  match_args: true,
  kw_only: false,
  slots: false,
  weakref_slot: false,
};
type Options = typeof OPTIONS;

function isOption(name: string): name is keyof Options {
  return name in OPTIONS;
}

function readOptions(rt: Runtime, given: ReadonlyMap<string, PyValue>): Options {
  const options = { ...OPTIONS };
  for (const [name, value] of given) {
    if (!isOption(name))
      return raise('TypeError', `dataclass() got an unexpected keyword argument '${name}'`);
    options[name] = rt.truth(value);
  }
  return options;
}

/** Which dataclasses are frozen; bases and derived classes have to agree. */
const FROZEN = new WeakMap<PyClass, boolean>();

/** `@dataclass`: adds the methods that follow from the fields. */
function process(rt: Runtime, cls: PyClass, options: Options): PyClass {
  for (const base of cls.mro.slice(1)) {
    const frozen = FROZEN.get(base);
    if (frozen === true && !options.frozen)
      raise('TypeError', 'cannot inherit non-frozen dataclass from a frozen one');
    if (frozen === false && options.frozen)
      raise('TypeError', 'cannot inherit frozen dataclass from a non-frozen one');
  }
  if (options.order && !options.eq) raise('ValueError', 'eq must be true if order is true');
  FROZEN.set(cls, options.frozen);
  const fields = [...collectFields(rt, cls, options.kw_only).values()];
  const written = new Set(cls.namespace.keys());
  const define = (name: string, value: () => PyValue): void => {
    if (!written.has(name)) rt.setClassAttribute(cls, name, value());
  };
  // One that is written stays.
  if (options.init && !written.has('__init__'))
    rt.setClassAttribute(cls, '__init__', makeInit(cls, fields, options.frozen));
  if (options.repr) define('__repr__', () => makeRepr(fields));
  const ownEquality = written.has('__eq__');
  if (options.eq) define('__eq__', () => makeComparison('__eq__', '==', fields));
  if (options.order) {
    for (const [name, symbol] of [
      ['__lt__', '<'],
      ['__le__', '<='],
      ['__gt__', '>'],
      ['__ge__', '>='],
    ] as const) {
      if (written.has(name)) {
        raise(
          'TypeError',
          `Cannot overwrite attribute ${name} in class ${cls.name}. Consider using functools.total_ordering`,
        );
      }
      define(name, () => makeComparison(name, symbol, fields));
    }
  }
  if (options.frozen) {
    for (const method of makeFrozen(cls)) {
      if (written.has(method.name))
        raise('TypeError', `Cannot overwrite attribute ${method.name} in class ${cls.name}`);
      rt.setClassAttribute(cls, method.name, method);
    }
  }
  const ownHash = written.has('__hash__') && !(ownEquality && cls.namespace.get('__hash__') === null);
  if (options.unsafe_hash || (options.eq && options.frozen && !ownHash))
    rt.setClassAttribute(cls, '__hash__', makeHash(fields));
  else if (options.eq && !ownHash) rt.setClassAttribute(cls, '__hash__', null);
  if (options.match_args) {
    const names = fields.filter(
      (field) => field.init && field.kind !== 'class' && field.keywordOnly !== true,
    );
    define('__match_args__', () => new PyTuple(names.map((field) => field.name)));
  }
  const params = new PyObject(paramsClass);
  params.attributes = new Map(Object.entries(options));
  rt.setClassAttribute(cls, '__dataclass_params__', params);
  rt.setClassAttribute(
    cls,
    '__dataclass_fields__',
    PyDict.from(
      rt,
      fields.map((field) => [field.name, field]),
    ),
  );
  return cls;
}

/** What a class was made a dataclass with, as its `__dataclass_params__`. */
const paramsClass = builtinClass('_DataclassParams');

/** `@dataclass` and `@dataclass(frozen=True)` */
const dataclass = rawFunction('dataclass', (rt, args, keywords) => {
  const options = readOptions(rt, keywords ?? new Map());
  const [cls] = args;
  const decorate = (target: PyValue): PyValue => {
    if (target instanceof PyUnknown) return target;
    return target instanceof PyClass
      ? process(rt, target, options)
      : raise('TypeError', 'dataclass() should be called on a class');
  };
  if (cls === undefined || cls === null)
    return nativeFunction('wrap(cls)', (_rt, target) => decorate(target ?? null), { unknowns: 'accept' });
  return decorate(cls);
});

const field = nativeFunction(
  'field(*, default?, default_factory?, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only?)',
  (rt, value, factory, init, repr, hash, compare, metadata, keywordOnly) => {
    const isGiven = (argument: PyValue | undefined): argument is PyValue =>
      argument !== undefined && argument !== ABSENT && argument !== MISSING;
    if (isGiven(value) && isGiven(factory))
      return raise('ValueError', 'cannot specify both default and default_factory');
    const result = new PyField();
    if (isGiven(value)) result.default = value;
    if (isGiven(factory)) result.factory = factory;
    result.init = rt.truth(init ?? true);
    result.repr = rt.truth(repr ?? true);
    result.compare = rt.truth(compare ?? true);
    result.hash = hash ?? null;
    result.metadata = metadata ?? null;
    if (isGiven(keywordOnly)) result.keywordOnly = keywordOnly;
    return result;
  },
  { unknowns: 'accept' },
);

function classOf(value: PyValue): PyClass {
  return value instanceof PyClass ? value : typeOf(value);
}

/** Goes through nested dataclasses, lists, tuples and dicts, as `asdict` and `astuple` do. */
function convert(
  rt: Runtime,
  value: PyValue,
  build: (entries: readonly (readonly [string, PyValue])[]) => PyValue,
): PyValue {
  rt.step();
  if (!(value instanceof PyObject) || value instanceof PyUnknown || value instanceof PyClass) return value;
  if (fieldsOf(value.cls) !== undefined)
    return build(
      instanceFields(value.cls).map((item) => [
        item.name,
        convert(rt, getAttribute(rt, value, item.name), build),
      ]),
    );
  if (value instanceof PyList) return new PyList(value.items.map((item) => convert(rt, item, build)));
  if (value instanceof PyTuple && value.cls.native)
    return new PyTuple(value.items.map((item) => convert(rt, item, build)));
  if (value instanceof PyDict)
    return PyDict.from(
      rt,
      [...value.entries()].map((entry) => [convert(rt, entry.key, build), convert(rt, entry.value, build)]),
    );
  if (value instanceof PySet) return PySet.from(rt, value.values(), value.cls);
  return value;
}

function refuseClasses(value: PyValue, name: string): void {
  if (value instanceof PyClass || fieldsOf(typeOf(value)) === undefined)
    raise('TypeError', `${name}() should be called on dataclass instances`);
}

/** `InitVar[int]`: only ever recognised by its text. */
const initVarClass = builtinClass('InitVar', { module: 'dataclasses' });
extendClass(initVarClass, {
  payload: PyObject,
  classMethods: { '__class_getitem__(item)': (_rt, cls, item) => aliasOf(cls, item, 'dataclasses.InitVar') },
});

function makeDataclass(
  rt: Runtime,
  name: string,
  fields: PyValue,
  bases: PyValue,
  options: PyValue,
): PyValue {
  const annotations = new PyDict();
  const namespace = new Map<string, PyValue>([['__module__', 'types']]);
  for (const item of toArray(rt, fields)) {
    const [key, type, value] = typeof item === 'string' ? [item] : toArray(rt, item);
    annotations.set(rt, key ?? null, type ?? 'typing.Any');
    if (value !== undefined) namespace.set(asString(key ?? null), value);
  }
  namespace.set('__annotations__', annotations);
  const classes = toArray(rt, bases).filter((base) => base instanceof PyClass);
  const cls = createClass(rt, classes[0]?.cls ?? typeClass, name, classes, namespace, new Map());
  return process(rt, cls, readOptions(rt, keywordsOf(options)));
}

export const dataclassesModule = defineModule({
  name: 'dataclasses',
  classes: [fieldClass, frozenInstanceError, initVarClass],
  values: { MISSING, KW_ONLY, dataclass, field },
  functions: {
    'fields(class_or_instance)': (_rt, value) => {
      const cls = classOf(value ?? null);
      return fieldsOf(cls) === undefined
        ? raise('TypeError', 'must be called with a dataclass type or instance')
        : new PyTuple(instanceFields(cls));
    },
    'is_dataclass(obj)': (_rt, value) => fieldsOf(classOf(value ?? null)) !== undefined,
    'asdict(obj, *, dict_factory?)': (rt, value, factory) => {
      refuseClasses(value ?? null, 'asdict');
      return convert(rt, value ?? null, (entries) =>
        factory === ABSENT || factory === undefined
          ? PyDict.from(rt, entries)
          : rt.call(factory, [new PyList(entries.map((entry) => new PyTuple([...entry])))]),
      );
    },
    'astuple(obj, *, tuple_factory?)': (rt, value, factory) => {
      refuseClasses(value ?? null, 'astuple');
      return convert(rt, value ?? null, (entries) => {
        const items = entries.map(([, item]) => item);
        return factory === ABSENT || factory === undefined
          ? new PyTuple(items)
          : rt.call(factory, [new PyList(items)]);
      });
    },
    'replace(obj, /, **changes)': (rt, value, changes) => {
      const self = value ?? null;
      if (self instanceof PyClass || fieldsOf(typeOf(self)) === undefined)
        return raise('TypeError', 'replace() should be called on dataclass instances');
      const given = keywordsOf(changes ?? null);
      for (const item of instanceFields(typeOf(self))) {
        if (item.init && !given.has(item.name)) given.set(item.name, getAttribute(rt, self, item.name));
        else if (!item.init && given.has(item.name)) {
          raise(
            'ValueError',
            `field ${item.name} is declared with init=False, it cannot be specified with replace()`,
          );
        }
      }
      return rt.call(typeOf(self), [], given);
    },
    'make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options)': (
      rt,
      name,
      fields,
      bases,
      _namespace,
      options,
    ) => makeDataclass(rt, asString(name ?? null), fields ?? null, bases ?? null, options ?? null),
  },
});
