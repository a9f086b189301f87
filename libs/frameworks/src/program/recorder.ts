import { PyFunction, PyObject, PyUnknown } from '@tensormark/python';
import type {
  Derivation,
  Keywords,
  LoopVerdict,
  LoopWatch,
  NativeCallee,
  PyValue,
  Runtime,
  Span,
  Watcher,
} from '@tensormark/python';
import { readingOf } from '../trace/reading.js';
import { LoaderObject } from '../torch/modules/data.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { batchesOf, sizesOf } from './batches.js';
import { BACKWARD_HOOKS, callHook } from './callbacks.js';
import { callBegan, callFinished, functionEntered, moduleFinished } from './classify.js';
import { asWritten, concernsTensors, isInPlace, isOfTorchvision, ownerOf } from './calls.js';
import { derivedUnknown } from './unknowns.js';
import type { Called, ErrorRaised, ModuleCalled, ProgramEvent } from './events.js';
import type { Activation, Arm, Moment, Turn } from './moment.js';
import { outsideAll } from './moment.js';
import {
  GoneThrough,
  isEndless,
  isForAnyNumber,
  repeatedStep,
  TURNS_UNTIL_UNKNOWN,
  TURNS_WITH_NETWORKS,
  writtenLoop,
} from './loops.js';
import type { Recording } from './recording.js';
import { ranOrLeft } from './left-to-derived.js';
import { makerName, movedAnyway } from './moves.js';
import { standIn } from './stand-ins.js';
import { madeFresh, propertyRead, unknownParts, withOrigin, writtenInto } from './origins.js';
import type { CallArguments, Making } from './value.js';
import { eitherTensor } from './either.js';
import { Suppositions } from './supposed/suppositions.js';
import { Values, valuesGiven } from './values.js';

/** A function that calls itself under an unknown condition would go on for ever. */
const MOST_RECURSION = 3;
/**
 * Calls that are followed in one loop, where it neither trains nor makes nor calls a network: one that makes twenty thousand examples
 * would take all that there is for the rest of the program.
 */
const MOST_CALLS_FOR_DATA = 5000;
/** Following a call is as much work as so many steps of the program. */
const STEPS_FOLLOWED = 10;
const ENDINGS = new Set(['SystemExit', 'KeyboardInterrupt', 'StopIteration', 'GeneratorExit']);
const MOST_EVENTS = 200_000;

/** Follows a run of a program and writes down what happens in it, with where every value comes from. */
export class Recorder implements Watcher, Recording {
  readonly events: ProgramEvent[] = [];
  readonly values = new Values();
  readonly suppositions = new Suppositions();
  /** Definitions (by the place of their `def`) that were called. */
  readonly called = new Set<object>();
  /** Calls of networks from outside any other, losses, `backward` and steps so far. */
  activity = 0;
  networkCalls = 0;
  loaderTurn = false;
  readonly handedOn = new Set<PyFunction>();
  /** Calls that were followed so far, for the budget of the whole file. */
  work = 0;
  #modulesMade = 0;
  #at = 0;
  #turn: Turn | undefined;
  #arm: Arm | undefined;
  #activation: Activation | undefined;
  #guards = 0;
  #errorsSeen = 0;
  #loops = 0;
  readonly #goneThrough = new GoneThrough();
  #arms = 0;
  readonly #moduleStack: ModuleObject[] = [];
  readonly #active = new Map<object, number>();
  /** Functions of which no call has come to its end yet. */
  readonly #firstCalls = new Set<object>();
  readonly #raisedByProgram = new WeakSet<PyObject>();
  readonly #failedCalls = new WeakMap<PyObject, Called>();

  moment(rt: Runtime): Moment {
    return {
      at: this.#at++,
      span: rt.span,
      turn: this.#turn,
      arm: this.#arm,
      activation: this.#activation,
      gradients: readingOf(rt).gradients,
    };
  }

  record(event: ProgramEvent): void {
    if (this.events.length < MOST_EVENTS) this.events.push(event);
  }

