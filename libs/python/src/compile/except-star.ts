import { PyList, PyTuple } from '../objects/containers.js';
import { exceptionClass, PyException, PyRaise } from '../objects/exceptions.js';
import { toArray } from '../operations/iteration.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { addContext, beginHandling, compileHandler, handles, noteOrigin } from './exceptions.js';
import type { CompiledHandler } from './exceptions.js';
import { NORMAL } from './frame.js';
import type { Completion, Execute, Frame } from './frame.js';

const groupClass = exceptionClass('ExceptionGroup');
const baseGroupClass = exceptionClass('BaseExceptionGroup');

/** `try` with `except*`: each handler takes what it matches out of the group, the rest is raised on. */
export function compileStarTry(c: Compiler, node: tree.Try): Execute {
  const body = c.block(node.body);
  const handlers = node.handlers.map((handler) => ({
    ...compileHandler(c, handler),
    body: c.block(handler.body),
  }));
  const orElse = c.block(node.orElse);
  return (frame) => {
    let completion: Completion;
    try {
      completion = body(frame);
    } catch (thrown) {
      const raised = frame.rt.caught(thrown);
      if (raised === undefined) throw thrown;
      noteOrigin(frame, raised);
      return handleGroup(frame, raised.exception, handlers);
    }
    return completion === NORMAL ? orElse(frame) : completion;
  };
}

function handleGroup(
  frame: Frame,
  exception: PyException,
  handlers: readonly (CompiledHandler & { readonly body: Execute })[],
): Completion {
  const isGroup = exception.cls.isSubclassOf(baseGroupClass);
  let rest: PyException | undefined = isGroup ? exception : group(exception, '', [exception]);
  let completion: Completion = NORMAL;
  for (const handler of handlers) {
    if (rest === undefined) break;
    const [taken, left] = divide(frame, handler, rest);
    if (taken === undefined) continue;
    rest = left;
    const leave = beginHandling(frame, handler, taken);
    try {
      completion = handler.body(frame);
    } catch (thrown) {
      addContext(frame, thrown, taken);
      throw thrown;
    } finally {
      leave();
    }
    if (completion !== NORMAL) return completion;
  }
  if (rest === undefined) return completion;
  throw new PyRaise(isGroup ? rest : exception);
}

function group(like: PyException, message: string, members: readonly PyException[]): PyException {
  const cls = like.cls.isSubclassOf(baseGroupClass) ? like.cls : groupClass;
  return new PyException(cls, [message, new PyList([...members])]);
}

/** What of a group a handler takes, and what it leaves; both keep the group's shape. */
function divide(
  frame: Frame,
  handler: CompiledHandler,
  whole: PyException,
): [PyException | undefined, PyException | undefined] {
  const taken: PyException[] = [];
  const left: PyException[] = [];
  for (const member of toArray(frame.rt, whole.args[1] ?? new PyTuple([]))) {
    if (!(member instanceof PyException)) continue;
    if (member.cls.isSubclassOf(baseGroupClass)) {
      const [inner, outer] = divide(frame, handler, member);
      if (inner !== undefined) taken.push(inner);
      if (outer !== undefined) left.push(outer);
    } else (handles(frame, handler, member) ? taken : left).push(member);
  }
  const message = whole.args[0];
  const text = typeof message === 'string' ? message : '';
  return [
    taken.length === 0 ? undefined : group(whole, text, taken),
    left.length === 0 ? undefined : group(whole, text, left),
  ];
}
