import { builtins } from '../builtins/index.js';
import { compileExpression } from '../compile/compiler.js';
import type { Budgets } from '../objects/budgets.js';
import { BudgetError } from '../objects/budgets.js';
import { PyException, PyRaise, exceptionClass } from '../objects/exceptions.js';
import { UnknownNeeded } from '../objects/iterators.js';
import { PyModule } from '../objects/module.js';
import type { Note, PyValue, Runtime, Watcher } from '../objects/object.js';
import type { NativeModule } from '../native/modules.js';
import { Span } from '../source/text.js';
import { parseExpression } from '../syntax/parse.js';
import type { SyntaxProblem } from '../syntax/tree.js';
import { describeError } from './describe-error.js';
import { ModuleCache } from './cache.js';
import { Importer } from './importer.js';
import type { Definition, OwnModule, Resolver } from './importer.js';
import { PythonMachine } from './machine.js';
import type { ModuleOutcome, Outcome, PythonError, UnknownOrigin, ValueOutcome } from './outcome.js';

export interface InterpreterOptions {
  /** Native modules beyond the standard library; one of the same name replaces the library's. */
  readonly modules?: readonly NativeModule[];
  /** Finds the source of a module the program imports. Pure: whoever calls has done the reading. */
  readonly resolver?: Resolver;
  readonly budgets?: Partial<Budgets>;
  /** Parsed and compiled modules by content, shared between interpreters; the caller owns it. */
  readonly cache?: ModuleCache;
  /** A module-level statement that raises is recorded in `errors`, and the next ones still run. */
  readonly continueAfterErrors?: boolean;
  /**
   * After a decision that hangs on an unknown: `guess` (the default) takes the likelier way, that it does not hold, and goes on;
   * `forget` makes all unknown that could have become otherwise, so that what is still known holds either way.
   */
  readonly undecided?: 'guess' | 'forget';
  /**
   * Steps that one loop may take in `runModule`; then what it changes becomes unknown, and the module goes on behind it. No
   * limit but the budget where absent.
   */
  readonly patience?: number;
  /** `__name__` in `runModule`. */
  readonly runName?: string;
  /** The package `runModule`'s module belongs to, for its relative imports. */
  readonly packageName?: string;
  /** What a name stands for that nothing in `runModule`'s module binds; undefined leaves it a NameError. */
  readonly unboundNames?: (rt: Runtime, name: string, module: PyModule) => PyValue | undefined;
  /**
   * Definitions of imported modules that nothing but their own name leads to: they are run when it is first asked for. Only of
   * modules that are known to be without syntax errors.
   */
  readonly waits?: (module: string, definition: Definition) => boolean;
  /** Follows the run, which is then an abstract one; see {@link Watcher}. */
  readonly watcher?: Watcher;
}

/** An error kept, with its traceback, is as much work as so many steps. */
const STEPS_OF_A_RECORD = 100;

export const DEFAULT_BUDGETS: Budgets = {
  steps: 10_000_000,
  recursionLimit: 1000,
  memory: 1_000_000_000,
  integerBits: 200_000,
  stringLength: 50_000_000,
  collectionLength: 10_000_000,
};

/** Runs Python programs under budgets. One interpreter is one world: modules, unknowns, notes, output. */
export class Interpreter {
  /** Syntax errors of every module read, each with its place. */
  readonly syntaxErrors: SyntaxProblem[] = [];
  /** Exceptions of module-level statements, where `continueAfterErrors` let the module go on. */
  readonly errors: PythonError[] = [];
  readonly #machine: PythonMachine;
  readonly #importer: Importer;
  readonly #options: InterpreterOptions;
  #entered = 0;