  native(
    rt: Runtime,
    callee: NativeCallee,
    written: readonly PyValue[],
    keywords: Keywords | undefined,
  ): PyValue {
    const args = this.suppositions.given(written);
    const instead = standIn(this, rt, callee, args, this.#turn, this.#activation);
    if (instead !== undefined) return instead;
    if (!concernsTensors(args, keywords))
      return madeFresh(rt, this.values, callee.name, args, keywords, callee.body(rt, args, keywords));
    const [self] = args;
    const { name } = callee;
    if (self instanceof ModuleObject && callee.binds) {
      // Called by itself from outside, forward() is a call of the module all the same.
      const isForward = name === 'forward';
      if (isForward && this.#moduleStack.length > 0) return this.#forward(rt, self, callee, args, keywords);
      if (isForward || name === '__call__') return this.#callModule(rt, self, callee, args, keywords);
      if (name === '__getattr__') return callee.body(rt, args, keywords);
    }
    if (self instanceof LoaderObject && name === '__iter__') return this.#iterate(rt, self);
    if (name === '__init__' && self instanceof ModuleObject) {
      this.values.madeAt(self, this.moment(rt));
      this.#modulesMade++;
    }
    this.work++;
    rt.step(STEPS_FOLLOWED);
    const given = asWritten(name, this.values.arguments(rt, args, keywords));
    const call: Called = {
      kind: 'call',
      name,
      owner: ownerOf(callee, self),
      args: given,
      result: undefined,
      moment: this.moment(rt),
    };
    this.record(call);
    callBegan(this, rt, call, self, args);
    if (BACKWARD_HOOKS.has(name)) callHook(rt, args[1] ?? keywords?.get('hook') ?? null);
    let result: PyValue;
    try {
      result = movedAnyway(rt, callee, args, keywords);
    } catch (thrown) {
      this.#failed(thrown, call);
      throw thrown;
    } finally {
      this.#collectErrors(rt, call);
    }
    const standing = this.#derive(rt, name, given, args, keywords, result);
    call.result = this.values.datum(rt, standing);
    callFinished(this, rt, call, self);
    return standing;
  }

  #failed(thrown: unknown, call: Called): void {
    if (typeof thrown !== 'object' || thrown === null || !('exception' in thrown)) return;
    const { exception } = thrown;
    if (exception instanceof PyObject && !this.#failedCalls.has(exception))
      this.#failedCalls.set(exception, call);
  }

  /** Errors that were recorded because reading goes on after them. */
  #collectErrors(rt: Runtime, call: Called | undefined, args?: CallArguments): void {
    const { errors } = readingOf(rt);
    for (; this.#errorsSeen < errors.length; this.#errorsSeen++) {
      const error = errors[this.#errorsSeen];
      if (error === undefined) continue;
      const { type, message, exact } = error;
      this.#error(rt, { type, message, exact, call, args: args ?? call?.args, from: 'torch' });
    }
  }

  #error(
    rt: Runtime,
    error: Pick<ErrorRaised, 'type' | 'message' | 'exact' | 'call' | 'args' | 'from'>,
  ): void {
    const module = this.#moduleStack.at(-1);
    this.record({
      kind: 'error',
      ...error,
      module: module && this.values.moduleOf(module),
      moment: this.moment(rt),
    });
  }

  /** Gives what a call came to its origin; an unknown that only passed through becomes one of its own. */
  #derive(
    rt: Runtime,
    name: string,
    given: CallArguments,
    args: readonly PyValue[],
    keywords: Keywords | undefined,
    result: PyValue,
  ): PyValue {
    if (name === '__setitem__') writtenInto(rt, this.values, given, args);
    if (result === null || typeof result !== 'object') return result;
    const made: Making = { kind: 'operation', name: makerName(name, args), args: given };
    return withOrigin(rt, this.values, made, valuesGiven(given), isInPlace(name), args, keywords, result);
  }

