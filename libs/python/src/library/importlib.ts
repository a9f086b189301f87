import { defineModule } from '../native/modules.js';
import { PyDict, PyList } from '../objects/containers.js';
import { builtinClass } from '../objects/classes.js';
import { PyObject } from '../objects/object.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { PyModule } from '../objects/module.js';
import { asString } from '../operations/conversion.js';
import { machineOf } from './reaching.js';

/** `importlib.import_module`, relative names included; a module nobody knows is unknown. */
function importModule(rt: Runtime, name: string, base: PyValue): PyValue {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0;
  if (dots === 0) return machineOf(rt).importModule(name, 'any') ?? null;
  if (typeof base !== 'string')
    return rt.raise(
      'TypeError',
      `the 'package' argument is required to perform a relative import for '${name}'`,
    );
  const parts = base.split('.');
  if (dots > parts.length)
    return rt.raise('ImportError', 'attempted relative import beyond top-level package');
  const root = parts.slice(0, parts.length - dots + 1).join('.');
  return machineOf(rt).importModule(`${root}.${name.slice(dots)}`, 'any') ?? null;
}

export const importlibModule = defineModule({
  name: 'importlib',
  missing: 'unknown',
  values: {
    util: (rt) => importlibUtil.instantiate(rt),
    metadata: (rt) => importlibMetadata.instantiate(rt),
  },
  functions: {
    'import_module(name, package=None)': (rt, name, base) =>
      importModule(rt, asString(name ?? null), base ?? null),
    'reload(module)': (_rt, module) => module ?? null,
    'invalidate_caches()': () => null,
  },
});

/** What is found of a module that there is; nothing more is told of it. */
const specClass = builtinClass('ModuleSpec');

export const importlibUtil = defineModule({
  name: 'importlib.util',
  missing: 'unknown',
  functions: {
    'find_spec(name, package=None)': (rt, name) =>
      machineOf(rt).findsModule(asString(name ?? null)) !== undefined
        ? new PyObject(specClass)
        : rt.unknown(`whether ${asString(name ?? null)} is installed is not known here`),
  },
});

export const importlibMetadata = defineModule({
  name: 'importlib.metadata',
  missing: 'unknown',
  functions: {
    'packages_distributions()': (rt) =>
      PyDict.from(rt, [
        ['torch', new PyList(['torch'])],
        ['torchvision', new PyList(['torchvision'])],
        ['numpy', new PyList(['numpy'])],
      ]),
    'version(distribution_name)': (rt, name) => {
      const machine = machineOf(rt);
      const asked = asString(name ?? null);
      const module =
        machine.findsModule(asked) === 'native' ? machine.importModule(asked, 'known') : undefined;
      const version = module instanceof PyModule ? module.namespace.get('__version__') : undefined;
      return typeof version === 'string' ? version : rt.unknown(`the version of ${asked} is not known here`);
    },
  },
});
