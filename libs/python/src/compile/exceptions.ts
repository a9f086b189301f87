import { UnknownNeeded } from '../objects/iterators.js';
import { typeOf } from '../objects/classes.js';
import { PyTuple } from '../objects/containers.js';
import { baseExceptionClass, exceptionClass, PyException, PyRaise, raise } from '../objects/exceptions.js';
import { PyClass } from '../objects/object.js';
import type { PyValue } from '../objects/object.js';
import { unknownBase } from '../operations/attributes.js';
import { truth } from '../operations/conversion.js';
import type { Span } from '../source/text.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { stubbedNames } from './failed-statements.js';
import { NORMAL, RETURN } from './frame.js';
import type { Completion, Evaluate, Execute, Frame, Store } from './frame.js';
import { isUnknown } from './names.js';

export function compileRaise(c: Compiler, node: tree.Raise): Execute {
  const { span } = node;
  if (node.exception === undefined) {
    return (frame) => {
      frame.span = span;
      const { handling } = frame.rt;
      if (handling === null) return raise('RuntimeError', 'No active exception to reraise');
      throw new PyRaise(handling);
    };
  }
  const exception = c.expression(node.exception);
  const cause = node.cause && c.expression(node.cause);
  return (frame) => {
    // On a way that was guessed, an exception says that the guess was wrong.
    if (frame.guessed !== undefined) {
      frame.result = frame.guessed;
      return RETURN;
    }
    const value = exception(frame);
    frame.span = span;
    const raised = asException(frame, value);
    if (cause !== undefined) {
      const from = cause(frame);
      raised.cause = from === null ? null : asCause(frame, from);
      raised.suppressContext = true;
    }
    const { handling } = frame.rt;
    if (handling !== raised && raised.context === null) raised.context = handling;
    frame.rt.watcher?.raises(frame.rt, raised);
    throw new PyRaise(raised);
  };
}

function asException(frame: Frame, value: PyValue): PyException {
  if (isUnknown(value))
    return new PyException(exceptionClass('Exception'), [`an exception that is unknown: ${value.reason}`]);
  const made =
    value instanceof PyClass && value.isSubclassOf(baseExceptionClass) ? frame.rt.call(value, []) : value;
  return made instanceof PyException ? made : raise('TypeError', 'exceptions must derive from BaseException');
}

function asCause(frame: Frame, value: PyValue): PyValue {
  const made = value instanceof PyClass ? frame.rt.call(value, []) : value;
  return made instanceof PyException
    ? made
    : raise('TypeError', 'exception causes must derive from BaseException');
}

export interface CompiledHandler {
  readonly type: Evaluate | undefined;
  readonly span: Span;
  readonly name: string | undefined;
  readonly bind: Store | undefined;
  readonly unbind: ((frame: Frame) => void) | undefined;
}

export function compileHandler(c: Compiler, node: tree.ExceptHandler): CompiledHandler {
  const { name } = node;
  return {
    type: node.type && c.expression(node.type),
    span: node.span,
    name,
    bind: name === undefined ? undefined : c.storeName(name),
    unbind: name === undefined ? undefined : forget(c, name),
  };
}

/** `del name`, without complaint if the handler has deleted it itself. */
function forget(c: Compiler, name: string): (frame: Frame) => void {
  const storage = c.scope.storage(name);
  return (frame) => {
    if (storage.kind === 'slot') frame.locals[storage.index] = undefined;
    else if (storage.kind === 'cell') {
      const cell = frame.cells[storage.index];
      if (cell !== undefined) cell.value = undefined;
    } else
      (storage.kind === 'namespace' && frame.namespace !== undefined
        ? frame.namespace
        : frame.globals.namespace
      ).delete(name);
  };
}

/** Whether a handler takes an exception. */
export function handles(frame: Frame, handler: CompiledHandler, exception: PyException): boolean {
  if (handler.type === undefined) return true;
  const type = handler.type(frame);
  frame.span = handler.span;
  return matches(type, exception);
}

function matches(type: PyValue, exception: PyException): boolean {
  if (isUnknown(type)) return false;
  if (type instanceof PyTuple) return type.items.some((item) => matches(item, exception));
  if (type instanceof PyClass && type.isSubclassOf(baseExceptionClass))
    return exception.cls.isSubclassOf(type);
  return raise('TypeError', 'catching classes that do not inherit from BaseException is not allowed');
}

