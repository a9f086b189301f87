import { unbox } from '../objects/classes.js';
import { PyList, PyTuple } from '../objects/containers.js';
import { baseExceptionClass, exceptionClass, exceptionClasses, PyException } from '../objects/exceptions.js';
import { PyClass } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyStaticMethod } from '../objects/callables.js';
import { extendClass } from '../native/classes.js';
import { rawFunction } from '../native/functions.js';
import { keywords, rest } from '../operations/conversion.js';
import { toArray } from '../operations/iteration.js';
import { joinReprs, repr, str } from '../operations/text.js';

for (const cls of exceptionClasses.values()) cls.open = true;

baseExceptionClass.define(
  '__new__',
  new PyStaticMethod(
    rawFunction('__new__', (rt, args) => {
      const [cls, ...values] = args;
      if (!(cls instanceof PyClass))
        return rt.raise('TypeError', 'BaseException.__new__(X): X is not a type object');
      const exception = cls.allocate(cls);
      if (exception instanceof PyException) exception.args = values;
      return exception;
    }),
  ),
);

extendClass(baseExceptionClass, {
  payload: PyException,
  unknowns: 'accept',
  methods: {
    '__init__(*args, **kwargs)': (rt, self, args, kwargs) => {
      const [first] = keywords(kwargs).keys();
      if (first !== undefined && self.cls.definer('__init__') === baseExceptionClass) {
        return rt.raise('TypeError', `${self.cls.name}() takes no keyword arguments`);
      }
      self.args = rest(args);
      return null;
    },
    '__str__()': (rt, self) => exceptionText(rt, self),
    '__repr__()': (rt, self) => `${self.cls.name}(${joinReprs(rt, self.args)})`,
    'with_traceback(tb, /)': (_rt, self) => self,
    'add_note(note, /)': (rt, self, note) => {
      self.attributes ??= new Map<string, PyValue>();
      const notes = self.attributes.get('__notes__');
      self.attributes.set(
        '__notes__',
        new PyList([...(notes === undefined ? [] : toArray(rt, notes)), note]),
      );
      return null;
    },
  },
  properties: {
    args: {
      get: (_rt, self) => new PyTuple(self.args),
      set: (rt, self, value) => {
        self.args = toArray(rt, value);
      },
    },
    __cause__: {
      get: (_rt, self) => self.cause,
      set: (_rt, self, value) => {
        self.cause = value;
        self.suppressContext = true;
      },
    },
    __context__: {
      get: (_rt, self) => self.context,
      set: (_rt, self, value) => {
        self.context = value;
      },
    },
    __suppress_context__: (_rt, self) => self.suppressContext,
    __traceback__: { get: () => null, set: () => undefined },
  },
});

/** `str(exception)` as `BaseException.__str__` has it. */
export function exceptionText(rt: Runtime, exception: PyException): string {
  const { args } = exception;
  if (args.length === 0) return '';
  const [only = null] = args;
  return args.length === 1 ? str(rt, only) : repr(rt, new PyTuple(args));
}

extendClass(exceptionClass('KeyError'), {
  payload: PyException,
  unknowns: 'accept',
  methods: {
    '__str__()': (rt, self) =>
      self.args.length === 1 ? repr(rt, self.args[0] ?? null) : exceptionText(rt, self),
  },
});

extendClass(exceptionClass('StopIteration'), {
  payload: PyException,
  unknowns: 'accept',
  properties: { value: (_rt, self) => self.args[0] ?? null },
});

extendClass(exceptionClass('SystemExit'), {
  payload: PyException,
  unknowns: 'accept',
  properties: { code: (_rt, self) => self.args[0] ?? null },
});

extendClass(exceptionClass('OSError'), {
  payload: PyException,
  unknowns: 'accept',
  methods: {
    '__str__()': (rt, self) => {
      const [code = null, text = null, file] = self.args;
      if (self.args.length < 2) return exceptionText(rt, self);
      return `[Errno ${str(rt, code)}] ${str(rt, text)}${file === undefined ? '' : `: ${repr(rt, file)}`}`;
    },
  },
  properties: {
    errno: (_rt, self) => (self.args.length > 1 ? (self.args[0] ?? null) : null),
    strerror: (_rt, self) => self.args[1] ?? null,
    filename: (_rt, self) => self.args[2] ?? null,
  },
});

for (const [name, extras] of [
  ['ImportError', ['name', 'path']],
  ['AttributeError', ['name', 'obj']],
  ['NameError', ['name']],
] as const) {
  extendClass(exceptionClass(name), {
    payload: PyException,
    unknowns: 'accept',
    methods: {
      '__init__(*args, **kwargs)': (_rt, self, args, kwargs) => {
        self.args = rest(args);
        self.attributes ??= new Map<string, PyValue>();
        for (const key of extras) self.attributes.set(key, keywords(kwargs).get(key) ?? null);
        return null;
      },
    },
    constants: Object.fromEntries(extras.map((extra) => [extra, null])),
  });
}

/** Exception groups: the exceptions under `exceptions`, split by class. */
for (const name of ['BaseExceptionGroup', 'ExceptionGroup'] as const) {
  extendClass(exceptionClass(name), {
    payload: PyException,
    unknowns: 'accept',
    methods: {
      '__str__()': (rt, self) => {
        const count = toArray(rt, self.args[1] ?? new PyTuple([])).length;
        return `${str(rt, unbox(self.args[0] ?? ''))} (${count} sub-exception${count === 1 ? '' : 's'})`;
      },
    },
    properties: {
      message: (_rt, self) => self.args[0] ?? '',
      exceptions: (rt, self) => new PyTuple(toArray(rt, self.args[1] ?? new PyTuple([]))),
    },
  });
}
