import { evaluateAnnotations, LazyAnnotations } from '../compile/annotations.js';
import { PyCell } from '../compile/frame.js';
import { PyFunction } from '../compile/function.js';
import { PyClassMethod, PyStaticMethod } from '../objects/callables.js';
import { objectClass, typeClass, typeOf } from '../objects/classes.js';
import { NamespaceTable, PyDict, PyList, PyTuple, dictClass } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { InconsistentBases, PyClass, PyObject } from '../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { extendClass } from '../native/classes.js';
import { rawFunction } from '../native/functions.js';
import { asString } from '../operations/conversion.js';
import { toArray } from '../operations/iteration.js';
import { findAttribute } from '../operations/attributes.js';
import { unionOf } from './generic.js';
import { UNKNOWN_BASE } from '../objects/unknown.js';

/** `class Name(bases, **keywords): ...` once its body has run. */
export function makeClassFrom(
  rt: Runtime,
  name: string,
  baseValues: readonly PyValue[],
  namespace: Map<string, PyValue>,
  keywords: Map<string, PyValue>,
): PyValue {
  const bases = resolveBases(rt, baseValues, namespace);
  const metaclass = metaclassOf(bases, keywords);
  const rest = new Map(keywords);
  rest.delete('metaclass');
  if (
    metaclass instanceof PyClass &&
    metaclass.lookup('__new__') === typeClass.namespace.get('__new__') &&
    metaclass.lookup('__init__') === typeClass.lookup('__init__') &&
    metaclass.cls.lookup('__call__') === typeClass.lookup('__call__')
  ) {
    return createClass(rt, metaclass, name, bases, namespace, rest);
  }
  return rt.call(
    metaclass,
    [name, new PyTuple(bases), new PyDict(dictClass, new NamespaceTable(namespace))],
    rest,
  );
}

/** `__mro_entries__`, and unknown bases: the class does without them but remembers that it has some. */
function resolveBases(rt: Runtime, values: readonly PyValue[], namespace: Map<string, PyValue>): PyClass[] {
  const bases: PyClass[] = [];
  for (const value of values) {
    if (value instanceof PyClass) bases.push(value);
    else if (value instanceof PyUnknown) namespace.set(UNKNOWN_BASE, value);
    else {
      const entries = value instanceof PyObject ? findAttribute(rt, value, '__mro_entries__') : undefined;
      if (entries === undefined) return raise('TypeError', `bases must be types`);
      bases.push(...resolveBases(rt, toArray(rt, rt.call(entries, [new PyTuple(values)])), namespace));
    }
  }
  return bases;
}

function metaclassOf(bases: readonly PyClass[], keywords: ReadonlyMap<string, PyValue>): PyValue {
  const given = keywords.get('metaclass');
  if (given !== undefined && !(given instanceof PyClass))
    return given instanceof PyUnknown ? typeClass : given;
  let winner = given ?? typeClass;
  for (const base of bases) {
    if (winner.isSubclassOf(base.cls)) continue;
    if (base.cls.isSubclassOf(winner)) winner = base.cls;
    else {
      return raise(
        'TypeError',
        'metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases',
      );
    }
  }
  return winner;
}

/** Runs a metaclass's `__prepare__`, if it has one of its own. */
export function prepareNamespace(
  rt: Runtime,
  baseValues: readonly PyValue[],
  keywords: Map<string, PyValue>,
  name: string,
  namespace: Map<string, PyValue>,
): void {
  const bases = baseValues.filter((base) => base instanceof PyClass);
  const metaclass = metaclassOf(bases, keywords);
  if (!(metaclass instanceof PyClass)) return;
  const prepare = metaclass.lookup('__prepare__');
  if (prepare === undefined) return;
  const rest = new Map(keywords);
  rest.delete('metaclass');
  const bound = prepare instanceof PyObject ? prepare.bindTo(rt, metaclass, undefined) : prepare;
  const result = rt.call(bound, [name, new PyTuple(bases)], rest);
  if (result instanceof PyDict) for (const [key, value] of result.keywords()) namespace.set(key, value);
}

