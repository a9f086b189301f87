import { PyFunction } from '../compile/function.js';
import { defineClass } from '../native/classes.js';
import { makeNamedTuple } from './collections/named-tuple.js';
import { nativeFunction, rawFunction } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import { PyMethod } from '../objects/callables.js';
import { ABSENT, NOT_IMPLEMENTED, objectClass } from '../objects/classes.js';
import { PyDict, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import { findAttribute, setAttribute } from '../operations/attributes.js';
import { asInteger, asString, keywords, rest } from '../operations/conversion.js';
import { forEach, getIterator, toArray } from '../operations/iteration.js';
import { repr } from '../operations/text.js';
import { isOpenAndEmpty, ofOpen } from '../operations/open-lists.js';

/** `functools.partial(function, *args, **keywords)` */
export class PyPartial extends PyObject {
  callee: PyValue = null;
  args: readonly PyValue[] = [];
  keywords: ReadonlyMap<string, PyValue> = new Map();

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    if (!(source instanceof PyPartial)) return;
    this.callee = copy(source.callee);
    this.args = source.args.map(copy);
    this.keywords = new Map([...source.keywords].map(([name, value]) => [name, copy(value)]));
  }

  override call(rt: Runtime, args: readonly PyValue[], more?: Keywords): PyValue {
    const named =
      more === undefined || more.size === 0 ? this.keywords : new Map([...this.keywords, ...more]);
    return rt.call(this.callee, [...this.args, ...args], named.size === 0 ? undefined : named);
  }
}

export const partialClass = defineClass({
  name: 'partial',
  module: 'functools',
  payload: PyPartial,
  allocate: (cls) => new PyPartial(cls),
  unknowns: 'accept',
  methods: {
    '__init__(func, /, *args, **keywords)': (_rt, self, callee, args, named) => {
      if (!(callee instanceof PyObject)) return raise('TypeError', 'the first argument must be callable');
      const inner = callee instanceof PyPartial ? callee : undefined;
      self.callee = inner === undefined ? callee : inner.callee;
      self.args = [...(inner?.args ?? []), ...rest(args)];
      self.keywords = new Map([...(inner?.keywords ?? []), ...keywords(named)]);
      return null;
    },
    '__call__(*args, **keywords)': (rt, self, args, named) => self.call(rt, rest(args), keywords(named)),
    '__repr__()': (rt, self) => {
      const parts = [repr(rt, self.callee), ...self.args.map((arg) => repr(rt, arg))];
      for (const [name, value] of self.keywords) parts.push(`${name}=${repr(rt, value)}`);
      return `functools.partial(${parts.join(', ')})`;
    },
  },
  properties: {
    func: (_rt, self) => self.callee,
    args: (_rt, self) => new PyTuple(self.args),
    keywords: (rt, self) => PyDict.from(rt, self.keywords),
  },
});

/** A function that remembers its results: `lru_cache` and `cache`. */
class Remembering extends PyObject {
  callee: PyValue = null;
  limit: number | undefined = undefined;
  typed = false;
  hits = 0n;
  misses = 0n;
  results = new PyDict();

  override call(rt: Runtime, args: readonly PyValue[], named?: Keywords): PyValue {
    const parts: PyValue[] = [...args];
    for (const [name, value] of named ?? []) parts.push(name, value);
    const key = new PyTuple([
      BigInt(args.length),
      ...parts,
      ...(this.typed ? args.map((arg) => (arg instanceof PyObject ? arg.cls : typeof arg)) : []),
    ]);
    const known = this.results.get(rt, key);
    if (known !== undefined) {
      this.hits++;
      if (this.limit !== undefined) {
        this.results.delete(rt, key);
        this.results.set(rt, key, known);
      }
      return known;
    }
    this.misses++;
    const result = rt.call(this.callee, args, named);
    this.results.set(rt, key, result);
    if (this.limit !== undefined && this.results.size > this.limit) {
      for (const entry of this.results.entries()) {
        this.results.delete(rt, entry.key);
        break;
      }
    }
    return result;
  }

  override bindTo(_rt: Runtime, _owner: PyClass, instance: PyValue | undefined): PyValue {
    return instance === undefined ? this : new PyMethod(instance, this);
  }
}

const rememberingClass = defineClass({
  name: '_lru_cache_wrapper',
  module: 'functools',
  payload: Remembering,
  allocate: (cls) => new Remembering(cls),
  unknowns: 'accept',
  methods: {
    '__call__(*args, **keywords)': (rt, self, args, named) => self.call(rt, rest(args), keywords(named)),
    'cache_clear()': (_rt, self) => {
      self.results = new PyDict();
      self.hits = 0n;
      self.misses = 0n;
      return null;
    },
    'cache_info()': (rt, self) =>
      rt.call(cacheInfoClass, [
        self.hits,
        self.misses,
        self.limit === undefined ? null : BigInt(self.limit),
        BigInt(self.results.size),
      ]),
  },
});

const cacheInfoClass = makeNamedTuple(
  'CacheInfo',
  ['hits', 'misses', 'maxsize', 'currsize'].map((name) => ({ name, fallback: undefined })),
  'functools',
);

