import { builtinClass } from '../objects/classes.js';
import { PyMethod } from '../objects/callables.js';
import { UnknownNeeded } from '../objects/iterators.js';
import type { PyModule } from '../objects/module.js';
import { PyObject } from '../objects/object.js';
import type { Keywords, PyClass, PyValue, Runtime } from '../objects/object.js';
import { UnknownArguments } from '../objects/unknown.js';
import type { PyUnknown } from '../objects/unknown.js';
import { PyRaise } from '../objects/exceptions.js';
import type { Signature } from '../objects/signature.js';
import { bindArguments } from '../native/bind.js';
import type { Span } from '../source/text.js';
import type { Statement } from '../syntax/tree.js';
import { FunctionAnnotations } from './annotations.js';
import type { LazyAnnotation } from './annotations.js';
import { Cell, Frame } from './frame.js';
import type { Execute, Machine, Suspendable } from './frame.js';
import { eitherOfAll } from './joined.js';
import { keepOthers } from './other-tuples.js';
import { makeGenerator } from './generator.js';

export const functionClass = builtinClass('function');
functionClass.open = true;

/** How a function's body runs. */
export type Body =
  | { readonly kind: 'plain'; readonly execute: Execute }
  | { readonly kind: 'generator' | 'coroutine' | 'async-generator'; readonly execute: Suspendable<unknown> };

/** What there is to know of parameters for most calls. */
export interface Arity {
  readonly count: number;
  /** Only ordinary parameters: arguments go to slots as they come. */
  readonly isSimple: boolean;
}

/** What is the same for all functions made from one `def`; the body is compiled when first called. */
export interface Code {
  readonly name: string;
  readonly span: Span;
  readonly doc: string | null;
  /** The statements of a `def`; a lambda has none. */
  readonly body: readonly Statement[] | undefined;
  readonly arity: Arity;
  /** Made on first call; `details` before that is not to be asked. */
  details(): CodeDetails;
}

export interface CodeDetails {
  readonly body: Body;
  readonly slotNames: readonly string[];
  readonly cellNames: readonly string[];
  readonly ownCellCount: number;
  /** Parameters that inner functions capture: slot and cell. */
  readonly cellParameters: readonly (readonly [slot: number, cell: number])[];
}

/** Where a function's annotations are among its attributes: under a name that no program can write. */
const ANNOTATIONS = '\0annotations';

/** A function written in Python. */
export class PyFunction extends PyObject {
  name: string;
  #signature: Signature | (() => Signature);
  #doc: PyValue | undefined = undefined;
  /** A decorator nobody knows, taken as having no effect: it may give or keep back arguments. */
  calledThrough: PyUnknown | undefined = undefined;
  /** Whose docstring it has, where none was given. */
  #documented: Code;

  constructor(
    readonly machine: Machine,
    readonly code: Code,
    public qualname: string,
    /** Parameters with the defaults evaluated at `def`; a function that reads them, where they are constants. */
    signature: Signature | (() => Signature),
    readonly globals: PyModule,
    /** Cells of the variables it captures. */
    readonly closure: readonly Cell[],
    /** Evaluates the annotations when someone asks for them. */
    readonly annotations: () => ReadonlyMap<string, LazyAnnotation>,
  ) {
    super(functionClass);
    this.name = code.name;
    this.#signature = signature;
    this.#documented = code;
  }

  get signature(): Signature {
    const known = this.#signature;
    if (typeof known !== 'function') return known;
    const signature = known();
    this.#signature = signature;
    return signature;
  }

  get doc(): PyValue {
    return this.#doc === undefined ? this.#documented.doc : this.#doc;
  }

  set doc(doc: PyValue) {
    this.#doc = doc;
  }

  /** Takes over another's docstring, which is not read before someone asks for it. */
  documentAs(other: PyFunction): void {
    this.#doc = other.#doc;
    this.#documented = other.#documented;
  }

