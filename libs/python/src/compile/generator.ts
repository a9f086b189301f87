import { builtinClass } from '../objects/classes.js';
import { exceptionClass, PyException, PyRaise, raise } from '../objects/exceptions.js';
import { nativeIteratorClass, PyIterator, UnknownNeeded } from '../objects/iterators.js';
import type { PyValue, Runtime } from '../objects/object.js';
import type { Frame, Machine, Suspendable } from './frame.js';

export const generatorClass = builtinClass('generator', { base: nativeIteratorClass });
export const coroutineClass = builtinClass('coroutine', { base: nativeIteratorClass });
export const asyncGeneratorClass = builtinClass('async_generator', { base: nativeIteratorClass });

/** How a resumed generator is entered: with a value, or with an exception raised at its `yield`. */
type Resumption =
  | { readonly kind: 'send'; readonly value: PyValue }
  | { readonly kind: 'throw'; readonly exception: PyException };

/** A generator, or a coroutine driven like one. */
export class PyGenerator extends PyIterator {
  #running = false;
  #state: 'fresh' | 'suspended' | 'finished' = 'fresh';
  readonly #steps: Generator<PyValue, unknown, PyValue>;
  /** What `return` gave; meaningful once finished. */
  result: PyValue = null;

  constructor(
    readonly machine: Machine,
    readonly frame: Frame,
    kind: 'generator' | 'coroutine' | 'async-generator',
    execute: Suspendable<unknown>,
    readonly name: string,
    readonly qualname: string,
  ) {
    super(
      kind === 'generator' ? generatorClass : kind === 'coroutine' ? coroutineClass : asyncGeneratorClass,
    );
    this.#steps = execute(frame);
  }

  get finished(): boolean {
    return this.#state === 'finished';
  }

  /** Whether it is suspended at a `yield`, has not begun, or is over. */
  get state(): 'fresh' | 'suspended' | 'finished' {
    return this.#state;
  }

  override next(_rt: Runtime): PyValue | undefined {
    return this.resume({ kind: 'send', value: null });
  }

  /** Runs to the next `yield`; undefined when the generator has returned. */
  resume(how: Resumption): PyValue | undefined {
    if (this.#running) return raise('ValueError', 'generator already executing');
    if (this.#state === 'finished') {
      // What it returned is told once.
      this.result = null;
      if (how.kind === 'throw') throw new PyRaise(how.exception);
      return undefined;
    }
    if (this.#state === 'fresh' && how.kind === 'send' && how.value !== null) {
      return raise('TypeError', "can't send non-None value to a just-started generator");
    }
    const { frame, machine } = this;
    this.#running = true;
    this.#state = 'suspended';
    const handling = machine.handling;
    machine.enter(frame);
    try {
      const step =
        how.kind === 'send' ? this.#steps.next(how.value) : this.#steps.throw(new PyRaise(how.exception));
      if (step.done !== true) return step.value;
      this.#state = 'finished';
      if (frame.unsettled !== undefined) throw new UnknownNeeded(frame.unsettled);
      this.result = frame.result;
      return undefined;
    } catch (thrown) {
      this.#state = 'finished';
      const raised = machine.caught(thrown);
      if (raised === undefined) throw thrown;
      const { exception } = raised;
      exception.traceback.push({ function: frame.name, span: frame.span });
      if (!exception.cls.isSubclassOf(exceptionClass('StopIteration'))) throw raised;
      const error = new PyException(exceptionClass('RuntimeError'), ['generator raised StopIteration']);
      error.cause = exception;
      error.context = exception;
      throw new PyRaise(error);
    } finally {
      machine.leave(frame);
      machine.handling = handling;
      this.#running = false;
    }
  }

  /** `generator.close()` */
  close(): void {
    if (this.#state === 'fresh') this.#state = 'finished';
    if (this.#state === 'finished') return;
    try {
      const value = this.resume({
        kind: 'throw',
        exception: new PyException(exceptionClass('GeneratorExit')),
      });
      if (value !== undefined) raise('RuntimeError', 'generator ignored GeneratorExit');
    } catch (thrown) {
      const cls = thrown instanceof PyRaise ? thrown.exception.cls : undefined;
      if (
        cls?.isSubclassOf(exceptionClass('GeneratorExit')) ||
        cls?.isSubclassOf(exceptionClass('StopIteration'))
      )
        return;
      throw thrown;
    }
  }
}

export function makeGenerator(
  machine: Machine,
  frame: Frame,
  kind: 'generator' | 'coroutine' | 'async-generator',
  execute: Suspendable<unknown>,
  name: string,
  qualname: string,
): PyGenerator {
  return new PyGenerator(machine, frame, kind, execute, name, qualname);
}

/** The StopIteration a finished generator ends with. */
export function stopIteration(value: PyValue): PyRaise {
  return new PyRaise(new PyException(exceptionClass('StopIteration'), value === null ? [] : [value]));
}
