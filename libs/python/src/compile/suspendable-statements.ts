import type { PyIterator } from '../objects/iterators.js';
import type { PyValue, Watcher } from '../objects/object.js';
import { raise } from '../objects/exceptions.js';
import { typeOf } from '../objects/classes.js';
import { specialMethod } from '../operations/attributes.js';
import { truthOrUnknown } from '../operations/conversion.js';
import { getIterator } from '../operations/iteration.js';
import type * as tree from '../syntax/tree.js';
import { eachBlock } from '../syntax/walk.js';
import type { Compiler } from './context.js';
import {
  addContext,
  beginHandling,
  guardsImports,
  compileHandler,
  enterContext,
  handles,
  leaveContext,
  leaveContextBy,
  noteOrigin,
} from './exceptions.js';
import { BREAK, NORMAL, RETURN } from './frame.js';
import type { Completion, Frame } from './frame.js';
import { PyGenerator } from './generator.js';
import { isUnknown } from './names.js';
import { PyUnknown } from '../objects/unknown.js';
import { compileUndecidedIf, UndecidedLoop, mayBeOver, nextItem, patienceOf } from './undecided.js';
import { effectsOf } from './writes.js';
import { statementSuspends } from './rewrite.js';
import { hoistStatement, suspendableExpression } from './suspendable.js';
import type { ExpressionStep, Step } from './suspendable.js';

export type BlockStep = Step<Completion>;

/** Whether a statement, with all its blocks, suspends anywhere. */
function reaches(node: tree.Statement): boolean {
  if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') return statementSuspends(node);
  if ((node.kind === 'For' || node.kind === 'With') && node.isAsync) return true;
  if (statementSuspends(node)) return true;
  let found = false;
  eachBlock(node, (body) => {
    found ||= body.some(reaches);
  });
  return found;
}

/** A block of a generator: plain statements stay plain. */
export function suspendableBlock(c: Compiler, body: readonly tree.Statement[]): BlockStep {
  if (!body.some(reaches)) return { kind: 'plain', run: c.block(body) };
  const steps = body.map((node) => suspendableStatement(c, node));
  return {
    kind: 'suspendable',
    *run(frame) {
      for (const step of steps) {
        const completion = step.kind === 'plain' ? step.run(frame) : yield* step.run(frame);
        if (completion !== NORMAL) return completion;
      }
      return NORMAL;
    },
  };
}

function suspendableStatement(c: Compiler, node: tree.Statement): BlockStep {
  if (!reaches(node)) return { kind: 'plain', run: c.statement(node) };
  switch (node.kind) {
    case 'Expr':
    case 'Assign':
    case 'AugAssign':
      return {
        kind: 'suspendable',
        run: hoistStatement(c, node, (replace) => ({ ...node, value: replace(node.value) })),
      };
    case 'AnnAssign':
    case 'Return':
      return {
        kind: 'suspendable',
        run: hoistStatement(c, node, (replace) => ({ ...node, value: node.value && replace(node.value) })),
      };
    case 'Raise':
      return {
        kind: 'suspendable',
        run: hoistStatement(c, node, (replace) => ({
          ...node,
          exception: node.exception && replace(node.exception),
        })),
      };
    case 'Assert':
      return {
        kind: 'suspendable',
        run: hoistStatement(c, node, (replace) => ({ ...node, test: replace(node.test) })),
      };
    case 'If':
      return { kind: 'suspendable', run: ifStatement(c, node) };
    case 'While':
      return { kind: 'suspendable', run: whileStatement(c, node) };
    case 'For':
      return { kind: 'suspendable', run: forStatement(c, node) };
    case 'With':
      return { kind: 'suspendable', run: withStatement(c, node) };
    case 'Try':
      return { kind: 'suspendable', run: tryStatement(c, node) };
    case 'Match':
      return { kind: 'suspendable', run: matchStatement(c, node) };
    default:
      return { kind: 'plain', run: c.statement(node) };
  }
}

type Run = (frame: Frame) => Generator<PyValue, Completion, PyValue>;

function* runStep<T>(step: Step<T>, frame: Frame): Generator<PyValue, T, PyValue> {
  return step.kind === 'plain' ? step.run(frame) : yield* step.run(frame);
}

