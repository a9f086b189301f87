import { PyRaise, raise } from '../objects/exceptions.js';
import { exceptionClass } from '../objects/exceptions.js';
import { typeOf } from '../objects/classes.js';
import type { PyValue } from '../objects/object.js';
import { specialMethod } from '../operations/attributes.js';
import { truth } from '../operations/conversion.js';
import { getIterator } from '../operations/iteration.js';
import type * as tree from '../syntax/tree.js';
import { passes } from './comprehensions.js';
import type { Compiler } from './context.js';
import { NORMAL } from './frame.js';
import type { Execute, Frame, Suspendable } from './frame.js';
import { PyGenerator } from './generator.js';
import { isUnknown } from './names.js';
import { replaceSubexpressions, suspends } from './rewrite.js';

/** One part of something suspendable: most parts are plain and need no generator of their own. */
export type Step<T> =
  | { readonly kind: 'plain'; readonly run: (frame: Frame) => T }
  | { readonly kind: 'suspendable'; readonly run: Suspendable<T> };

export type ExpressionStep = Step<PyValue>;

/** An expression that may suspend. */
export function suspendableExpression(c: Compiler, node: tree.Expression): ExpressionStep {
  if (!suspends(node)) return { kind: 'plain', run: c.expression(node) };
  switch (node.kind) {
    case 'Yield':
      return { kind: 'suspendable', run: compileYield(c, node) };
    case 'YieldFrom':
      return { kind: 'suspendable', run: delegating(suspendableExpression(c, node.value), false, node) };
    case 'Await':
      return { kind: 'suspendable', run: delegating(suspendableExpression(c, node.value), true, node) };
    case 'BoolOp':
      return { kind: 'suspendable', run: compileBoolean(c, node) };
    case 'IfExp':
      return { kind: 'suspendable', run: compileConditional(c, node) };
    default: {
      const hoisted = hoist(c, node);
      const evaluate = c.expression(hoisted.node);
      return {
        kind: 'suspendable',
        *run(frame) {
          yield* hoisted.run(frame);
          return evaluate(frame);
        },
      };
    }
  }
}

interface Hoisted {
  readonly node: tree.Expression;
  readonly run: Suspendable<void>;
}

/** Takes the subexpressions out of a node, to be evaluated in order before it, each into a slot of its own. */
function hoist(c: Compiler, node: tree.Expression): Hoisted {
  const steps: { step: ExpressionStep; store: (frame: Frame, value: PyValue) => void }[] = [];
  const rewritten = replaceSubexpressions(node, (child) => {
    if (child.kind === 'Constant') return child;
    const name = c.scope.host.temporary();
    steps.push({ step: suspendableExpression(c, child), store: c.storeHost(name) });
    return { kind: 'Name', id: name, span: child.span };
  });
  return {
    node: rewritten,
    *run(frame) {
      for (const { step, store } of steps)
        store(frame, step.kind === 'plain' ? step.run(frame) : yield* step.run(frame));
    },
  };
}

/** A statement whose own expressions suspend, made of hoisted parts and the plain rest. */
export function hoistStatement(
  c: Compiler,
  node: tree.Statement,
  rewrite: (replace: (child: tree.Expression) => tree.Expression) => tree.Statement,
): Suspendable<0 | 1 | 2 | 3> {
  const steps: { step: ExpressionStep; store: (frame: Frame, value: PyValue) => void }[] = [];
  const rewritten = rewrite((child) => {
    if (!suspends(child)) return child;
    const name = c.scope.host.temporary();
    steps.push({ step: suspendableExpression(c, child), store: c.storeHost(name) });
    return { kind: 'Name', id: name, span: child.span };
  });
  const execute: Execute = c.statement(rewritten);
  return function* run(frame) {
    for (const { step, store } of steps)
      store(frame, step.kind === 'plain' ? step.run(frame) : yield* step.run(frame));
    return execute(frame);
  };
}

function compileYield(c: Compiler, node: tree.Yield): Suspendable<PyValue> {
  const value: ExpressionStep =
    node.value === undefined ? { kind: 'plain', run: () => null } : suspendableExpression(c, node.value);
  const { span } = node;
  return function* run(frame) {
    const given = value.kind === 'plain' ? value.run(frame) : yield* value.run(frame);
    frame.span = span;
    return yield given;
  };
}

