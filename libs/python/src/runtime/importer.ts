import type { CompiledModule } from '../compile/compiler.js';
import type { Frame } from '../compile/frame.js';
import { asksOfMachine } from '../compile/machine-guards.js';
import { effectsOf } from '../compile/writes.js';
import { UnknownNeeded } from '../objects/iterators.js';
import { PyList } from '../objects/containers.js';
import { PyRaise, raise } from '../objects/exceptions.js';
import { PyModule } from '../objects/module.js';
import type { ImportMode, PyValue } from '../objects/object.js';
import { PyUnknown } from '../objects/unknown.js';
import { library } from '../library/index.js';
import type { NativeModule } from '../native/modules.js';
import { Span } from '../source/text.js';
import type {
  Assign,
  ClassDefinition,
  FunctionDefinition,
  Statement,
  SyntaxProblem,
} from '../syntax/tree.js';
import { ModuleCache } from './cache.js';
import type { Parsing } from './cache.js';
import { describeError } from './describe-error.js';
import type { PythonMachine } from './machine.js';

/** A module's source as the resolver gives it. */
export interface ResolvedSource {
  readonly source: string;
  readonly filename: string;
  /** Whether it is a package's `__init__`. */
  readonly isPackage: boolean;
  /**
   * Whether Python itself has compiled this very text, so that there is no syntax error in it: functions' bodies are then
   * parsed when they are first called.
   */
  readonly isCompiled?: boolean;
}

/** The module that a program's own file is, where it is part of a package. */
export interface OwnModule {
  readonly name: string;
  readonly isPackage: boolean;
}

export type Resolver = (dottedName: string) => ResolvedSource | undefined;

/** Makes unknown what a statement that did not come to its end would have defined or changed. */
function leaveUnknown(
  frame: Frame,
  { node, forget }: CompiledModule['statements'][number],
  unknown: () => PyUnknown,
): void {
  if (['If', 'For', 'While', 'With', 'Try'].includes(node.kind)) return forget(frame, unknown(), 'changed');
  for (const write of effectsOf([node]).writes)
    if (write.kind === 'name') frame.globals.namespace.set(write.name, unknown());
}

/** What can be told of a class or a function without reading it, and of a name that is given one value. */
export type Definition =
  | Pick<ClassDefinition, 'kind' | 'name'>
  | Pick<FunctionDefinition, 'kind' | 'name' | 'decorators'>
  | (Pick<Assign, 'kind' | 'value'> & { readonly name: string });

function definitionIn(node: Statement): Definition | undefined {
  if (node.kind === 'ClassDef' || node.kind === 'FunctionDef') return node;
  if (node.kind !== 'Assign') return undefined;
  const [target, ...others] = node.targets;
  return target?.kind === 'Name' && others.length === 0
    ? { kind: 'Assign', name: target.id, value: node.value }
    : undefined;
}

interface ImporterOptions {
  readonly modules: readonly NativeModule[];
  readonly resolver: Resolver;
  readonly cache: ModuleCache;
  /** Whether a definition of a module without syntax errors may wait until its name is asked for. */
  readonly waits: ((module: string, definition: Definition) => boolean) | undefined;
  readonly onSyntaxErrors: (problems: readonly SyntaxProblem[]) => void;
  readonly onError: ((machine: PythonMachine, raised: PyRaise, span: Span) => void) | undefined;
}

/** How a module is run: as the program itself or for one that imports it, and how it is parsed. */
interface Manner {
  readonly imported: boolean;
  readonly parsing: Parsing;
  readonly waits?: ((module: string, definition: Definition) => boolean) | undefined;
}

const OWN: Manner = { imported: false, parsing: 'whole' };
const IMPORTED: Manner = { imported: true, parsing: 'whole' };
/** A library's module, known to be without syntax errors. */
const COMPILED: Manner = { imported: true, parsing: 'deferring' };
/** A native module's own source, in which nothing is changed by defining something. */
const NATIVE: Manner = { ...COMPILED, waits: (_module, { kind }) => kind !== 'Assign' };

/** Native modules' own sources, which no program can change: compiled once, for all interpreters. */
const nativeSources = new ModuleCache();

function folderOf(file: string): string {
  return file.replace(/\/?[^/]*$/, '');
}

/**
 * Finds modules: native ones first, then the standard library (as an interpreter's search path has it before installed
 * packages), then the resolver's; the rest is unknown.
 */
