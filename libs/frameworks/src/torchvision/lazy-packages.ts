import { getAttribute, PyList, PyModule, PyRaise } from '@tensormark/python';
import type {
  Definition,
  Interpreter,
  ModuleCache,
  NativeModule,
  PyValue,
  ResolvedSource,
  Resolver,
  Runtime,
} from '@tensormark/python';

/**
 * Packages of torchvision whose `__init__` does no more than gather names from their files. They are gathered when
 * first asked for, so that reading one network does not mean reading all of them.
 */
const PACKAGES = [
  'torchvision',
  'torchvision.models',
  'torchvision.models.detection',
  'torchvision.models.optical_flow',
  'torchvision.models.quantization',
  'torchvision.models.segmentation',
  'torchvision.models.video',
  'torchvision.ops',
];

/** Names that look into a register every file writes itself into: all files are read before one is used. */
const REGISTERS = new Set([
  'get_model',
  'get_model_builder',
  'get_model_weights',
  'get_weight',
  'list_models',
]);

/** Where a package's names come from, by its own import lines. */
interface Gathering {
  readonly filename: string;
  /** Names imported one by one, each with its file. */
  readonly named: ReadonlyMap<string, string>;
  /** Files whose public names are all imported, with the list of those names where the file has one. */
  readonly whole: readonly { readonly module: string; readonly list: string | undefined }[];
}

const REGISTERING = new Set(['register_model', 'handle_legacy_interface']);

/**
 * Tables of weights, their addresses and builders in torchvision's files of models: defining one changes nothing but the register, so that it may wait
 * until its name is asked for.
 */
export function waits(module: string, definition: Definition): boolean {
  if (!module.startsWith('torchvision.models.')) return false;
  if (definition.kind === 'ClassDef') return definition.name.endsWith('_Weights');
  if (definition.kind === 'Assign') return definition.name.endsWith('model_urls');
  return definition.decorators.some(
    (decorator) =>
      decorator.kind === 'Call' && decorator.callee.kind === 'Name' && REGISTERING.has(decorator.callee.id),
  );
}

/** A program that takes all a package has, or looks behind it, must have all of it read. */
export function takesWholePackage(source: string): boolean {
  return /from\s+torchvision[\w.]*\s+import\s+\*|torchvision\.models\._api/.test(source);
}

/** The packages as native modules that read torchvision's own files on demand. */
export function lazyPackages(
  resolver: Resolver,
  cache: ModuleCache,
  interpreter: () => Interpreter,
): NativeModule[] {
  const importModule = (name: string): PyValue => {
    const outcome = interpreter().importModule(name);
    if (outcome.kind === 'finished') return outcome.value;
    if (outcome.kind === 'raised') throw new PyRaise(outcome.error.exception);
    return null;
  };
  return PACKAGES.flatMap((name) => {
    const resolved = resolver(name);
    return resolved?.isPackage === true
      ? [lazyPackage(name, resolved, { resolver, cache, importModule })]
      : [];
  });
}

interface Access {
  readonly resolver: Resolver;
  readonly cache: ModuleCache;
  readonly importModule: (name: string) => PyValue;
}

function lazyPackage(name: string, init: ResolvedSource, access: Access): NativeModule {
  return {
    name,
    instantiate() {
      const module = new PyModule(name);
      const { namespace } = module;
      namespace.set('__name__', name);
      namespace.set('__package__', name);
      namespace.set('__file__', init.filename);
      namespace.set('__path__', new PyList([init.filename.replace(/\/?[^/]*$/, '')]));
      namespace.set('__doc__', null);
      let gathering: Gathering | undefined;
      const fromFiles = (rt: Runtime, wanted: string): PyValue | undefined => {
        gathering ??= gatheringOf(name, init, access);
        return gathered(rt, wanted, gathering, access) ?? submodule(name, wanted, access);
      };
      module.fallback = (rt, wanted) => {
        const found = subpackage(name, wanted, access) ?? fromFiles(rt, wanted);
        if (found !== undefined) namespace.set(wanted, found);
        return found;
      };
      return module;
    },
  };
}

function gathered(
  rt: Runtime,
  wanted: string,
  { named, whole }: Gathering,
  access: Access,
): PyValue | undefined {
  if (wanted.startsWith('__')) return undefined;
  if (REGISTERS.has(wanted))
    for (const { module } of whole) {
      const imported = access.importModule(module);
      if (imported instanceof PyModule) imported.settle();
    }
  const file =
    named.get(wanted) ?? whole.find(({ list }) => list !== undefined && isListed(wanted, list))?.module;
  if (file !== undefined) return getAttribute(rt, access.importModule(file), wanted);
  // Files that compute what they export have to be read to be asked.
  for (const { module, list } of whole) {
    if (list !== undefined) continue;
    const imported = access.importModule(module);
    if (imported instanceof PyModule && imported.bound(wanted) !== undefined)
      return getAttribute(rt, imported, wanted);
  }
  return undefined;
}

function submodule(name: string, wanted: string, { resolver, importModule }: Access): PyValue | undefined {
  const full = `${name}.${wanted}`;
  return resolver(full) === undefined ? undefined : importModule(full);
}

/** A package within a package; none of them has a name that a file's is as well. */
function subpackage(name: string, wanted: string, { importModule }: Access): PyValue | undefined {
  const full = `${name}.${wanted}`;
  return PACKAGES.includes(full) ? importModule(full) : undefined;
}

function gatheringOf(name: string, init: ResolvedSource, { resolver, cache }: Access): Gathering {
  const named = new Map<string, string>();
  const whole: { module: string; list: string | undefined }[] = [];
  const parsing = init.isCompiled === true ? 'deferring' : 'whole';
  for (const statement of cache.compile(init.source, init.filename, parsing).module.body) {
    if (statement.kind !== 'ImportFrom' || statement.level !== 1 || statement.module === '') continue;
    const module = `${name}.${statement.module}`;
    if (statement.names === undefined) whole.push({ module, list: exportsOf(resolver(module)) });
    else for (const alias of statement.names) named.set(alias.as ?? alias.name, module);
  }
  return { filename: init.filename, named, whole };
}

const EXPORTS = '__all__ = [';

/** What a file lists in `__all__`, as it is written; undefined where that is no plain list of strings. */
function exportsOf(resolved: ResolvedSource | undefined): string | undefined {
  if (resolved === undefined) return '';
  const { source } = resolved;
  const start = source.startsWith(EXPORTS) ? 0 : source.indexOf(`\n${EXPORTS}`);
  if (start < 0) return undefined;
  return source.slice(start, source.indexOf(']', start));
}

function isListed(name: string, list: string): boolean {
  return list.includes(`"${name}"`) || list.includes(`'${name}'`);
}