/** `type.__new__`: the class itself, then `__set_name__` and `__init_subclass__`. */
export function createClass(
  rt: Runtime,
  metaclass: PyClass,
  name: string,
  bases: readonly PyClass[],
  given: ReadonlyMap<string, PyValue>,
  keywords: Keywords,
): PyClass {
  const namespace = new Map(given);
  const actual = bases.length === 0 ? [objectClass] : bases;
  for (const base of actual) {
    if (FINAL.has(base.name) && base.native && base.module === 'builtins')
      raise('TypeError', `type '${base.name}' is not an acceptable base type`);
  }
  checkDuplicates(actual);
  const qualname = namespace.get('__qualname__');
  const module = namespace.get('__module__');
  namespace.delete('__qualname__');
  const cell = namespace.get('__classcell__');
  namespace.delete('__classcell__');
  const cls = build(rt, metaclass, name, actual, namespace, {
    qualname: typeof qualname === 'string' ? qualname : name,
    module: typeof module === 'string' ? module : 'builtins',
  });
  if (cell instanceof PyCell) cell.cell.value = cls;
  for (const implicit of ['__init_subclass__', '__class_getitem__']) {
    const method = namespace.get(implicit);
    if (method instanceof PyFunction) cls.define(implicit, new PyClassMethod(method));
  }
  const make = namespace.get('__new__');
  if (make instanceof PyFunction) cls.define('__new__', new PyStaticMethod(make));
  if (namespace.has('__eq__') && !namespace.has('__hash__')) cls.define('__hash__', null);
  if (!namespace.has('__doc__')) namespace.set('__doc__', null);
  for (const [key, value] of namespace) {
    const hook = value instanceof PyObject ? value.cls.lookup('__set_name__') : undefined;
    if (hook !== undefined) rt.call(rt.bind(hook, value), [cls, key]);
  }
  initSubclass(rt, cls, keywords);
  return cls;
}

const FINAL = new Set([
  'bool',
  'NoneType',
  'function',
  'range',
  'slice',
  'ellipsis',
  'NotImplementedType',
  'generator',
  'method',
]);

function checkDuplicates(bases: readonly PyClass[]): void {
  const repeated = bases.find((base, index) => bases.indexOf(base) !== index);
  if (repeated !== undefined) raise('TypeError', `duplicate base class ${repeated.name}`);
}

function build(
  rt: Runtime,
  metaclass: PyClass,
  name: string,
  bases: readonly PyClass[],
  namespace: Map<string, PyValue>,
  names: { qualname: string; module: string },
): PyClass {
  // What putting the bases in one order takes.
  const ancestors = bases.reduce((total, base) => total + base.mro.length, 0);
  rt.step(ancestors + bases.length ** 3 / 1000);
  rt.allocate(ancestors * 8);
  try {
    const cls = new PyClass({ name, bases, namespace, metaclass, native: false, ...names });
    const slots = namespace.get('__slots__');
    if (typeof slots === 'string') cls.slots = new Set([slots]);
    else if (slots instanceof PyTuple || slots instanceof PyList)
      cls.slots = new Set(slots.items.map(asString));
    for (const slot of cls.slots ?? [])
      if (namespace.has(slot)) raise('ValueError', `'${slot}' in __slots__ conflicts with class variable`);
    return cls;
  } catch (thrown) {
    if (!(thrown instanceof InconsistentBases)) throw thrown;
    const list = thrown.bases.map((base) => base.name).join(', ');
    return raise('TypeError', `Cannot create a consistent method resolution\norder (MRO) for bases ${list}`);
  }
}

function initSubclass(rt: Runtime, cls: PyClass, keywords: Keywords): void {
  for (const base of cls.mro.slice(1)) {
    const hook = base.namespace.get('__init_subclass__');
    if (hook === undefined) continue;
    // What `object` refuses a base that is not known may take: `class Hero(Model, table=True)`.
    if (base === objectClass && cls.lookup(UNKNOWN_BASE) !== undefined) return;
    const bound = hook instanceof PyObject ? hook.bindTo(rt, cls, undefined) : hook;
    rt.call(bound, [], keywords);
    return;
  }
}

/** What the `__new__` of a metaclass is asked for. */
interface AskedClass {
  readonly metaclass: PyClass;
  readonly name: string;
  readonly bases: readonly PyValue[];
  readonly namespace: Map<string, PyValue>;
}

