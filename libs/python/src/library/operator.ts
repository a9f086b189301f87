import { defineClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import type { NativeImplementation } from '../native/functions.js';
import { PyTuple } from '../objects/containers.js';
import { PyObject } from '../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import { getAttribute } from '../operations/attributes.js';
import { binary, inPlace, unary } from '../operations/binary.js';
import type { BinarySymbol } from '../operations/binary.js';
import { compare, contains } from '../operations/comparison.js';
import type { ComparisonSymbol } from '../operations/comparison.js';
import { asInteger, asString, keywords, length, rest, truth } from '../operations/conversion.js';
import { deleteItem, getItem, setItem } from '../operations/subscripts.js';
import { toArray } from '../operations/iteration.js';
import { equals } from '../objects/equality.js';

const BINARY: Record<string, BinarySymbol> = {
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
  matmul: '@',
  lshift: '<<',
  rshift: '>>',
  and_: '&',
  or_: '|',
  xor: '^',
};
const COMPARISONS: Record<string, ComparisonSymbol> = {
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '==',
  ne: '!=',
  is_: 'is',
  is_not: 'is not',
};

const functions: Record<string, NativeImplementation> = {
  'neg(a, /)': (rt, a) => unary(rt, '-', a),
  'pos(a, /)': (rt, a) => unary(rt, '+', a),
  'invert(a, /)': (rt, a) => unary(rt, '~', a),
  'not_(a, /)': (rt, a) => !truth(rt, a),
  'truth(a, /)': (rt, a) => truth(rt, a),
  'abs(a, /)': (rt, a) => rt.call(getAttribute(rt, a, '__abs__'), []),
  'index(a, /)': (rt, a) => asInteger(rt, a),
  'contains(a, b, /)': (rt, a, b) => contains(rt, a, b),
  'concat(a, b, /)': (rt, a, b) => binary(rt, '+', a, b),
  'getitem(a, b, /)': (rt, a, b) => getItem(rt, a, b),
  'setitem(a, b, c, /)': (rt, a, b, c) => {
    setItem(rt, a, b, c);
    return null;
  },
  'delitem(a, b, /)': (rt, a, b) => {
    deleteItem(rt, a, b);
    return null;
  },
  'length_hint(obj, default=0, /)': (rt, value) => BigInt(length(rt, value)),
  'countOf(a, b, /)': (rt, a, b) => BigInt(toArray(rt, a).filter((item) => equals(rt, item, b)).length),
  'call(obj, /, *args, **kwargs)': (rt, callee, args, named) => rt.call(callee, rest(args), keywords(named)),
};
for (const [name, symbol] of Object.entries(BINARY)) {
  functions[`${name}(a, b, /)`] = (rt, a, b) => binary(rt, symbol, a, b);
  functions[`i${name.replace('_', '')}(a, b, /)`] = (rt, a, b) => inPlace(rt, symbol, a, b);
}
for (const [name, symbol] of Object.entries(COMPARISONS)) {
  functions[`${name}(a, b, /)`] = (rt, a, b) => compare(rt, symbol, a, b);
}

/** `itemgetter`, `attrgetter` and `methodcaller`: callables that fetch something from their argument. */
class Getter extends PyObject {
  fetch: (rt: Runtime, value: PyValue) => PyValue = () => null;

  override call(rt: Runtime, args: readonly PyValue[], _keywords?: Keywords): PyValue {
    return this.fetch(rt, args[0] ?? null);
  }
}

/** One fetcher gives its value, several give a tuple. */
function several(fetchers: readonly ((rt: Runtime, value: PyValue) => PyValue)[]): Getter['fetch'] {
  const [only] = fetchers;
  if (only !== undefined && fetchers.length === 1) return only;
  return (rt, value) => new PyTuple(fetchers.map((fetch) => fetch(rt, value)));
}

const itemGetter = defineClass({
  name: 'itemgetter',
  module: 'operator',
  payload: Getter,
  allocate: (cls) => new Getter(cls),
  methods: {
    '__init__(item, /, *items)': (_rt, self, first, others) => {
      self.fetch = several([first, ...rest(others)].map((key) => (rt, value) => getItem(rt, value, key)));
      return null;
    },
    '__call__(obj, /)': (rt, self, value) => self.fetch(rt, value),
  },
});

const attributeGetter = defineClass({
  name: 'attrgetter',
  module: 'operator',
  payload: Getter,
  allocate: (cls) => new Getter(cls),
  methods: {
    '__init__(attr, /, *attrs)': (_rt, self, first, others) => {
      self.fetch = several(
        [first, ...rest(others)].map((path) => {
          const names = asString(path).split('.');
          return (rt, value) => names.reduce((object, name) => getAttribute(rt, object, name), value);
        }),
      );
      return null;
    },
    '__call__(obj, /)': (rt, self, value) => self.fetch(rt, value),
  },
});

const methodCaller = defineClass({
  name: 'methodcaller',
  module: 'operator',
  payload: Getter,
  allocate: (cls) => new Getter(cls),
  methods: {
    '__init__(name, /, *args, **kwargs)': (_rt, self, name, args, named) => {
      self.fetch = (rt, value) =>
        rt.call(getAttribute(rt, value, asString(name)), rest(args), keywords(named));
      return null;
    },
    '__call__(obj, /)': (rt, self, value) => self.fetch(rt, value),
  },
});

export const operator = defineModule({
  name: 'operator',
  functions,
  classes: [itemGetter, attributeGetter, methodCaller],
});
