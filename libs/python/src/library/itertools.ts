import { iteratorType } from '../builtins/iteration.js';
import { nativeFunction } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import { PyClassMethod } from '../objects/callables.js';
import { ABSENT } from '../objects/classes.js';
import { PyTuple } from '../objects/containers.js';
import { equals } from '../objects/equality.js';
import { raise } from '../objects/exceptions.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { binary } from '../operations/binary.js';
import { asInteger, rest, truth } from '../operations/conversion.js';
import { checkLength, getIterator, toArray } from '../operations/iteration.js';
import { PyList } from '../objects/containers.js';

type Next = (rt: Runtime) => PyValue | undefined;

/** An iterator over what a TypeScript generator yields. */
function stepping(make: (rt: Runtime) => Generator<PyValue, void, undefined>): Next {
  let steps: Generator<PyValue, void, undefined> | undefined;
  return (rt) => {
    steps ??= make(rt);
    const step = steps.next();
    return step.done === true ? undefined : step.value;
  };
}

const count = iteratorType('count(start=0, step=1)', 'itertools', (_rt, start, step) => {
  let value: PyValue | undefined;
  return (rt) => {
    value = value === undefined ? start : binary(rt, '+', value, step);
    return value;
  };
});

const cycle = iteratorType('cycle(iterable)', 'itertools', (rt, iterable) => {
  const iterator = getIterator(rt, iterable);
  const seen: PyValue[] = [];
  let index = -1;
  return (at) => {
    if (index < 0) {
      const item = iterator.next(at);
      if (item !== undefined) {
        seen.push(item);
        return item;
      }
      index = 0;
    }
    return seen.length === 0 ? undefined : seen[index++ % seen.length];
  };
});

const repeat = iteratorType('repeat(object, times=None)', 'itertools', (rt, value, times) => {
  let left = times === null || times === undefined ? Infinity : Number(asInteger(rt, times));
  return () => (left-- > 0 ? value : undefined);
});

const chain = iteratorType('chain(*iterables)', 'itertools', (_rt, iterables) =>
  flatten(new PyList([...rest(iterables)])),
);

function flatten(iterables: PyValue): Next {
  return stepping(function* steps(rt) {
    const outer = getIterator(rt, iterables);
    for (let iterable = outer.next(rt); iterable !== undefined; iterable = outer.next(rt)) {
      const inner = getIterator(rt, iterable);
      for (let item = inner.next(rt); item !== undefined; item = inner.next(rt)) yield item;
    }
  });
}

const chainFromIterable = iteratorType('chain(iterable)', 'itertools', (_rt, iterable) => flatten(iterable));
chain.define(
  'from_iterable',
  new PyClassMethod(
    nativeFunction('from_iterable(cls, iterable, /)', (rt, _cls, iterable) =>
      rt.call(chainFromIterable, [iterable]),
    ),
  ),
);