export function compileTry(c: Compiler, node: tree.Try): Execute {
  const guarded = guardsImports(node);
  const body = guarded ? c.guardingImports(() => c.block(node.body)) : c.block(node.body);
  const handlers = node.handlers.map((handler) => ({
    ...compileHandler(c, handler),
    body: c.block(handler.body),
  }));
  const orElse = c.block(node.orElse);
  const finalBody = node.finalBody.length === 0 ? undefined : c.block(node.finalBody);
  const hasElse = node.orElse.length > 0;
  const catches = node.handlers.some((handler) => catchesErrors(handler.type));
  const stubs = guarded ? stubbedNames(node).map((name) => c.storeName(name)) : [];
  const main: Execute =
    handlers.length === 0
      ? body
      : (frame) => {
          let completion: Completion;
          const leave = catches ? frame.rt.watcher?.guard() : undefined;
          try {
            completion = body(frame);
          } catch (thrown) {
            const raised = frame.rt.caught(thrown);
            if (raised === undefined) throw thrown;
            leave?.();
            noteOrigin(frame, raised);
            for (const handler of handlers) {
              if (handles(frame, handler, raised.exception)) {
                const done = duringHandling(frame, handler, raised.exception, () => handler.body(frame));
                if (frame.rt.watcher !== undefined)
                  for (const store of stubs)
                    store(frame, frame.rt.unknown('what is imported, or stands in for it'));
                return done;
              }
            }
            throw raised;
          }
          leave?.();
          return completion === NORMAL && hasElse ? orElse(frame) : completion;
        };
  return finalBody === undefined ? main : withFinally(main, finalBody);
}

/** Makes sure an exception knows where it was raised even if it is caught in the same frame. */
export function noteOrigin(frame: Frame, raised: PyRaise): void {
  const { traceback } = raised.exception;
  if (traceback.length === 0) traceback.push({ function: frame.name, span: frame.span });
}

/** Runs a handler's body with its exception bound and known as the one being handled. */
function duringHandling(
  frame: Frame,
  handler: CompiledHandler,
  exception: PyException,
  run: () => Completion,
): Completion {
  const leave = beginHandling(frame, handler, exception);
  try {
    return run();
  } catch (thrown) {
    addContext(frame, thrown, exception);
    throw thrown;
  } finally {
    leave();
  }
}

/** Binds the exception; what it returns unbinds it and restores the one handled before. */
export function beginHandling(frame: Frame, handler: CompiledHandler, exception: PyException): () => void {
  const { rt } = frame;
  const outer = rt.handling;
  rt.handling = exception;
  handler.bind?.(frame, exception);
  return () => {
    rt.handling = outer;
    handler.unbind?.(frame);
  };
}

/** An exception raised while another was handled remembers that one. */
export function addContext(frame: Frame, thrown: unknown, handled: PyException): void {
  const raised = frame.rt.caught(thrown);
  if (raised !== undefined && raised.exception !== handled && raised.exception.context === null) {
    raised.exception.context = handled;
  }
}

/** Runs `finalBody` however `main` ends, but for a spent budget. */
export function withFinally(main: Execute, finalBody: Execute): Execute {
  return (frame) => {
    let completion: Completion;
    try {
      completion = main(frame);
    } catch (thrown) {
      const raised = frame.rt.caught(thrown);
      if (raised === undefined) throw thrown;
      noteOrigin(frame, raised);
      const { rt } = frame;
      const outer = rt.handling;
      rt.handling = raised.exception;
      let last: Completion;
      try {
        last = finalBody(frame);
      } finally {
        rt.handling = outer;
      }
      if (last !== NORMAL) return last;
      throw raised;
    }
    const { result } = frame;
    const last = finalBody(frame);
    if (last !== NORMAL) return last;
    frame.result = result;
    return completion;
  };
}

const IMPORT_CATCHERS = new Set(['ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException']);

/**
 * Whether there is another way for modules that cannot be imported. Where a handler only says that one is missing the program is
 * meant to be run with it.
 */
export function guardsImports({ handlers }: tree.Try): boolean {
  return handlers.some(({ type, body }) => catchesImportErrors(type) && body.at(-1)?.kind !== 'Raise');
}

