import { defineClass } from '../native/classes.js';
import type { MethodDefinition } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { PyList } from '../objects/containers.js';
import { PyObject } from '../objects/object.js';
import type { PyClass, PyValue } from '../objects/object.js';
import { asString, plainInteger } from '../operations/conversion.js';

const LEVELS: Readonly<Record<string, bigint>> = {
  NOTSET: 0n,
  DEBUG: 10n,
  INFO: 20n,
  WARN: 30n,
  WARNING: 30n,
  ERROR: 40n,
  FATAL: 50n,
  CRITICAL: 50n,
};

const MESSAGES = ['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'fatal', 'log'];

function silent(names: readonly string[]): Record<string, () => PyValue> {
  return Object.fromEntries(names.map((name) => [`${name}(*args, **kwargs)`, (): PyValue => null]));
}

class PyLogger extends PyObject {
  name = 'root';
  level = 0n;
  readonly handlers = new PyList([]);
  propagate: PyValue = true;
}

function levelOf(value: PyValue): bigint {
  return plainInteger(value) ?? (typeof value === 'string' ? (LEVELS[value] ?? 0n) : 0n);
}

const loggerClass: PyClass = defineClass({
  name: 'Logger',
  unfollowed: 'callHandlers filter filters findCaller getChildren makeRecord manager parent root',
  module: 'logging',
  payload: PyLogger,
  allocate: (cls) => new PyLogger(cls),
  unknowns: 'accept',
  methods: {
    ...silent([...MESSAGES, 'addFilter', 'removeFilter', 'handle']),
    '__init__(name, level=0)': (_rt, self, name, level) => {
      if (typeof name === 'string') self.name = name;
      self.level = levelOf(level);
      return null;
    },
    'setLevel(level)': (_rt, self, level) => {
      self.level = levelOf(level);
      return null;
    },
    'getEffectiveLevel()': (_rt, self) => (self.level === 0n ? 30n : self.level),
    'isEnabledFor(level)': (_rt, self, level) => levelOf(level) >= (self.level === 0n ? 30n : self.level),
    'addHandler(hdlr)': (_rt, self, handler) => {
      self.handlers.items.push(handler);
      return null;
    },
    'removeHandler(hdlr)': (_rt, self, handler) => {
      self.handlers.items = self.handlers.items.filter((item) => item !== handler);
      return null;
    },
    'hasHandlers()': (_rt, self) => self.handlers.items.length > 0,
    'getChild(suffix)': (rt, self, suffix) =>
      loggerNamed(rt.state(makeLoggers), `${self.name}.${asString(suffix)}`),
    '__repr__()': (_rt, self) => `<Logger ${self.name}>`,
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
  },
  properties: {
    name: (_rt, self) => self.name,
    level: (_rt, self) => self.level,
    handlers: (_rt, self) => self.handlers,
    disabled: { get: () => false, set: () => undefined },
    propagate: {
      get: (_rt, self) => self.propagate,
      set: (_rt, self, value) => {
        self.propagate = value;
      },
    },
  },
});

/** Loggers by name: the same name is the same logger. */
class Loggers {
  readonly byName = new Map<string, PyLogger>();
}
const makeLoggers = (): Loggers => new Loggers();

function loggerNamed(loggers: Loggers, name: string): PyLogger {
  let logger = loggers.byName.get(name);
  if (logger === undefined) {
    logger = new PyLogger(loggerClass);
    logger.name = name;
    loggers.byName.set(name, logger);
  }
  return logger;
}

/** Handlers, formatters and filters: they take anything and write nowhere; what else they have is not followed. */
function quiet(name: string, methods: readonly string[], unfollowed: string, base?: PyClass): PyClass {
  const table: Record<string, MethodDefinition<PyObject>> = {
    ...silent(methods),
    '__init__(*args, **kwargs)': () => null,
  };
  return defineClass({
    name,
    unfollowed,
    module: 'logging',
    ...(base === undefined ? {} : { bases: [base] }),
    payload: PyObject,
    unknowns: 'accept',
    methods: table,
  });
}

const handlerClass = quiet(
  'Handler',
  [
    'setLevel',
    'setFormatter',
    'addFilter',
    'removeFilter',
    'emit',
    'handle',
    'handleError',
    'createLock',
    'set_name',
    'flush',
    'close',
    'acquire',
    'release',
  ],
  'filter filters format formatter get_name level lock name',
);
const streamHandlerClass = quiet('StreamHandler', ['setStream'], 'stream terminator', handlerClass);

export const loggingModule = defineModule({
  name: 'logging',
  missing: 'unknown',
  unknowns: 'accept',
  classes: [
    loggerClass,
    handlerClass,
    streamHandlerClass,
    quiet('FileHandler', [], 'baseFilename delay encoding errors mode', streamHandlerClass),
    quiet('NullHandler', [], '', handlerClass),
    quiet(
      'Formatter',
      [],
      'converter datefmt default_msec_format default_time_format format formatException formatMessage formatStack ' +
        'formatTime usesTime _fmt _style',
    ),
    quiet('Filter', [], 'filter name nlen'),
  ],
  values: { ...LEVELS },
  functions: {
    ...silent([...MESSAGES, 'basicConfig', 'disable', 'addLevelName', 'captureWarnings', 'shutdown']),
    'getLogger(name=None)': (rt, name) =>
      loggerNamed(rt.state(makeLoggers), typeof name === 'string' ? name : 'root'),
    'getLevelName(level)': (rt, level) => {
      const found = Object.entries(LEVELS).find(
        ([key, number]) => number === level && key !== 'WARN' && key !== 'FATAL',
      );
      return (
        found?.[0] ??
        (typeof level === 'string' ? (LEVELS[level] ?? `Level ${level}`) : `Level ${rt.show(level ?? null)}`)
      );
    },
  },
});
