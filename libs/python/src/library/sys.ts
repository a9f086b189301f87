import { defineClass } from '../native/classes.js';
import { defineModule } from '../native/modules.js';
import { dictClass, NamespaceTable, PyDict, PyList, PyTuple, tupleClass } from '../objects/containers.js';
import { exceptionClass, PyException, PyRaise } from '../objects/exceptions.js';
import { PyObject } from '../objects/object.js';
import type { PyClass, PyValue, Runtime } from '../objects/object.js';
import { asString } from '../operations/conversion.js';
import { forEach } from '../operations/iteration.js';
import { varying } from '../operations/open-lists.js';
import { machineOf } from './reaching.js';

/** A tuple whose items have names, as CPython's structs. */
function struct(name: string, entries: Readonly<Record<string, PyValue>>): PyTuple {
  const fields = Object.keys(entries);
  const cls: PyClass = defineClass({
    name,
    module: 'sys',
    bases: [tupleClass],
    payload: PyTuple,
    methods: {
      '__repr__()': (rt, self) =>
        `sys.${name}(${fields.map((field, index) => `${field}=${rt.show(self.items[index] ?? null)}`).join(', ')})`,
    },
    properties: Object.fromEntries(
      fields.map((field, index) => [
        field,
        (_rt: Runtime, self: PyTuple): PyValue => self.items[index] ?? null,
      ]),
    ),
  });
  return new PyTuple(Object.values(entries), cls);
}

const versionInfo = struct('version_info', {
  major: 3n,
  minor: 11n,
  micro: 2n,
  releaselevel: 'final',
  serial: 0n,
});

const floatInfo = struct('float_info', {
  max: Number.MAX_VALUE,
  max_exp: 1024n,
  max_10_exp: 308n,
  min: 2.2250738585072014e-308,
  min_exp: -1021n,
  min_10_exp: -307n,
  dig: 15n,
  mant_dig: 53n,
  epsilon: Number.EPSILON,
  radix: 2n,
  rounds: 1n,
});

class Stream extends PyObject {
  constructor(readonly shown: boolean) {
    super(streamClass);
  }
}

const streamClass: PyClass = defineClass({
  name: 'TextIOWrapper',
  module: '_io',
  payload: Stream,
  unknowns: 'accept',
  unfollowed:
    'buffer detach errors line_buffering mode name newlines read readable readline readlines seek seekable tell ' +
    'truncate writable write_through __iter__ __next__ __enter__ __exit__',
  methods: {
    'write(text, /)': (rt, self, text) => {
      if (typeof text !== 'string') return rt.unknown('what is written is unknown');
      if (self.shown) rt.print(text);
      return BigInt(text.length);
    },
    'writelines(lines, /)': (rt, self, lines) => {
      forEach(rt, lines, (line) => {
        if (self.shown) rt.print(asString(line));
      });
      return null;
    },
    'flush()': () => null,
    'close()': () => null,
    'isatty()': () => false,
    'fileno()': (rt) => rt.unknown('files are not opened'),
    'reconfigure(**kwargs)': () => null,
  },
  properties: { encoding: () => 'utf-8', closed: () => false },
});

/** A program that is read may be given any arguments; one that is run is given none. */
function commandLine(rt: Runtime): PyList {
  if (rt.watcher === undefined) return new PyList(['']);
  const given = new PyList(['', varying(rt, 'an argument of the command line')]);
  given.grownByUnknown = true;
  return given;
}

function exit(code: PyValue): never {
  throw new PyRaise(new PyException(exceptionClass('SystemExit'), code === null ? [] : [code]));
}

export const sysModule = defineModule({
  name: 'sys',
  missing: 'unknown',
  values: {
    argv: commandLine,
    path: () => new PyList(['']),
    version: '3.11.2 (main)',
    version_info: versionInfo,
    hexversion: 0x030b02f0n,
    float_info: floatInfo,
    maxsize: 9223372036854775807n,
    maxunicode: 0x10ffffn,
    platform: 'linux',
    byteorder: 'little',
    executable: '',
    prefix: '',
    dont_write_bytecode: true,
    stdout: () => new Stream(true),
    stderr: () => new Stream(false),
    __stdout__: () => new Stream(true),
    __stderr__: () => new Stream(false),
    modules: (rt) => new PyDict(dictClass, new NamespaceTable(loadedModules(rt))),
  },
  functions: {
    'exit(status=None, /)': (_rt, status) => exit(status ?? null),
    'getrecursionlimit()': (rt) => BigInt(rt.budgets.recursionLimit),
    'setrecursionlimit(limit, /)': () => null,
    'getsizeof(*args)': (rt) => rt.unknown('sizes of objects are not known here'),
    'getrefcount(object, /)': (rt) => rt.unknown('references are not counted here'),
    'intern(string, /)': (_rt, text) => text ?? null,
    'exc_info()': (rt) => new PyTuple([rt.handling?.cls ?? null, rt.handling, null]),
    'getdefaultencoding()': () => 'utf-8',
    'getfilesystemencoding()': () => 'utf-8',
  },
});

/** The modules loaded so far, as the interpreter itself keeps them. */
function loadedModules(rt: Runtime): Map<string, PyValue> {
  const machine = machineOf(rt);
  return 'modules' in machine && machine.modules instanceof Map
    ? machine.modules
    : new Map<string, PyValue>();
}