/** `yield from` and `await`: hands out everything the inner one gives, and passes back what comes in. */
function delegating(value: ExpressionStep, awaits: boolean, node: tree.Expression): Suspendable<PyValue> {
  const { span } = node;
  return function* run(frame) {
    const target = value.kind === 'plain' ? value.run(frame) : yield* value.run(frame);
    frame.span = span;
    if (isUnknown(target)) return target;
    const inner = awaits ? awaitable(frame, target) : getIterator(frame.rt, target);
    if (inner instanceof PyGenerator) return yield* delegate(frame, inner);
    for (let item = inner.next(frame.rt); item !== undefined; item = inner.next(frame.rt)) yield item;
    return null;
  };
}

function awaitable(frame: Frame, value: PyValue): ReturnType<typeof getIterator> {
  if (value instanceof PyGenerator) return value;
  const method = specialMethod(frame.rt, value, '__await__');
  if (method === undefined)
    return raise('TypeError', `object ${typeOf(value).name} can't be used in 'await' expression`);
  return getIterator(frame.rt, frame.rt.call(method, []));
}

const generatorExit = exceptionClass('GeneratorExit');

function* delegate(frame: Frame, inner: PyGenerator): Generator<PyValue, PyValue, PyValue> {
  let item = inner.next(frame.rt);
  while (item !== undefined) {
    try {
      const sent = yield item;
      item = inner.resume({ kind: 'send', value: sent });
    } catch (thrown) {
      if (!(thrown instanceof PyRaise) || inner.finished) throw thrown;
      if (thrown.exception.cls.isSubclassOf(generatorExit)) {
        inner.close();
        throw thrown;
      }
      item = inner.resume({ kind: 'throw', exception: thrown.exception });
    }
  }
  return inner.result;
}

function compileBoolean(c: Compiler, node: tree.BooleanOperation): Suspendable<PyValue> {
  const values = node.values.map((value) => suspendableExpression(c, value));
  const stopsAt = node.operator === 'or';
  return function* run(frame) {
    let result: PyValue = null;
    for (const [index, value] of values.entries()) {
      result = value.kind === 'plain' ? value.run(frame) : yield* value.run(frame);
      if (index === values.length - 1 || isUnknown(result) || truth(frame.rt, result) === stopsAt)
        return result;
    }
    return result;
  };
}

function compileConditional(c: Compiler, node: tree.Conditional): Suspendable<PyValue> {
  const [test, body, orElse] = [node.test, node.body, node.orElse].map((part) =>
    suspendableExpression(c, part),
  );
  return function* run(frame) {
    if (test === undefined || body === undefined || orElse === undefined) return null;
    const value = test.kind === 'plain' ? test.run(frame) : yield* test.run(frame);
    if (isUnknown(value)) return value;
    const chosen = truth(frame.rt, value) ? body : orElse;
    return chosen.kind === 'plain' ? chosen.run(frame) : yield* chosen.run(frame);
  };
}

/** The body of a generator expression: its clauses as loops around one `yield`. */
export function suspendableClauses(c: Compiler, node: tree.Comprehension): Suspendable<unknown> {
  const element = suspendableExpression(c, node.element);
  const clauses = node.clauses.map((clause, index) => ({
    // The first iterable was evaluated outside; it comes in as the frame's result.
    iterable: index === 0 ? undefined : c.expression(clause.iterable),
    store: c.store(clause.target),
    conditions: clause.conditions.map((condition) => c.expression(condition)),
    span: clause.iterable.span,
  }));
  function* level(frame: Frame, depth: number, first: PyValue): Generator<PyValue, void, PyValue> {
    const clause = clauses[depth];
    if (clause === undefined) {
      const value = element.kind === 'plain' ? element.run(frame) : yield* element.run(frame);
      yield value;
      return;
    }
    const items = clause.iterable === undefined ? first : clause.iterable(frame);
    frame.span = clause.span;
    const { rt } = frame;
    const iterator = getIterator(rt, items);
    turns: for (let item = iterator.next(rt); item !== undefined; item = iterator.next(rt)) {
      rt.step();
      clause.store(frame, item);
      for (const condition of clause.conditions) if (!passes(frame, condition(frame))) continue turns;
      yield* level(frame, depth + 1, null);
    }
  }
  return function* run(frame) {
    const first = frame.result;
    frame.result = null;
    yield* level(frame, 0, first);
    return NORMAL;
  };
}
