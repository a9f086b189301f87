import { iteratorType } from '../builtins/iteration.js';
import { nativeFunction } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import { PyClassMethod } from '../objects/callables.js';
import { ABSENT } from '../objects/classes.js';
import { PyList, PyTuple } from '../objects/containers.js';
import { equals } from '../objects/equality.js';
import { raise } from '../objects/exceptions.js';
import { NativeIterator } from '../objects/iterators.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { binary } from '../operations/binary.js';
import { asInteger, rest, truth } from '../operations/conversion.js';
import { checkLength, getIterator, toArray } from '../operations/iteration.js';
import { combinations, permutations, product, withReplacement } from './combinatorics.js';
import { stepping } from './stepping.js';
import type { Next } from './stepping.js';

/** An item of a chain that several iterators walk. */
interface Link {
  readonly item: PyValue | undefined;
  next: Link | undefined;
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
      const copies = Number(asInteger(rt, n));
      if (copies < 0) return raise('ValueError', 'n must be >= 0');
      checkLength(rt, copies);
      const source = getIterator(rt, iterable);
      // What some copy has asked for and another has not yet: each copy holds its place in one chain.
      let end: Link = { item: undefined, next: undefined };
      return new PyTuple(
        Array.from({ length: copies }, () => {
          let place = end;
          return new NativeIterator('_tee', (at) => {
            if (place.next === undefined) {
              const item = source.next(at);
              if (item === undefined) return undefined;
              at.allocate(16);
              end.next = { item, next: undefined };
              end = end.next;
            }
            place = place.next ?? place;
            return place.item;
          });
        }),
      );
    },
  },
});