function remember(rt: Runtime, callee: PyValue, limit: number | undefined, typed: boolean): PyValue {
  const wrapper = new Remembering(rememberingClass);
  wrapper.callee = callee;
  wrapper.limit = limit;
  wrapper.typed = typed;
  return copyNames(rt, wrapper, callee);
}

const COPIED = ['__module__', '__name__', '__qualname__'];

/** `functools.update_wrapper` */
function copyNames(rt: Runtime, wrapper: PyValue, wrapped: PyValue): PyValue {
  for (const name of COPIED) {
    const value = findAttribute(rt, wrapped, name);
    if (value !== undefined) setAttribute(rt, wrapper, name, value);
  }
  if (wrapped instanceof PyFunction && wrapper instanceof PyFunction) {
    wrapper.documentAs(wrapped);
    wrapper.annotated = wrapped.annotated;
  } else {
    const doc = findAttribute(rt, wrapped, '__doc__');
    if (doc !== undefined) setAttribute(rt, wrapper, '__doc__', doc);
  }
  if (wrapped instanceof PyFunction && wrapper instanceof PyObject) {
    wrapper.attributes ??= new Map<string, PyValue>();
    for (const [name, value] of wrapped.attributes ?? []) wrapper.attributes.set(name, value);
  }
  setAttribute(rt, wrapper, '__wrapped__', wrapped);
  return wrapper;
}

/** A property computed once: `functools.cached_property`. */
class CachedProperty extends PyObject {
  callee: PyValue = null;
  name = '';

  override get isDataDescriptor(): boolean {
    return false;
  }

  override bindTo(rt: Runtime, _owner: PyClass, instance: PyValue | undefined): PyValue {
    if (!(instance instanceof PyObject)) return this;
    const value = rt.call(this.callee, [instance]);
    instance.attributes ??= new Map<string, PyValue>();
    instance.attributes.set(this.name, value);
    return value;
  }
}

export const cachedPropertyClass = defineClass({
  name: 'cached_property',
  module: 'functools',
  payload: CachedProperty,
  allocate: (cls) => new CachedProperty(cls),
  unknowns: 'accept',
  methods: {
    '__init__(func)': (rt, self, callee) => {
      self.callee = callee;
      const name = findAttribute(rt, callee, '__name__');
      if (typeof name === 'string') self.name = name;
      return null;
    },
    '__set_name__(owner, name)': (_rt, self, _owner, name) => {
      self.name = asString(name);
      return null;
    },
  },
});

/** A function that chooses by the class of its first argument: `functools.singledispatch`. */
class SingleDispatch extends PyObject {
  callee: PyValue = null;
  readonly registry = new Map<PyClass, PyValue>();

  override call(rt: Runtime, args: readonly PyValue[], named?: Keywords): PyValue {
    const [first] = args;
    if (first === undefined)
      return raise('TypeError', 'singledispatch function requires at least 1 positional argument');
    return rt.call(this.choose(typeClassOf(rt, first)), args, named);
  }

  choose(cls: PyClass): PyValue {
    for (const base of cls.mro) {
      const found = this.registry.get(base);
      if (found !== undefined) return found;
    }
    return this.callee;
  }
}

function typeClassOf(rt: Runtime, value: PyValue): PyClass {
  const cls = findAttribute(rt, value, '__class__');
  return cls instanceof PyClass ? cls : objectClass;
}

const singleDispatchClass = defineClass({
  name: 'singledispatch',
  module: 'functools',
  payload: SingleDispatch,
  allocate: (cls) => new SingleDispatch(cls),
  unknowns: 'accept',
  methods: {
    '__init__(func)': (rt, self, callee) => {
      self.callee = callee;
      copyNames(rt, self, callee);
      return null;
    },
    '__call__(*args, **keywords)': (rt, self, args, named) => self.call(rt, rest(args), keywords(named)),
    'register(cls, func=None)': (rt, self, cls, callee) => {
      if (cls instanceof PyFunction) {
        const annotations = findAttribute(rt, cls, '__annotations__');
        const hint = annotations instanceof PyDict ? [...annotations.entries()][0]?.value : undefined;
        if (hint instanceof PyClass) self.registry.set(hint, cls);
        return cls;
      }
      if (!(cls instanceof PyClass)) return raise('TypeError', 'Invalid first argument to register()');
      if (callee !== null) {
        self.registry.set(cls, callee);
        return callee;
      }
      return rawFunction('register', (_at, [given = null]) => {
        self.registry.set(cls, given);
        return given;
      });
    },
    'dispatch(cls)': (_rt, self, cls) => (cls instanceof PyClass ? self.choose(cls) : self.callee),
  },
});

/** How the other comparisons follow from one and `__eq__`: `functools.total_ordering`. */
const DERIVED: Record<
  string,
  readonly (readonly [name: string, derive: (result: boolean, equal: boolean) => boolean])[]