  /** What `__annotations__` is, or is evaluated from. */
  get annotated(): PyValue {
    this.attributes ??= new Map<string, PyValue>();
    const known = this.attributes.get(ANNOTATIONS);
    if (known !== undefined) return known;
    const annotated = new FunctionAnnotations(this.annotations);
    this.attributes.set(ANNOTATIONS, annotated);
    return annotated;
  }

  set annotated(value: PyValue) {
    this.attributes ??= new Map<string, PyValue>();
    this.attributes.set(ANNOTATIONS, value);
  }

  override get isDataDescriptor(): boolean {
    return false;
  }

  override bindTo(_rt: Runtime, _owner: PyClass, instance: PyValue | undefined): PyValue {
    return instance === undefined ? this : new PyMethod(instance, this);
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    const { watcher } = rt;
    if (watcher === undefined) return this.#run(this.#bind(args, keywords));
    const standIn = watcher.enter(rt, this, args);
    if (standIn !== undefined) return standIn;
    let isBound = false;
    try {
      const locals = this.#bind(args, keywords);
      isBound = true;
      return this.#run(locals);
    } finally {
      watcher.leave(this, isBound);
    }
  }

  #run(locals: (PyValue | undefined)[]): PyValue {
    const { code } = this;
    const details = code.details();
    const cells: Cell[] = [];
    for (let index = 0; index < details.ownCellCount; index++) cells.push(new Cell());
    for (const cell of this.closure) cells.push(cell);
    for (const [slot, cell] of details.cellParameters) {
      const target = cells[cell];
      if (target !== undefined) target.value = locals[slot];
    }
    const frame = new Frame(this.machine, this.qualname, this.globals, code.span, locals, cells);
    frame.names = details;
    const { body } = details;
    return body.kind === 'plain'
      ? runBody(this.machine, frame, body.execute)
      : makeGenerator(this.machine, frame, body.kind, body.execute, this.name, this.qualname);
  }

  #bind(args: readonly PyValue[], keywords: Keywords | undefined): (PyValue | undefined)[] {
    const { count, isSimple } = this.code.arity;
    if (isSimple && keywords === undefined && args.length <= count) {
      const locals: (PyValue | undefined)[] = [...args];
      const { parameters } = this.signature;
      let complete = !(args[args.length - 1] instanceof UnknownArguments);
      for (let index = args.length; index < count; index++) {
        const fallback = parameters[index]?.fallback;
        if (fallback === undefined) complete = false;
        locals.push(fallback);
      }
      if (complete) return locals;
    }
    const through = this.calledThrough;
    if (through === undefined) return bindArguments(this.machine, this.signature, args, keywords);
    const more = new UnknownArguments(through);
    return (
      this.#bindIfAble(args, keywords) ??
      this.#bindIfAble([...args, more], keywords) ??
      bindArguments(this.machine, this.signature, [more], undefined)
    );
  }

  #bindIfAble(args: readonly PyValue[], keywords: Keywords | undefined): PyValue[] | undefined {
    try {
      return bindArguments(this.machine, this.signature, args, keywords);
    } catch (thrown) {
      if (thrown instanceof PyRaise) return undefined;
      throw thrown;
    }
  }
}

/** Runs a body in its frame; an exception on its way out collects the frame for its traceback. */
export function runBody(machine: Machine, frame: Frame, execute: Execute): PyValue {
  machine.enter(frame);
  try {
    execute(frame);
    if (frame.mayHaveGiven !== undefined) {
      keepOthers(frame.result, frame.mayHaveGiven);
      frame.result = eitherOfAll(frame.rt, frame.result, frame.mayHaveGiven);
    }
    return frame.unsettled ?? frame.result;
  } catch (thrown) {
    if (thrown instanceof UnknownNeeded) return thrown.unknown;
    const raised = machine.caught(thrown);
    if (raised === undefined) throw thrown;
    raised.exception.traceback.push({ function: frame.name, span: frame.span });
    throw raised;
  } finally {
    machine.leave(frame);
  }
}