  #callModule(
    rt: Runtime,
    module: ModuleObject,
    callee: NativeCallee,
    args: readonly PyValue[],
    keywords: Keywords | undefined,
  ): PyValue {
    const event: ModuleCalled = {
      kind: 'module-call',
      module: this.values.moduleOf(module),
      args: this.values.arguments(rt, args.slice(1), keywords),
      result: undefined,
      depth: this.#moduleStack.length,
      training: module.training,
      moment: this.moment(rt),
    };
    this.record(event);
    if (this.#moduleStack.length === 0) this.networkCalls++;
    this.#moduleStack.push(module);
    let result: PyValue;
    try {
      if (callee.name === 'forward') result = this.#forward(rt, module, callee, args, keywords);
      else result = ranOrLeft(rt, module, callee, args, keywords);
      this.#collectErrors(rt, undefined);
    } finally {
      this.#moduleStack.pop();
    }
    if (result instanceof PyUnknown && !this.values.has(result)) {
      const inputs = valuesGiven(event.args);
      result = this.values.unknown(rt, result.reason, { kind: 'module', module: event.module }, inputs);
    }
    event.result = this.values.datum(rt, result);
    moduleFinished(this, rt, event);
    return result;
  }

  /** The forward of one of PyTorch's own layers. */
  #forward(
    rt: Runtime,
    module: ModuleObject,
    callee: NativeCallee,
    args: readonly PyValue[],
    keywords: Keywords | undefined,
  ): PyValue {
    const taken = args.slice(1);
    const given = this.values.arguments(rt, taken, keywords);
    let result: PyValue;
    try {
      result = callee.body(rt, args, keywords);
    } finally {
      this.#collectErrors(rt, undefined, given);
    }
    const isOwn = module.layer === undefined && module.unreadable === undefined;
    if (isOwn && !module.cls.native) return result;
    const owner = this.values.moduleOf(module);
    const name = module.layer?.type ?? module.cls.name;
    const inputs = valuesGiven(given);
    // One of PyTorch's that is made of layers, as an encoder is: what it gives comes of it, unless a layer in it gave that.
    const made: Making = isOwn ? { kind: 'module', module: owner } : { kind: 'layer', name, module: owner };
    if (made.kind === 'layer' && result instanceof PyUnknown)
      // Never the unknown that the layer itself was made of: what it gives is a value of its own.
      return (
        unknownParts(rt, this.values, made, inputs, result.reason) ??
        this.values.unknown(rt, result.reason, made, inputs)
      );
    return withOrigin(rt, this.values, made, inputs, false, taken, keywords, result);
  }

  #iterate(rt: Runtime, loader: LoaderObject): PyValue {
    const known = this.values.loaderOf(loader);
    const sizes = sizesOf(rt, this, loader, known);
    if (known !== undefined) {
      this.activity++;
      this.record({ kind: 'loader-iterated', loader: known, last: sizes?.last, moment: this.moment(rt) });
    }
    return batchesOf(rt, this, loader, known, sizes);
  }

  property(rt: Runtime, name: string, instance: PyValue, value: PyValue): PyValue {
    return propertyRead(rt, this.values, name, instance, value);
  }

  assigned(rt: Runtime, name: string, instance: PyValue, value: PyValue): void {
    if (!(instance instanceof TensorObject)) return;
    const of = this.values.valueOf(rt, instance);
    this.record({
      kind: 'tensor-set',
      of,
      name,
      value: this.values.datum(rt, value),
      moment: this.moment(rt),
    });
    if (name === 'requires_grad' && value === true) this.values.nowLearns(rt, instance);
    if (name === 'grad' && value === null)
      this.record({ kind: 'zero-grad', of: 'parameters', moment: this.moment(rt) });
  }

  derived(rt: Runtime, from: Derivation): PyValue {
    this.work++;
    rt.step(STEPS_FOLLOWED);
    const supposed = this.suppositions.setting(from);
    if (supposed !== undefined) return supposed;
    return derivedUnknown(rt, this, from);
  }

  either(rt: Runtime, one: PyObject, other: PyObject): PyValue | undefined {
    return eitherTensor(rt, this.values, one, other);
  }

  enter(rt: Runtime, callee: PyObject, args: readonly PyValue[]): PyValue | undefined {
    if (!(callee instanceof PyFunction)) return undefined;
    const { code } = callee;
    const depth = this.#active.get(code) ?? 0;
    if (depth >= MOST_RECURSION && (this.#arm !== undefined || isForAnyNumber(this.#turn, code.span)))
      return this.values.unknown(
        rt,
        `what ${callee.name} gives when it calls itself`,
        { kind: 'unknown', reason: 'recursion' },
        [],
      );
    if (!this.called.has(code)) this.#firstCalls.add(code);
    this.called.add(code);
    this.#active.set(code, depth + 1);
    this.#activation = {
      id: this.#at++,
      name: callee.name,
      calledAt: rt.span,
      outer: this.#activation,
    };
    functionEntered(this, rt, callee.name, args);
    return undefined;
  }

  leave(callee: PyObject, isBound: boolean): void {
    this.#activation = this.#activation?.outer;
    if (!(callee instanceof PyFunction)) return;
    // A function whose only call did not fit it has not been read yet; a method without self never fits.
    const isFit = !callee.qualname.includes('.') || callee.signature.parameters[0]?.name === 'self';
    if (this.#firstCalls.delete(callee.code) && !isBound && isFit) this.called.delete(callee.code);
    this.#active.set(callee.code, (this.#active.get(callee.code) ?? 1) - 1);
  }

  arm(_rt: Runtime, condition: Span, holds: boolean): () => void {
    const outer = this.#arm;
    const [turn, activation, guards] = [this.#turn, this.#activation, this.#guards];
    const depth = this.#moduleStack.length;
    this.#arm = { condition, holds, outer };
    this.#arms++;
    return () => {
      this.#arm = outer;
      this.#turn = turn;
      this.#activation = activation;
      this.#guards = guards;
      this.#moduleStack.length = Math.min(depth, this.#moduleStack.length);
    };
  }

  loop(_rt: Runtime, span: Span, items: PyValue | undefined): LoopWatch {
    const loop = writtenLoop(this.#loops++, span, items);
    const outer = this.#turn;
    const before = this.activity;
    const networksBefore = this.networkCalls;
    const madeBefore = this.#modulesMade;
    const workBefore = this.work;
    const armsBefore = this.#arms;
    const endless = isEndless(span);
    const isAgain = this.#goneThrough.before(span, outer);
    this.loaderTurn = false;
    return {
      turn: (index) => {
        if (this.loaderTurn) {
          loop.overLoader = true;
          loop.cut = true;
        }
        this.loaderTurn = false;
        loop.turns = index + 1;
        this.#turn = { loop, index, outer };
      },
      after: (index): LoopVerdict => {
        const trains = this.activity > before || loop.overLoader;
        const stands = trains || (index >= TURNS_WITH_NETWORKS && this.networkCalls > networksBefore);
        const isForData = !trains && this.networkCalls === networksBefore && this.#modulesMade === madeBefore;
        if (isForData && this.work - workBefore > MOST_CALLS_FOR_DATA) return 'forget';
        const isUntilUnknown = endless && this.#arms > armsBefore && index + 1 >= TURNS_UNTIL_UNKNOWN;
        if (!stands && !isUntilUnknown) return 'on';
        loop.cut = true;
        // Batches of a later epoch leave nothing for each other that those of the first have not left.
        return isAgain && loop.overLoader ? 'stop' : 'last';
      },
      leave: () => {
        this.#turn = outer;
        if (loop.overLoader) this.#goneThrough.add(span, outer);
      },
    };
  }

  /** Runs a step of training as what calls it would: again and again. */
  repeatedly(span: Span, run: () => void): void {
    const outer = this.#turn;
    const loop = repeatedStep(this.#loops++, span);
    for (let index = 0; index < loop.turns; index++) {
      this.#turn = { loop, index, outer };
      run();
    }
    this.#turn = outer;
  }

  raises(rt: Runtime, exception: PyObject): void {
    if (!isOfTorchvision(rt.span)) this.#raisedByProgram.add(exception);
  }

  guard(): () => void {
    this.#guards++;
    return () => {
      if (this.#guards > 0) this.#guards--;
    };
  }

  uncaught(exception: PyObject, type: string, message: string, span: Span | undefined): void {
    if (ENDINGS.has(type) || this.#raisedByProgram.has(exception)) return;
    this.record({
      kind: 'error',
      type,
      message,
      exact: true,
      call: this.#failedCalls.get(exception),
      args: this.#failedCalls.get(exception)?.args,
      module: undefined,
      from: 'python',
      moment: outsideAll(this.#at++, span),
    });
  }

  recovers(rt: Runtime, exception: PyObject, type: string, message: string): boolean {
    if (this.#guards > 0 || ENDINGS.has(type) || this.#raisedByProgram.has(exception)) return false;
    const call = this.#failedCalls.get(exception);
    this.#error(rt, { type, message, exact: true, call, args: call?.args, from: 'python' });
    return true;
  }
}
