import { defineClass } from '../../native/classes.js';
import type { NativeImplementation } from '../../native/functions.js';
import { defineModule } from '../../native/modules.js';
import { dictClass, PyDict } from '../../objects/containers.js';
import { exceptionClass } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { osPathModule, pathText } from './paths.js';

/** `os.environ`: empty but for what the program sets; what it expects to be set is unknown. */
const environClass = defineClass({
  name: '_Environ',
  module: 'os',
  bases: [dictClass],
  payload: PyDict,
  allocate: (cls) => new PyDict(cls),
  unfollowed: 'decodekey decodevalue encodekey encodevalue',
  methods: {
    'get(key, default=None)': (rt, self, key, fallback) => self.get(rt, key) ?? fallback,
    '__missing__(key)': (rt, _self, key) =>
      rt.unknown(`the environment variable ${rt.show(key)} is not known here`),
    '__repr__()': () => 'environ({})',
  },
});

class Environment {
  readonly variables = new PyDict(environClass);
}
const makeEnvironment = (): Environment => new Environment();

/** What would change the disk or start something: nothing happens, and a note says so. */
const REFUSED = [
  'makedirs',
  'mkdir',
  'remove',
  'unlink',
  'rename',
  'replace',
  'rmdir',
  'removedirs',
  'chdir',
  'chmod',
  'symlink',
  'link',
  'utime',
  'kill',
  '_exit',
];

const UNREAD = [
  'listdir',
  'scandir',
  'stat',
  'walk',
  'getcwd',
  'system',
  'popen',
  'getpid',
  'cpu_count',
  'urandom',
  'getlogin',
  'open',
];

function refused(name: string): NativeImplementation {
  return (rt) => {
    rt.note('refused', `os.${name} does nothing when code is read`);
    return null;
  };
}

export const osModule = defineModule({
  name: 'os',
  missing: 'unknown',
  values: {
    name: 'posix',
    sep: '/',
    linesep: '\n',
    pathsep: ':',
    curdir: '.',
    pardir: '..',
    extsep: '.',
    altsep: null,
    devnull: '/dev/null',
    error: exceptionClass('OSError'),
    environ: (rt) => rt.state(makeEnvironment).variables,
    path: (rt) => osPathModule.instantiate(rt),
  },
  functions: {
    ...Object.fromEntries(REFUSED.map((name) => [`${name}(*args, **kwargs)`, refused(name)])),
    ...Object.fromEntries(
      UNREAD.map((name) => [
        `${name}(*args, **kwargs)`,
        (rt: Runtime): PyValue => rt.unknown(`os.${name} asks the machine, which is not read`),
      ]),
    ),
    'getenv(key, default=None)': (rt, key, fallback) =>
      rt.state(makeEnvironment).variables.get(rt, key ?? null) ?? fallback ?? null,
    'putenv(key, value)': (rt, key, value) => {
      rt.state(makeEnvironment).variables.set(rt, key ?? null, value ?? null);
      return null;
    },
    'fspath(path)': (rt, path) => pathText(rt, path ?? null),
  },
});