/** Reads `metaclass, name, bases, namespace`; undefined where the arguments are others. */
export function askedClass([metaclass, name, bases, namespace]: readonly PyValue[]): AskedClass | undefined {
  return metaclass instanceof PyClass &&
    typeof name === 'string' &&
    bases instanceof PyTuple &&
    namespace instanceof PyDict
    ? { metaclass, name, bases: bases.items, namespace: namespace.keywords() }
    : undefined;
}

typeClass.define(
  '__new__',
  new PyStaticMethod(
    rawFunction('__new__', (rt, args, keywords) => {
      const [first, value, bases] = args;
      if (value !== undefined && bases === undefined && first === typeClass)
        return value instanceof PyUnknown && rt.watcher !== undefined ? value : typeOf(value);
      const asked = askedClass(args);
      if (asked === undefined) return rt.raise('TypeError', 'type() takes 1 or 3 arguments');
      const { metaclass, name, namespace } = asked;
      const classes = resolveBases(rt, asked.bases, namespace);
      if (!namespace.has('__module__')) namespace.set('__module__', '__main__');
      const winner = metaclassOf(classes, new Map([['metaclass', metaclass]]));
      return createClass(
        rt,
        winner instanceof PyClass ? winner : metaclass,
        name,
        classes,
        namespace,
        keywords ?? new Map(),
      );
    }),
  ),
);

extendClass(typeClass, {
  payload: PyClass,
  unknowns: 'accept',
  methods: {
    '__init__(*args, **kwargs)': () => null,
    '__call__(*args, **kwargs)': (rt, cls, args, kwargs) =>
      rt.instantiate(
        cls,
        args instanceof PyTuple ? args.items : [],
        kwargs instanceof PyDict ? kwargs.keywords() : undefined,
      ),
    '__repr__()': (_rt, cls) =>
      cls.module === 'builtins' ? `<class '${cls.qualname}'>` : `<class '${cls.module}.${cls.qualname}'>`,
    'mro()': (_rt, cls) => new PyList([...cls.mro]),
    '__subclasses__()': (_rt, cls) => new PyList([...cls.subclasses]),
    '__instancecheck__(instance)': (_rt, cls, instance) =>
      instance instanceof PyUnknown ? instance : typeOf(instance).isSubclassOf(cls),
    '__subclasscheck__(subclass)': (_rt, cls, other) => other instanceof PyClass && other.isSubclassOf(cls),
    '__or__(other)': (rt, cls, other) => unionOf(rt, [cls, other]),
    '__ror__(other)': (rt, cls, other) => unionOf(rt, [other, cls]),
    '__dir__()': (_rt, cls) =>
      new PyList(
        [...new Set(cls.mro.flatMap((base) => [...base.namespace.keys()]))].filter(
          (name) => !name.startsWith('\0'),
        ),
      ),
  },
  properties: {
    __name__: {
      get: (_rt, cls) => cls.name,
      set: (_rt, cls, value) => {
        cls.name = asString(value);
      },
    },
    __qualname__: {
      get: (_rt, cls) => cls.qualname,
      set: (_rt, cls, value) => {
        cls.qualname = asString(value);
      },
    },
    __mro__: (_rt, cls) => new PyTuple(cls.mro),
    __bases__: (_rt, cls) => new PyTuple(cls.bases),
    __base__: (_rt, cls) => cls.bases[0] ?? null,
    __dict__: (_rt, cls) =>
      new PyDict(dictClass, new NamespaceTable(cls.native ? new Map(cls.namespace) : cls.namespace)),
    __module__: {
      get: (_rt, cls) => cls.module,
      set: (_rt, cls, value) => {
        cls.module = asString(value);
      },
    },
    __doc__: {
      get: (_rt, cls) => cls.namespace.get('__doc__') ?? null,
      set: (rt, cls, value) => rt.setClassAttribute(cls, '__doc__', value),
    },
    __annotations__: {
      get: (rt, cls) => annotationsOf(rt, cls),
      set: (rt, cls, value) => rt.setClassAttribute(cls, '__annotations__', value),
    },
  },
});

function annotationsOf(rt: Runtime, cls: PyClass): PyValue {
  const own = cls.namespace.get('__annotations__');
  if (own instanceof LazyAnnotations) {
    const dict = evaluateAnnotations(rt, own.hints);
    cls.namespace.set('__annotations__', dict);
    return dict;
  }
  if (own !== undefined) return own;
  const fresh = new PyDict();
  if (!cls.native) cls.namespace.set('__annotations__', fresh);
  return fresh;
}