  constructor(options: InterpreterOptions = {}) {
    this.#options = options;
    this.#importer = new Importer({
      modules: options.modules ?? [],
      resolver: options.resolver ?? (() => undefined),
      cache: options.cache ?? new ModuleCache(),
      waits: options.waits,
      onSyntaxErrors: (problems) => this.syntaxErrors.push(...problems),
      onError:
        options.continueAfterErrors === true
          ? (machine, raised, span) => this.#record(machine, raised, span)
          : undefined,
    });
    this.#machine = new PythonMachine(
      { ...DEFAULT_BUDGETS, ...options.budgets },
      builtins,
      this.#importer,
      options.watcher,
      options.undecided,
    );
  }

  /**
   * Runs a module's source; what it defined is in `module` even if it did not finish. `own` is its place in a package.
   */
  runModule(source: string, file: string, own?: OwnModule): ModuleOutcome {
    const name = this.#options.runName ?? '__main__';
    const module = new PyModule(name);
    module.fallback = this.#options.unboundNames;
    if (this.#options.packageName !== undefined)
      module.namespace.set('__package__', this.#options.packageName);
    const outcome = this.run(() => {
      if (own?.name !== name) this.#machine.modules.set(name, module);
      this.#machine.patience = this.#options.patience ?? Infinity;
      if (own === undefined) this.#importer.execute(this.#machine, module, source, file);
      else this.#importer.importOwn(this.#machine, module, own, source, file);
      return null;
    });
    this.#machine.patience = Infinity;
    return { ...outcome, module };
  }

  /** Imports a module by its dotted name. */
  importModule(name: string): ValueOutcome {
    return this.run((rt) => {
      const module = this.#importer.import(this.#machine, name, true);
      return module ?? rt.raise('ModuleNotFoundError', `No module named '${name}'`);
    });
  }

  /** Evaluates an expression with a module's names. */
  evaluate(expression: string, module: PyModule): ValueOutcome {
    const parsed = parseExpression(expression, '<expression>');
    return this.run((rt) => {
      if (parsed.kind === 'error') return rt.raise(parsed.problem.type, parsed.problem.message);
      const { source } = parsed.expression.span;
      const frame = this.#machine.moduleFrame(module, new Span(source, 0, source.text.length));
      this.#machine.enter(frame);
      try {
        return compileExpression(parsed.expression)(frame);
      } catch (thrown) {
        if (thrown instanceof UnknownNeeded) return thrown.unknown;
        throw thrown;
      } finally {
        this.#machine.leave(frame);
      }
    });
  }

  /** Calls any callable. */
  call(
    callee: PyValue,
    args: readonly PyValue[] = [],
    keywords?: ReadonlyMap<string, PyValue>,
  ): ValueOutcome {
    return this.run((rt) => rt.call(callee, args, keywords));
  }

  /**
   * Runs native code under the budgets (filled afresh, of steps so many where there may not be more), with whatever it throws as an
   * outcome.
   */
  run<T>(action: (rt: Runtime) => T, steps?: number): Outcome<T> {
    const machine = this.#machine;
    if (this.#entered++ === 0) {
      machine.patches.apply();
      machine.refuel(steps);
    }
    const { frame } = machine;
    try {
      return { kind: 'finished', value: action(machine) };
    } catch (thrown) {
      return this.#failed(thrown);
    } finally {
      machine.frame = frame;
      if (--this.#entered === 0) {
        machine.patches.withdraw();
        machine.reset();
      }
    }
  }

  get notes(): readonly Note[] {
    return this.#machine.notes;
  }

  get unknowns(): readonly UnknownOrigin[] {
    return this.#machine.unknowns;
  }

  /** Everything printed so far. */
  get output(): string {
    return this.#machine.output;
  }

  #failed<T>(thrown: unknown): Outcome<T> {
    const machine = this.#machine;
    if (thrown instanceof UnknownNeeded) {
      const { exception } = new PyRaise(
        new PyException(exceptionClass('TypeError'), [thrown.unknown.reason]),
      );
      return { kind: 'raised', error: describeError(machine, exception, machine.lastPlace) };
    }
    if (thrown instanceof BudgetError) {
      return { kind: 'budget', budget: thrown.budget, message: thrown.message, place: machine.lastPlace };
    }
    if (thrown instanceof RangeError && !thrown.message.includes('call stack')) {
      return { kind: 'budget', budget: 'memory', message: thrown.message, place: machine.lastPlace };
    }
    const raised =
      thrown instanceof RangeError
        ? new PyRaise(new PyException(exceptionClass('RecursionError'), ['maximum recursion depth exceeded']))
        : thrown;
    if (raised instanceof PyRaise)
      return { kind: 'raised', error: describeError(machine, raised.exception, machine.lastPlace) };
    throw thrown;
  }

  #record(machine: PythonMachine, raised: PyRaise, span: Span): void {
    machine.step(STEPS_OF_A_RECORD);
    const error = describeError(machine, raised.exception, span.place);
    this.errors.push(error);
    machine.watcher?.uncaught(error.exception, error.type, error.message, error.exception.traceback[0]?.span);
    machine.note('continued-after-error', `${error.type}: ${error.message}`);
  }
}