function* holds(test: ExpressionStep, frame: Frame): Generator<PyValue, boolean | PyUnknown, PyValue> {
  return truthOrUnknown(frame.rt, yield* runStep(test, frame));
}

function ifStatement(c: Compiler, node: tree.If): Run {
  const test = suspendableExpression(c, node.test);
  const body = suspendableBlock(c, node.body);
  const orElse = suspendableBlock(c, node.orElse);
  const undecided = compileUndecidedIf(c, node);
  const yieldsIn = effectsOf(node.body).yields ? body : effectsOf(node.orElse).yields ? orElse : undefined;
  return function* run(frame) {
    const is = yield* holds(test, frame);
    if (typeof is === 'boolean') return yield* runStep(is ? body : orElse, frame);
    // Watched, what a generator may give is followed rather than left out.
    if (frame.rt.watcher !== undefined && yieldsIn !== undefined) return yield* runStep(yieldsIn, frame);
    const way = undecided(frame, is);
    if (way === 'body' || way === 'else') return yield* runStep(way === 'body' ? body : orElse, frame);
    return way;
  };
}

function whileStatement(c: Compiler, node: tree.While): Run {
  const test = suspendableExpression(c, node.test);
  const body = suspendableBlock(c, node.body);
  const orElse = suspendableBlock(c, node.orElse);
  const undecided = new UndecidedLoop(c, node);
  return function* run(frame) {
    const returnedBefore = frame.mayHaveReturned;
    const patience = patienceOf(frame);
    for (let count = 1; ; count++) {
      const is = yield* holds(test, frame);
      if (typeof is !== 'boolean' && (frame.rt.watcher === undefined || count > TURNS_OF_UNKNOWN)) {
        undecided.unknown(frame, is);
        return NORMAL;
      }
      if (is === false) return yield* runStep(orElse, frame);
      frame.rt.step();
      if (frame.rt.fuel < patience) return undecided.tooLong(frame);
      const completion = yield* runStep(body, frame);
      if (mayBeOver(frame, returnedBefore) && undecided.left(frame, { count, returnedBefore, endless: true }))
        return NORMAL;
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
    }
  };
}

function forStatement(c: Compiler, node: tree.For): Run {
  const iterable = suspendableExpression(c, node.iterable);
  const store = c.store(node.target);
  const body = suspendableBlock(c, node.body);
  const orElse = suspendableBlock(c, node.orElse);
  const undecided = new UndecidedLoop(c, node);
  const { span } = node.iterable;
  return function* run(frame) {
    const { rt } = frame;
    const items = yield* runStep(iterable, frame);
    frame.span = span;
    const { watcher } = rt;
    const iterator =
      watcher !== undefined && items instanceof PyUnknown
        ? elementsOf(watcher, items)
        : node.isAsync
          ? asyncIterator(frame, items)
          : getIterator(rt, items);
    const returnedBefore = frame.mayHaveReturned;
    const patience = patienceOf(frame);
    for (let count = 1; ; count++) {
      const { item, unknown } = nextItem(frame, iterator);
      if (unknown !== undefined) {
        undecided.unknown(frame, unknown);
        return NORMAL;
      }
      if (item === undefined) return yield* runStep(orElse, frame);
      rt.step();
      if (rt.fuel < patience) return undecided.tooLong(frame);
      store(frame, item);
      const completion = yield* runStep(body, frame);
      if (
        mayBeOver(frame, returnedBefore) &&
        undecided.left(frame, { count, returnedBefore, endless: false })
      )
        return NORMAL;
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
      frame.span = span;
    }
  };
}

/** Something that a watched loop goes over without its items being known is gone over twice. */
const TURNS_OF_UNKNOWN = 2;

function elementsOf(watcher: Watcher, items: PyUnknown): Pick<PyIterator, 'next'> {
  let turn = 0;
  return {
    next: (rt) =>
      turn++ < TURNS_OF_UNKNOWN ? watcher.derived(rt, { kind: 'element', of: items }) : undefined,
  };
}