> = {
  __lt__: [
    ['__gt__', (result, equal) => !result && !equal],
    ['__le__', (result, equal) => result || equal],
    ['__ge__', (result) => !result],
  ],
  __le__: [
    ['__ge__', (result, equal) => !result || equal],
    ['__lt__', (result, equal) => result && !equal],
    ['__gt__', (result) => !result],
  ],
  __gt__: [
    ['__lt__', (result, equal) => !result && !equal],
    ['__ge__', (result, equal) => result || equal],
    ['__le__', (result) => !result],
  ],
  __ge__: [
    ['__le__', (result, equal) => !result || equal],
    ['__gt__', (result, equal) => result && !equal],
    ['__lt__', (result) => !result],
  ],
};

function totalOrdering(rt: Runtime, cls: PyValue): PyValue {
  if (!(cls instanceof PyClass)) return raise('TypeError', 'total_ordering() needs a class');
  const root = Object.keys(DERIVED).find((name) => cls.definer(name)?.native === false);
  if (root === undefined)
    return raise('ValueError', 'must define at least one ordering operation: < > <= >=');
  for (const [name, derive] of DERIVED[root] ?? []) {
    if (cls.definer(name)?.native === false) continue;
    rt.setClassAttribute(
      cls,
      name,
      nativeFunction(
        `${name}(self, other, /)`,
        (at, self, other) => {
          const result = at.call(at.bind(cls.lookup(root) ?? null, self), [other]);
          if (result === NOT_IMPLEMENTED) return result;
          const equal = at.call(at.bind(cls.lookup('__eq__') ?? null, self), [other]);
          return derive(at.truth(result), equal !== NOT_IMPLEMENTED && at.truth(equal));
        },
        { binds: true, unknowns: 'accept' },
      ),
    );
  }
  return cls;
}

/** The key `functools.cmp_to_key` makes: orders by a comparison function. */
class ComparisonKey extends PyObject {
  compare: PyValue = null;
  value: PyValue = null;
}

const comparisonKeyClass = defineClass({
  name: 'K',
  module: 'functools',
  payload: ComparisonKey,
  methods: {
    '__lt__(other)': (rt, self, other) =>
      other instanceof ComparisonKey
        ? asInteger(rt, rt.call(self.compare, [self.value, other.value])) < 0n
        : NOT_IMPLEMENTED,
    '__eq__(other)': (rt, self, other) =>
      other instanceof ComparisonKey
        ? asInteger(rt, rt.call(self.compare, [self.value, other.value])) === 0n
        : NOT_IMPLEMENTED,
  },
});

export const functools = defineModule({
  name: 'functools',
  unknowns: 'accept',
  classes: [partialClass, cachedPropertyClass, singleDispatchClass],
  functions: {
    'reduce(function, iterable, initial?, /)': (rt, callee, iterable, initial) => {
      if (isOpenAndEmpty(iterable)) return ofOpen(rt);
      const iterator = getIterator(rt, iterable);
      const first = initial === ABSENT || initial === undefined ? iterator.next(rt) : initial;
      if (first === undefined) return raise('TypeError', 'reduce() of empty iterable with no initial value');
      let total: PyValue = first;
      forEach(rt, iterator, (item) => {
        total = rt.call(callee, [total, item]);
      });
      return total;
    },
    'wraps(wrapped, assigned=None, updated=None)': (_rt, wrapped) =>
      rawFunction('wraps', (at, [wrapper = null]) => copyNames(at, wrapper, wrapped)),
    'update_wrapper(wrapper, wrapped, assigned=None, updated=None)': (rt, wrapper, wrapped) =>
      copyNames(rt, wrapper, wrapped),
    'lru_cache(maxsize=128, typed=False)': (rt, limit, typed) => {
      if (limit instanceof PyObject) return remember(rt, limit, 128, false);
      const most = limit === null || limit === undefined ? undefined : Number(asInteger(rt, limit));
      return rawFunction('lru_cache', (at, [callee = null]) => remember(at, callee, most, at.truth(typed)));
    },
    'cache(user_function, /)': (rt, callee) => remember(rt, callee, undefined, false),
    'total_ordering(cls)': (rt, cls) => totalOrdering(rt, cls),
    'cmp_to_key(mycmp)': (_rt, compare) =>
      rawFunction('cmp_to_key', (_at, [value = null]) => {
        const key = new ComparisonKey(comparisonKeyClass);
        key.compare = compare;
        key.value = value;
        return key;
      }),
    'partialmethod(func, /, *args, **keywords)': (rt, callee, args, named) => {
      const partial = new PyPartialMethod(partialMethodClass);
      partial.callee = callee;
      partial.args = toArray(rt, args);
      partial.keywords = keywords(named);
      return partial;
    },
  },
});

/** `functools.partialmethod`: a partial that binds its instance first. */
class PyPartialMethod extends PyPartial {
  override bindTo(rt: Runtime, _owner: PyClass, instance: PyValue | undefined): PyValue {
    const partial = new PyPartial(partialClass);
    partial.callee = instance === undefined ? this.callee : rt.bind(this.callee, instance);
    partial.args = this.args;
    partial.keywords = this.keywords;
    return partial;
  }
}

const partialMethodClass = defineClass({
  name: 'partialmethod',
  module: 'functools',
  payload: PyPartialMethod,
});