export class Importer {
  readonly #native: ReadonlyMap<string, NativeModule>;
  /** The program's own module and how it is run, for whoever imports it first. */
  #own: { readonly name: string; readonly run: () => PyModule } | undefined = undefined;
  /** Imports under way that the program is prepared to see fail. */
  #guarded = 0;

  constructor(readonly options: ImporterOptions) {
    this.#native = new Map(options.modules.map((module) => [module.name, module]));
  }

  /** Imports a program's own file as the module it is: its parents first, which may import it themselves. */
  importOwn(machine: PythonMachine, module: PyModule, own: OwnModule, source: string, file: string): void {
    const { name, isPackage } = own;
    const dot = name.lastIndexOf('.');
    module.namespace.set('__package__', isPackage ? name : name.slice(0, Math.max(0, dot)));
    if (isPackage) module.namespace.set('__path__', new PyList([folderOf(file)]));
    let begun = false;
    const run = (): PyModule => {
      begun = true;
      machine.modules.set(name, module);
      this.execute(machine, module, source, file, OWN);
      return module;
    };
    this.#own = { name, run };
    const parent = dot < 0 ? undefined : this.import(machine, name.slice(0, dot), false);
    if (!begun) run();
    if (parent instanceof PyModule) parent.namespace.set(name.slice(dot + 1), module);
  }

  /** The module of a dotted name, its parents imported first; unknown (strict: undefined) where there is none. */
  import(machine: PythonMachine, name: string, strict: boolean): PyValue | undefined {
    const known = machine.modules.get(name);
    if (known !== undefined && !(strict && known instanceof PyUnknown)) return known;
    const dot = name.lastIndexOf('.');
    const parent = dot < 0 ? undefined : this.import(machine, name.slice(0, dot), strict);
    if (dot >= 0 && parent === undefined) return undefined;
    if (parent instanceof PyUnknown) return strict ? undefined : parent;
    const again = machine.modules.get(name);
    if (again instanceof PyModule) return again;
    const module = this.#load(machine, name, parent);
    if (module !== undefined) {
      if (parent instanceof PyModule) parent.namespace.set(name.slice(dot + 1), module);
      return module;
    }
    if (strict) return undefined;
    return this.#unknown(machine, name, parent);
  }

