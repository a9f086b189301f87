import { defineClass } from '../native/classes.js';
import { rawFunction } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import type { NativeModule } from '../native/modules.js';
import { PyRange } from '../objects/containers.js';
import { PyObject } from '../objects/object.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { asInteger, asString, length } from '../operations/conversion.js';
import { getIterator } from '../operations/iteration.js';
import { getItem } from '../operations/subscripts.js';

/** A progress bar: goes over what it is given, and shows nothing. */
class Bar extends PyObject {
  iterable: PyValue = null;
  total: PyValue = null;

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    if (!(source instanceof Bar)) return;
    this.iterable = copy(source.iterable);
    this.total = source.total;
  }
}

/** Methods that only change what the bar shows. */
const SILENT = [
  'update',
  'set_description',
  'set_description_str',
  'set_postfix',
  'set_postfix_str',
  'refresh',
  'clear',
  'close',
  'display',
  'reset',
  'unpause',
];

const barClass: PyClass = defineClass({
  name: 'tqdm',
  module: 'tqdm.std',
  payload: Bar,
  allocate: (cls) => new Bar(cls),
  unknowns: 'accept',
  methods: {
    ...Object.fromEntries(SILENT.map((name) => [`${name}(*args, **kwargs)`, (): PyValue => null])),
    '__init__(iterable=None, desc=None, total=None, *args, **kwargs)': (
      _rt,
      self,
      iterable,
      _desc,
      total,
    ) => {
      self.iterable = iterable;
      self.total = total;
      return null;
    },
    '__iter__()': (rt, self) =>
      self.iterable instanceof PyUnknown ? self.iterable : getIterator(rt, self.iterable),
    '__len__()': (rt, self) => (self.iterable === null ? self.total : BigInt(length(rt, self.iterable))),
    '__getitem__(key)': (rt, self, key) => getItem(rt, self.iterable, key),
    '__enter__()': (_rt, self) => self,
    '__exit__(*excinfo)': () => null,
    '__bool__()': () => true,
  },
  properties: {
    n: (rt) => rt.unknown('how far a progress bar has come is not known here'),
    total: (rt, self) =>
      self.total === null && self.iterable !== null && !(self.iterable instanceof PyUnknown)
        ? BigInt(length(rt, self.iterable))
        : self.total,
  },
  staticMethods: {
    "write(s, file=None, end='\\n', nolock=False)": (rt, text, _file, end) => {
      if (!(text instanceof PyUnknown)) rt.print(asString(text ?? '') + asString(end ?? '\n'));
      return null;
    },
  },
  classMethods: {
    'pandas(*args, **kwargs)': () => null,
    'set_lock(lock)': () => null,
    'get_lock()': (rt) => rt.unknown('the lock of a progress bar'),
    'external_write_mode(*args, **kwargs)': (rt) => rt.unknown('the output of a progress bar'),
  },
});

function range(rt: Runtime, args: readonly PyValue[]): PyValue {
  const unknown = args.find((arg) => arg instanceof PyUnknown);
  if (unknown !== undefined) return unknown;
  const [first = 0n, second, step = 1n] = args.map((arg) => asInteger(rt, arg));
  return second === undefined ? new PyRange(0n, first, 1n) : new PyRange(first, second, step);
}

/** `trange(10)` */
const trange = rawFunction('trange', (rt, args, keywords) => {
  const items = range(rt, args);
  return items instanceof PyUnknown ? items : rt.call(barClass, [items], keywords);
});

function variant(name: string): NativeModule {
  return defineModule({
    name,
    missing: 'unknown',
    classes: [barClass],
    values: { trange, ...(name === 'tqdm' ? { tqdm_notebook: barClass } : {}) },
  });
}

export const tqdmModules: readonly NativeModule[] = ['tqdm', 'tqdm.auto', 'tqdm.notebook', 'tqdm.std'].map(
  variant,
);