const islice = iteratorType(
  'islice(iterable, start, stop?, step=1)',
  'itertools',
  (rt, iterable, start, stop, step) => {
    const bound = (value: PyValue, fallback: number): number => {
      const number = value === null ? fallback : Number(asInteger(rt, value));
      return number < 0
        ? raise('ValueError', 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
        : number;
    };
    const only = stop === ABSENT || stop === undefined;
    let next = only ? 0 : bound(start, 0);
    const end = only ? bound(start, Infinity) : bound(stop, Infinity);
    const stride = bound(step, 1);
    if (stride === 0) return raise('ValueError', 'Step for islice() must be a positive integer or None.');
    const iterator = getIterator(rt, iterable);
    let position = 0;
    return (at) => {
      if (next >= end) return undefined;
      for (; position < next; position++) {
        at.step();
        if (iterator.next(at) === undefined) return undefined;
      }
      position++;
      next += stride;
      return iterator.next(at);
    };
  },
);

const accumulate = iteratorType(
  'accumulate(iterable, func=None, initial=None)',
  'itertools',
  (rt, iterable, callee, initial) => {
    const iterator = getIterator(rt, iterable);
    let total: PyValue | undefined;
    let started = initial === null || initial === undefined;
    return (at) => {
      if (!started) {
        started = true;
        total = initial;
        return total;
      }
      const item = iterator.next(at);
      if (item === undefined) return undefined;
      if (total === undefined) total = item;
      else
        total =
          callee === null || callee === undefined
            ? binary(at, '+', total, item)
            : at.call(callee, [total, item]);
      return total;
    };
  },
);

const zipLongest = iteratorType(
  'zip_longest(*iterables, fillvalue=None)',
  'itertools',
  (rt, iterables, fill) => {
    const iterators = rest(iterables).map((iterable) => getIterator(rt, iterable));
    return (at) => {
      let alive = false;
      const items = iterators.map((iterator) => {
        const item = iterator.next(at);
        alive ||= item !== undefined;
        return item === undefined ? fill : item;
      });
      return alive ? new PyTuple(items) : undefined;
    };
  },
);

/** `takewhile`, `dropwhile`, `filterfalse` and `compress` choose among items. */
const takewhile = iteratorType('takewhile(predicate, iterable)', 'itertools', (rt, predicate, iterable) => {
  const iterator = getIterator(rt, iterable);
  let done = false;
  return (at) => {
    const item = done ? undefined : iterator.next(at);
    if (item === undefined || !truth(at, at.call(predicate, [item]))) {
      done = true;
      return undefined;
    }
    return item;
  };
});

const dropwhile = iteratorType('dropwhile(predicate, iterable)', 'itertools', (rt, predicate, iterable) => {
  const iterator = getIterator(rt, iterable);
  let dropping = true;
  return (at) => {
    let item = iterator.next(at);
    while (dropping && item !== undefined && truth(at, at.call(predicate, [item]))) {
      at.step();
      item = iterator.next(at);
    }
    dropping = false;
    return item;
  };
});

const filterfalse = iteratorType('filterfalse(function, iterable)', 'itertools', (rt, callee, iterable) => {
  const iterator = getIterator(rt, iterable);
  return (at) => {
    for (let item = iterator.next(at); item !== undefined; item = iterator.next(at)) {
      at.step();
      if (!truth(at, callee === null || callee === undefined ? item : at.call(callee, [item]))) return item;
    }
    return undefined;
  };
});

const compress = iteratorType('compress(data, selectors)', 'itertools', (rt, data, selectors) => {
  const items = getIterator(rt, data);
  const flags = getIterator(rt, selectors);
  return (at) => {
    for (;;) {
      at.step();
      const item = items.next(at);
      const flag = flags.next(at);
      if (item === undefined || flag === undefined) return undefined;
      if (truth(at, flag)) return item;
    }
  };
});

const starmap = iteratorType('starmap(function, iterable)', 'itertools', (rt, callee, iterable) => {
  const iterator = getIterator(rt, iterable);
  return (at) => {
    const item = iterator.next(at);
    return item === undefined ? undefined : at.call(callee, toArray(at, item));
  };
});

const pairwise = iteratorType('pairwise(iterable)', 'itertools', (rt, iterable) => {
  const iterator = getIterator(rt, iterable);
  let previous: PyValue | undefined;
  return (at) => {
    previous ??= iterator.next(at);
    const item = iterator.next(at);
    if (previous === undefined || item === undefined) return undefined;
    const pair = new PyTuple([previous, item]);
    previous = item;
    return pair;
  };
});

const batched = iteratorType('batched(iterable, n)', 'itertools', (rt, iterable, n) => {
  const iterator = getIterator(rt, iterable);
  const size = Number(asInteger(rt, n));
  if (size < 1) return raise('ValueError', 'n must be at least one');
  return (at) => {
    const items: PyValue[] = [];
    while (items.length < size) {
      const item = iterator.next(at);
      if (item === undefined) break;
      items.push(item);
    }
    return items.length === 0 ? undefined : new PyTuple(items);
  };
});

const groupby = iteratorType('groupby(iterable, key=None)', 'itertools', (rt, iterable, key) => {
  const iterator = getIterator(rt, iterable);
  const keyOf = (at: Runtime, item: PyValue): PyValue =>
    key === null || key === undefined ? item : at.call(key, [item]);
  let pending: { item: PyValue; key: PyValue } | undefined;
  let begun = false;
  const advance = (at: Runtime): void => {
    const item = iterator.next(at);
    pending = item === undefined ? undefined : { item, key: keyOf(at, item) };
  };
  let current: PyValue | undefined;
  return (at) => {
    if (!begun) {
      begun = true;
      advance(at);
    } else
      while (pending !== undefined && current !== undefined && equals(at, pending.key, current)) advance(at);
    if (pending === undefined) return undefined;
    const group = pending.key;
    current = group;
    const members = stepping(function* steps(inner) {
      while (pending !== undefined && current === group && equals(inner, pending.key, group)) {
        const { item } = pending;
        advance(inner);
        yield item;
      }
    });
    return new PyTuple([group, at.call(groupMembers, [holder(members)])]);
  };
});

/** Carries a TypeScript iterator through a Python call. */
class Holder extends PyTuple {
  next: Next = () => undefined;
}

function holder(next: Next): Holder {
  const made = new Holder([]);
  made.next = next;
  return made;
}

const groupMembers = iteratorType('_grouper(members)', 'itertools', (_rt, members) =>
  members instanceof Holder ? members.next : () => undefined,
);

const product = iteratorType('product(*iterables, repeat=1)', 'itertools', (rt, iterables, times) => {
  const once = rest(iterables).map((iterable) => toArray(rt, iterable));
  const turns = Number(asInteger(rt, times));
  checkLength(rt, once.length * turns);
  const pools = Array.from({ length: turns }, () => once).flat();
  return stepping(function* steps() {
    const indices = pools.map(() => 0);
    if (pools.some((pool) => pool.length === 0)) return;
    for (;;) {
      yield new PyTuple(indices.map((index, position) => pools[position]?.[index] ?? null));
      let position = indices.length - 1;
      while (position >= 0) {
        const next = (indices[position] ?? 0) + 1;
        if (next < (pools[position]?.length ?? 0)) {
          indices[position] = next;
          break;
        }
        indices[position--] = 0;
      }
      if (position < 0) return;
    }
  });
});

/** Index tuples of a given length that `allowed` lets grow, in lexicographic order. */
function* arrangements(
  size: number,
  length: number,
  first: (indices: readonly number[]) => number,
  allowed: (indices: readonly number[], next: number) => boolean,
): Generator<readonly number[], void, undefined> {
  const indices: number[] = [];
  let next = 0;
  for (;;) {
    if (indices.length === length) {
      yield indices;
      const last = indices.pop();
      if (last === undefined) return;
      next = last + 1;
      continue;
    }
    while (next < size && !allowed(indices, next)) next++;
    if (next < size) {
      indices.push(next);
      next = first(indices);
    } else {
      const last = indices.pop();
      if (last === undefined) return;
      next = last + 1;
    }
  }
}

function choosing(
  signature: string,
  first: (indices: readonly number[]) => number,
  allowed: (indices: readonly number[], next: number) => boolean,
): PyClass {
  return iteratorType(signature, 'itertools', (rt, iterable, r) => {
    const pool = toArray(rt, iterable);
    const length = r === null || r === undefined ? pool.length : Number(asInteger(rt, r));
    if (length < 0) return raise('ValueError', 'r must be non-negative');
    return stepping(function* steps(at) {
      for (const indices of arrangements(pool.length, length, first, allowed)) {
        at.step();
        yield new PyTuple(indices.map((index) => pool[index] ?? null));
      }
    });
  });
}

const last = (indices: readonly number[]): number => indices[indices.length - 1] ?? 0;
const combinations = choosing(
  'combinations(iterable, r)',
  (indices) => last(indices) + 1,
  () => true,
);
const withReplacement = choosing('combinations_with_replacement(iterable, r)', last, () => true);
const permutations = choosing(
  'permutations(iterable, r=None)',
  () => 0,
  (indices, next) => !indices.includes(next),
);

export const itertools = defineModule({
  name: 'itertools',
  unknowns: 'accept',
  classes: [
    accumulate,
    batched,
    chain,
    combinations,
    withReplacement,
    compress,
    count,
    cycle,
    dropwhile,
    filterfalse,
    groupby,
    islice,
    pairwise,
    permutations,
    product,
    repeat,
    starmap,
    takewhile,
    zipLongest,
  ],
  functions: {
    'tee(iterable, n=2, /)': (rt, iterable, n) => {
      const items = toArray(rt, iterable);
      return new PyTuple(
        Array.from({ length: Number(asInteger(rt, n)) }, () => getIterator(rt, new PyList([...items]))),
      );
    },
  },
});
