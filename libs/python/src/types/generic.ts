import { builtinClass, NOT_IMPLEMENTED } from '../objects/classes.js';
import { PyTuple } from '../objects/containers.js';
import { equals } from '../objects/equality.js';
import { joinKeys, hashKey } from '../objects/keys.js';
import type { HashedKey, KeyedByValue } from '../objects/keys.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../objects/object.js';
import { ELLIPSIS } from '../objects/classes.js';
import { PyList } from '../objects/containers.js';
import { extendClass } from '../native/classes.js';
import { repr } from '../operations/text.js';

export const aliasClass = builtinClass('GenericAlias', { module: 'types' });
export const unionClass = builtinClass('UnionType', { module: 'types' });

/** `list[int]`, `Optional[str]`, ...: a hint with parameters; calling it calls its origin. */
export class PyAlias extends PyObject implements KeyedByValue {
  constructor(
    /** What has the parameters; found when it is asked for, since most hints are only written down. */
    readonly originIn: (rt: Runtime) => PyValue,
    readonly args: readonly PyValue[],
    /** How it is shown: `list`, `typing.Callable`. */
    readonly label: string,
  ) {
    super(aliasClass);
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    return rt.call(this.originIn(rt), args, keywords);
  }

  encodeKey(rt: Runtime): HashedKey {
    return joinKeys(
      rt,
      'g',
      [this.originIn(rt), ...this.args].map((item) => hashKey(rt, item)),
    );
  }

  override findOwn(rt: Runtime, name: string): PyValue | undefined {
    const own = super.findOwn(rt, name);
    if (own !== undefined || name.startsWith('__')) return own;
    const origin = this.originIn(rt);
    return origin instanceof PyObject ? origin.findOwn(rt, name) : undefined;
  }
}

/** `int | None` */
export class PyUnion extends PyObject implements KeyedByValue {
  constructor(readonly args: readonly PyValue[]) {
    super(unionClass);
  }

  encodeKey(rt: Runtime): HashedKey {
    return joinKeys(
      rt,
      'u',
      this.args.map((item) => hashKey(rt, item)),
    );
  }
}

/** The union of some hints, flattened and without repetitions. */
export function unionOf(rt: Runtime, hints: readonly PyValue[]): PyValue {
  const args: PyValue[] = [];
  for (const hint of hints) {
    if (hint !== null && !(hint instanceof PyObject) && typeof hint !== 'string') return NOT_IMPLEMENTED;
    for (const item of hint instanceof PyUnion ? hint.args : [hint]) {
      rt.step(args.length);
      if (!args.some((known) => equals(rt, known, item))) args.push(item);
    }
  }
  return args.length === 1 ? (args[0] ?? null) : new PyUnion(args);
}

/** How a hint is shown inside another. */
export function showHint(rt: Runtime, hint: PyValue): string {
  if (hint === null) return 'None';
  if (hint === ELLIPSIS) return '...';
  if (hint instanceof PyClass)
    return hint.module === 'builtins' ? hint.qualname : `${hint.module}.${hint.qualname}`;
  if (hint instanceof PyList) return `[${hint.items.map((item) => showHint(rt, item)).join(', ')}]`;
  return repr(rt, hint);
}

function itemsOf(hint: PyValue): PyValue[] {
  return hint instanceof PyTuple ? [...hint.items] : [hint];
}

/** `origin[key]` */
export function aliasOf(origin: PyValue, key: PyValue, label: string): PyAlias {
  return new PyAlias(() => origin, itemsOf(key), label);
}

extendClass(aliasClass, {
  payload: PyAlias,
  unknowns: 'accept',
  methods: {
    '__repr__()': (rt, self) => {
      const args = self.args.map((item) => showHint(rt, item)).join(', ');
      return `${self.label}[${args === '' ? '()' : args}]`;
    },
    '__eq__(other)': (rt, self, other) =>
      other instanceof PyAlias
        ? equals(rt, self.originIn(rt), other.originIn(rt)) &&
          self.args.length === other.args.length &&
          self.args.every((item, index) => equals(rt, item, other.args[index] ?? null))
        : NOT_IMPLEMENTED,
    '__hash__()': () => 0n,
    '__getitem__(key)': (_rt, self, key) => new PyAlias(self.originIn, itemsOf(key), self.label),
    '__or__(other)': (rt, self, other) => unionOf(rt, [self, other]),
    '__ror__(other)': (rt, self, other) => unionOf(rt, [other, self]),
    '__mro_entries__(bases)': (rt, self) => {
      const origin = self.originIn(rt);
      return new PyTuple(origin instanceof PyClass ? [origin] : []);
    },
  },
  properties: {
    __origin__: (rt, self) => self.originIn(rt),
    __args__: (_rt, self) => new PyTuple(self.args),
    __parameters__: () => new PyTuple([]),
  },
});

extendClass(unionClass, {
  payload: PyUnion,
  unknowns: 'accept',
  methods: {
    '__repr__()': (rt, self) => self.args.map((item) => showHint(rt, item)).join(' | '),
    '__eq__(other)': (rt, self, other) =>
      other instanceof PyUnion
        ? self.args.length === other.args.length &&
          self.args.every((item) => other.args.some((mate) => equals(rt, item, mate)))
        : NOT_IMPLEMENTED,
    '__hash__()': () => 0n,
    '__or__(other)': (rt, self, other) => unionOf(rt, [self, other]),
    '__ror__(other)': (rt, self, other) => unionOf(rt, [other, self]),
  },
  properties: { __args__: (_rt, self) => new PyTuple(self.args) },
});