function catchesImportErrors(type: tree.Expression | undefined): boolean {
  if (type === undefined) return true;
  if (type.kind === 'Name') return IMPORT_CATCHERS.has(type.id);
  return type.kind === 'Tuple' && type.items.some(catchesImportErrors);
}

const CATCHING_NO_ERRORS = new Set([
  'ImportError',
  'ModuleNotFoundError',
  'KeyboardInterrupt',
  'SystemExit',
  'StopIteration',
  'FileNotFoundError',
  'OSError',
  'IOError',
]);

/** Whether a handler may be there for what goes wrong in the program itself. */
function catchesErrors(type: tree.Expression | undefined): boolean {
  if (type === undefined) return true;
  if (type.kind === 'Name') return !CATCHING_NO_ERRORS.has(type.id);
  return type.kind !== 'Tuple' || type.items.some(catchesErrors);
}

/** A context manager entered: its value, and how to leave it (true: the exception is swallowed). */
export interface Entered {
  readonly value: PyValue;
  readonly exit: (raised: PyRaise | undefined) => boolean;
}

/** Enters a context manager. An unknown one gives itself and swallows nothing. */
export function enterContext(frame: Frame, manager: PyValue, span: Span, isAsync: boolean): Entered {
  const { rt } = frame;
  frame.span = span;
  if (isUnknown(manager)) return { value: manager, exit: () => false };
  const cls = typeOf(manager);
  const enter = cls.lookup(isAsync ? '__aenter__' : '__enter__');
  const exit = cls.lookup(isAsync ? '__aexit__' : '__exit__');
  if (enter === undefined || exit === undefined) {
    const base = unknownBase(rt, manager);
    if (base !== undefined) return { value: base, exit: () => false };
    const missing = enter !== undefined && !isAsync ? ' (missed __exit__ method)' : '';
    return raise(
      'TypeError',
      `'${cls.name}' object does not support the ${isAsync ? 'asynchronous ' : ''}context manager protocol${missing}`,
    );
  }
  const leave = rt.bind(exit, manager);
  const value = rt.call(rt.bind(enter, manager), []);
  return {
    value,
    exit: (raised) => {
      frame.span = span;
      if (raised === undefined) {
        rt.call(leave, [null, null, null]);
        return false;
      }
      const { exception } = raised;
      const result = rt.call(leave, [exception.cls, exception, null]);
      return !isUnknown(result) && truth(rt, result);
    },
  };
}

export function compileWith(c: Compiler, node: tree.With): Execute {
  let run = c.block(node.body);
  for (const item of node.items.toReversed()) {
    const context = c.expression(item.context);
    const store = item.target && c.store(item.target);
    const { span } = item.context;
    const inner = run;
    run = (frame) => {
      const entered = enterContext(frame, context(frame), span, node.isAsync);
      let completion: Completion;
      try {
        store?.(frame, entered.value);
        completion = inner(frame);
      } catch (thrown) {
        return leaveContextBy(frame, entered, thrown);
      }
      leaveContext(frame, entered);
      return completion;
    };
  }
  return run;
}

/** Leaves a context manager behind its block, whose result stays what it was. */
export function leaveContext(frame: Frame, entered: Entered): void {
  const { result } = frame;
  entered.exit(undefined);
  frame.result = result;
}

/** Leaves a context manager by what its block threw, which goes on unless it is an exception that the manager swallows. */
export function leaveContextBy(frame: Frame, entered: Entered, thrown: unknown): Completion {
  const raised = frame.rt.caught(thrown);
  if (raised === undefined) {
    leaveUnknown(entered, thrown);
    throw thrown;
  }
  noteOrigin(frame, raised);
  if (exitHandling(frame, entered, raised)) return NORMAL;
  throw raised;
}

/** Leaves a context manager where what is unknown ends the function: what it has changed must not stay so. */
function leaveUnknown(entered: Entered, thrown: unknown): void {
  if (thrown instanceof UnknownNeeded) entered.exit(undefined);
}

/** Leaves a context manager with an exception; true if it swallows it. */
function exitHandling(frame: Frame, entered: Entered, raised: PyRaise): boolean {
  const { rt } = frame;
  const outer = rt.handling;
  rt.handling = raised.exception;
  try {
    return entered.exit(raised);
  } finally {
    rt.handling = outer;
  }
}