/** `async for` over an async generator, or an object with `__aiter__`; nothing here runs concurrently. */
function asyncIterator(frame: Frame, items: PyValue): ReturnType<typeof getIterator> {
  if (items instanceof PyGenerator || isUnknown(items)) return getIterator(frame.rt, items);
  const start = specialMethod(frame.rt, items, '__aiter__');
  if (start === undefined) {
    return raise(
      'TypeError',
      `'async for' requires an object with __aiter__ method, got ${typeOf(items).name}`,
    );
  }
  return getIterator(frame.rt, frame.rt.call(start, []));
}

function withStatement(c: Compiler, node: tree.With): Run {
  let inner = suspendableBlock(c, node.body);
  for (const item of node.items.toReversed()) {
    const context = suspendableExpression(c, item.context);
    const store = item.target && c.store(item.target);
    const { span } = item.context;
    const body = inner;
    inner = {
      kind: 'suspendable',
      *run(frame) {
        const entered = enterContext(frame, yield* runStep(context, frame), span, node.isAsync);
        let completion: Completion;
        try {
          store?.(frame, entered.value);
          completion = yield* runStep(body, frame);
        } catch (thrown) {
          return leaveContextBy(frame, entered, thrown);
        }
        leaveContext(frame, entered);
        return completion;
      },
    };
  }
  return (frame) => runStep(inner, frame);
}

function tryStatement(c: Compiler, node: tree.Try): Run {
  const guarded = guardsImports(node);
  const body = guarded
    ? c.guardingImports(() => suspendableBlock(c, node.body))
    : suspendableBlock(c, node.body);
  const handlers = node.handlers.map((handler) => ({
    ...compileHandler(c, handler),
    body: suspendableBlock(c, handler.body),
  }));
  const orElse = suspendableBlock(c, node.orElse);
  const finalBody = suspendableBlock(c, node.finalBody);
  const main: Run = function* run(frame) {
    let completion: Completion;
    try {
      completion = yield* runStep(body, frame);
    } catch (thrown) {
      const raised = frame.rt.caught(thrown);
      if (raised === undefined) throw thrown;
      noteOrigin(frame, raised);
      for (const handler of handlers) {
        if (!handles(frame, handler, raised.exception)) continue;
        const leave = beginHandling(frame, handler, raised.exception);
        try {
          return yield* runStep(handler.body, frame);
        } catch (again) {
          addContext(frame, again, raised.exception);
          throw again;
        } finally {
          leave();
        }
      }
      throw raised;
    }
    return completion === NORMAL ? yield* runStep(orElse, frame) : completion;
  };
  if (node.finalBody.length === 0) return main;
  return function* run(frame) {
    let completion: Completion;
    try {
      completion = yield* main(frame);
    } catch (thrown) {
      if (frame.rt.caught(thrown) === undefined) throw thrown;
      const last = yield* runStep(finalBody, frame);
      if (last !== NORMAL) return last;
      throw thrown;
    }
    const { result } = frame;
    const last = yield* runStep(finalBody, frame);
    if (last !== NORMAL) return last;
    frame.result = result;
    return completion;
  };
}

/** `match` in a generator: which case is taken is found out plainly, its body suspends. */
function matchStatement(c: Compiler, node: tree.Match): Run {
  const subject = suspendableExpression(c, node.subject);
  const value = c.scope.host.temporary();
  const chosen = c.scope.host.temporary();
  const keep = c.storeHost(value);
  const bodies = node.cases.map((item) => suspendableBlock(c, item.body));
  const select = c.statement({
    ...node,
    subject: { kind: 'Name', id: value, span: node.subject.span },
    cases: node.cases.map((item, index) => ({
      ...item,
      body: [
        {
          kind: 'Assign',
          targets: [{ kind: 'Name', id: chosen, span: item.span }],
          value: { kind: 'Constant', value: BigInt(index), span: item.span },
          span: item.span,
        },
      ],
    })),
  });
  const choose = c.storeHost(chosen);
  const load = c.expression({ kind: 'Name', id: chosen, span: node.span });
  return function* run(frame) {
    keep(frame, yield* runStep(subject, frame));
    choose(frame, -1n);
    select(frame);
    const body = bodies[Number(load(frame))];
    return body === undefined ? NORMAL : yield* runStep(body, frame);
  };
}