  #unknown(machine: PythonMachine, name: string, parent: PyValue | undefined): PyValue {
    if (parent instanceof PyModule) {
      const attribute = parent.bound(name.slice(name.lastIndexOf('.') + 1));
      if (attribute !== undefined) return attribute;
    }
    const unknown = machine.unknown(`the module ${name} is not known here`);
    machine.note('unknown-import', `the module ${name} is not known here`);
    machine.modules.set(name, unknown);
    return unknown;
  }

  /** Whether there is a module of that name, and of what kind, without importing it. */
  finds(name: string): 'native' | 'source' | undefined {
    if (this.#native.has(name) || library.has(name)) return 'native';
    return this.options.resolver(name) === undefined ? undefined : 'source';
  }

  /** Imports as asked; an error in what a guarded import runs is the program's to handle, and not gone on from. */
  importAs(machine: PythonMachine, name: string, mode: ImportMode): PyValue | undefined {
    if (mode !== 'guarded') return this.import(machine, name, mode === 'known');
    this.#guarded++;
    try {
      return this.import(machine, name, true);
    } finally {
      this.#guarded--;
    }
  }

  #load(machine: PythonMachine, name: string, parent: PyValue | undefined): PyModule | undefined {
    if (name === this.#own?.name) return this.#own.run();
    const native = this.#native.get(name);
    if (native !== undefined) return this.#instantiate(machine, native);
    const standard = library.get(name);
    if (standard !== undefined) return this.#instantiate(machine, standard);
    const resolved = this.options.resolver(name);
    if (resolved !== undefined) {
      const module = new PyModule(name);
      const { filename } = resolved;
      module.namespace.set(
        '__package__',
        resolved.isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.'))),
      );
      if (resolved.isPackage) module.namespace.set('__path__', new PyList([folderOf(filename)]));
      machine.modules.set(name, module);
      if (parent instanceof PyModule) parent.namespace.set(name.slice(name.lastIndexOf('.') + 1), module);
      try {
        this.execute(
          machine,
          module,
          resolved.source,
          filename,
          resolved.isCompiled === true ? { ...COMPILED, waits: this.options.waits } : IMPORTED,
        );
      } catch (thrown) {
        machine.modules.delete(name);
        throw thrown;
      }
      return module;
    }
    return undefined;
  }

  #instantiate(machine: PythonMachine, native: NativeModule): PyModule {
    const module = native.instantiate(machine);
    machine.modules.set(native.name, module);
    if (native.source !== undefined)
      this.#runCompiled(
        machine,
        module,
        nativeSources.compile(native.source, `<${native.name}>`, NATIVE.parsing),
        NATIVE,
      );
    return module;
  }

  /** Runs a module's statements in its namespace. */
  execute(
    machine: PythonMachine,
    module: PyModule,
    source: string,
    file: string,
    manner: Manner = OWN,
  ): void {
    const { parsing, waits } = manner;
    const classWaits = waits && ((name: string) => waits(module.name, { kind: 'ClassDef', name }));
    this.#runCompiled(machine, module, this.options.cache.compile(source, file, parsing, classWaits), manner);
  }

  #runCompiled(machine: PythonMachine, module: PyModule, compiled: CompiledModule, manner: Manner): void {
    const { errors } = compiled.module;
    this.options.onSyntaxErrors(errors);
    const { namespace } = module;
    namespace.set('__name__', module.name);
    namespace.set('__file__', compiled.module.source.file);
    namespace.set('__doc__', compiled.doc);
    namespace.set('__builtins__', null);
    namespace.set('__spec__', null);
    if (!namespace.has('__package__')) namespace.set('__package__', null);
    this.#inModule(machine, module, compiled, manner, (frame) => {
      const [first] = errors;
      // CPython runs nothing of a module with a syntax error; a reader goes on.
      if (first !== undefined && this.options.onError === undefined) {
        frame.span = first.span;
        raise(first.type, first.message);
      }
      for (const statement of compiled.statements) {
        const { node } = statement;
        if (node.kind === 'ErrorStatement') continue;
        const definition = manner.waits && definitionIn(node);
        if (
          definition !== undefined &&
          manner.waits?.(module.name, definition) === true &&
          !machine.builtins.has(definition.name) &&
          module.leave(definition.name, () =>
            this.#inModule(machine, module, compiled, manner, (late) =>
              this.#runStatement(machine, late, statement, manner),
            ),
          )
        )
          continue;
        if (this.#runStatement(machine, frame, statement, manner) === 'exit') break;
      }
    });
  }

  /** Runs statements of a module in a frame of their own. */
  #inModule(
    machine: PythonMachine,
    module: PyModule,
    compiled: CompiledModule,
    { imported }: Manner,
    run: (frame: Frame) => void,
  ): void {
    const frame = machine.moduleFrame(module, new Span(compiled.module.source, 0, 0));
    machine.enter(frame);
    if (imported) machine.importing++;
    try {
      run(frame);
    } catch (thrown) {
      const raised = machine.caught(thrown);
      if (raised === undefined) throw thrown;
      raised.exception.traceback.push({ function: '<module>', span: frame.span });
      throw raised;
    } finally {
      if (imported) machine.importing--;
      machine.leave(frame);
    }
  }

  /** Runs one of a module's statements; where that fails, what it would have defined becomes unknown, if reading goes on. */
  #runStatement(
    machine: PythonMachine,
    frame: Frame,
    statement: CompiledModule['statements'][number],
    { imported }: Manner,
  ): 'on' | 'exit' {
    frame.span = statement.node.span;
    try {
      statement.execute(frame);
      return 'on';
    } catch (thrown) {
      if (thrown instanceof UnknownNeeded) {
        machine.frame = frame;
        leaveUnknown(frame, statement, () => thrown.unknown);
        return 'on';
      }
      const { onError } = this.options;
      const raised = machine.caught(thrown);
      if (raised === undefined || onError === undefined || (imported && this.#guarded > 0)) throw thrown;
      machine.frame = frame;
      const { cls } = raised.exception;
      if (imported) {
        const said = describeError(machine, raised.exception, frame.span.place);
        const reason = `what this defines is not known, for reading it ended in ${said.type}: ${said.message}`;
        leaveUnknown(frame, statement, () => machine.unknown(reason));
        return 'on';
      }
      raised.exception.traceback.push({ function: '<module>', span: frame.span });
      onError(machine, raised, frame.span);
      if (cls.name === 'SystemExit') return asksOfMachine(statement.node) ? 'on' : 'exit';
      leaveUnknown(frame, statement, () =>
        machine.unknown(`what this defines is not known, for it raises a ${cls.name}`),
      );
      return 'on';
    }
  }
}
