import { raise } from '../objects/exceptions.js';
import { exceptionClass, PyException, PyRaise } from '../objects/exceptions.js';
import type { PyValue } from '../objects/object.js';
import { mayHaveAny } from '../operations/attributes.js';
import { truth, truthOrUnknown } from '../operations/conversion.js';
import { getIterator } from '../operations/iteration.js';
import type * as tree from '../syntax/tree.js';
import {
  compileAnnotatedAssign,
  compileAssign,
  compileAugmentedAssign,
  compileDelete,
} from './assignments.js';
import { compileClass } from './classes.js';
import type { Compiler } from './context.js';
import { compileStarTry } from './except-star.js';
import { compileRaise, compileTry, compileWith, withFinally } from './exceptions.js';
import { PyFunction } from './function.js';
import { BREAK, CONTINUE, NORMAL, RETURN } from './frame.js';
import type { Evaluate, Execute } from './frame.js';
import { compileFunction } from './functions.js';
import { compileImport, compileImportFrom } from './imports.js';
import { compileMatch } from './match.js';
import { isUnknown } from './names.js';
import { Condition } from './questions.js';
import { bothArms, watchedBlock, watchedFor, watchedTruth, watchedWhile } from './watched.js';
import { compileUndecidedIf, UndecidedLoop, mayBeOver, nextItem, patienceOf } from './undecided.js';

const nothing: Execute = () => NORMAL;

export function compileStatement(c: Compiler, node: tree.Statement): Execute {
  switch (node.kind) {
    case 'Expr':
      return compileExpressionStatement(c, node);
    case 'Assign':
      return compileAssign(c, node);
    case 'AugAssign':
      return compileAugmentedAssign(c, node);
    case 'AnnAssign':
      return compileAnnotatedAssign(c, node);
    case 'Return':
      return compileReturn(c, node);
    case 'If':
      return compileIf(c, node);
    case 'For':
      return compileFor(c, node);
    case 'While':
      return compileWhile(c, node);
    case 'FunctionDef':
      return compileDefinition(c, node, compileFunction(c, node));
    case 'ClassDef':
      return compileDefinition(c, node, compileClass(c, node));
    case 'Raise':
      return compileRaise(c, node);
    case 'Try':
      return node.isStar ? compileTryStar(c, node) : compileTry(c, node);
    case 'With':
      return compileWith(c, node);
    case 'Assert':
      return compileAssert(c, node);
    case 'Delete':
      return compileDelete(c, node);
    case 'Import':
      return compileImport(c, node);
    case 'ImportFrom':
      return compileImportFrom(c, node);
    case 'Match':
      return compileMatch(c, node);
    case 'Break':
      return () => BREAK;
    case 'Continue':
      return () => CONTINUE;
    case 'TypeAlias':
      return compileTypeAlias(c, node);
    case 'ErrorStatement':
      return compileError(node);
    case 'Pass':
    case 'Global':
    case 'Nonlocal':
      return nothing;
    default:
      return node satisfies never;
  }
}

function compileTypeAlias(c: Compiler, node: tree.TypeAlias): Execute {
  const value = c.expression(node.value);
  const store = c.storeName(node.name);
  return (frame) => {
    store(frame, value(frame));
    return NORMAL;
  };
}

function compileError({ problem }: tree.ErrorStatement): Execute {
  return (frame) => {
    frame.span = problem.span;
    return raise(problem.type, problem.message);
  };
}

function compileTryStar(c: Compiler, node: tree.Try): Execute {
  const main = compileStarTry(c, node);
  return node.finalBody.length === 0 ? main : withFinally(main, c.block(node.finalBody));
}

function compileExpressionStatement(c: Compiler, node: tree.ExpressionStatement): Execute {
  if (node.value.kind === 'Constant') return nothing;
  const value = c.expression(node.value);
  return (frame) => {
    value(frame);
    return NORMAL;
  };
}

function compileReturn(c: Compiler, node: tree.Return): Execute {
  if (node.value === undefined) {
    return (frame) => {
      frame.result = null;
      return RETURN;
    };
  }
  const value = c.expression(node.value);
  return (frame) => {
    frame.result = value(frame);
    return RETURN;
  };
}

/** Statements one after another; stops at the first that does not end normally. */
export function compileBlock(c: Compiler, body: readonly tree.Statement[]): Execute {
  const parts = body
    .map((node) => ({ node, execute: c.statement(node) }))
    .filter(({ execute }) => execute !== nothing);
  if (parts.length === 0) return nothing;
  const plain = plainBlock(parts.map(({ execute }) => execute));
  const watched = watchedBlock(c, parts);
  return (frame) => (frame.rt.watcher === undefined ? plain(frame) : watched(frame, frame.rt.watcher));
}

function plainBlock(list: readonly Execute[]): Execute {
  const [first, second] = list;
  if (first === undefined) return nothing;
  if (second === undefined) return first;
  if (list.length === 2) return (frame) => first(frame) || second(frame);
  return (frame) => {
    for (const execute of list) {
      const completion = execute(frame);
      if (completion !== NORMAL) return completion;
    }
    return NORMAL;
  };
}

function compileIf(c: Compiler, node: tree.If): Execute {
  const test = c.expression(node.test);
  const body = c.block(node.body);
  const orElse = node.orElse.length === 0 ? nothing : c.block(node.orElse);
  const undecided = compileUndecidedIf(c, node);
  const { span } = node.test;
  const condition = new Condition(span);
  return (frame) => {
    const value = test(frame);
    if (typeof value === 'boolean') return value ? body(frame) : orElse(frame);
    frame.span = span;
    const { rt } = frame;
    if (rt.watcher !== undefined) {
      const watched = watchedTruth(rt, value);
      if (watched === undefined) return bothArms(frame, rt.watcher, condition, body, orElse);
      return watched ? body(frame) : orElse(frame);
    }
    const holds = isUnknown(value) ? value : truthOrUnknown(rt, value);
    if (typeof holds === 'boolean') return holds ? body(frame) : orElse(frame);
    const way = undecided(frame, holds);
    return way === 'else' ? orElse(frame) : way === 'body' ? body(frame) : way;
  };
}

function compileFor(c: Compiler, node: tree.For): Execute {
  const iterable = c.expression(node.iterable);
  const store = c.store(node.target);
  const body = c.block(node.body);
  const orElse = c.block(node.orElse);
  const undecided = new UndecidedLoop(c, node);
  const { span } = node.iterable;
  const watchedParts = { span: node.span, store, body, orElse, undecided };
  return (frame) => {
    const items = iterable(frame);
    frame.span = span;
    const { rt } = frame;
    if (rt.watcher !== undefined) return watchedFor(frame, rt.watcher, items, watchedParts);
    const iterator = getIterator(rt, items);
    const returnedBefore = frame.mayHaveReturned;
    const patience = patienceOf(frame);
    for (let count = 1; ; count++) {
      const { item, unknown } = nextItem(frame, iterator);
      if (unknown !== undefined) {
        undecided.unknown(frame, unknown);
        return NORMAL;
      }
      if (item === undefined) return orElse(frame);
      rt.step();
      if (rt.fuel < patience) return undecided.tooLong(frame);
      store(frame, item);
      const completion = body(frame);
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

function compileWhile(c: Compiler, node: tree.While): Execute {
  const test = c.expression(node.test);
  const body = c.block(node.body);
  const orElse = c.block(node.orElse);
  const undecided = new UndecidedLoop(c, node);
  const { span } = node.test;
  const watchedParts = { span: node.span, condition: test, body, orElse, undecided };
  return (frame) => {
    if (frame.rt.watcher !== undefined) return watchedWhile(frame, frame.rt.watcher, watchedParts);
    const returnedBefore = frame.mayHaveReturned;
    const patience = patienceOf(frame);
    for (let count = 1; ; count++) {
      const value = test(frame);
      frame.span = span;
      const holds = isUnknown(value) ? value : truthOrUnknown(frame.rt, value);
      if (typeof holds !== 'boolean') {
        undecided.unknown(frame, holds);
        return NORMAL;
      }
      if (!holds) return orElse(frame);
      frame.rt.step();
      if (frame.rt.fuel < patience) return undecided.tooLong(frame);
      const completion = body(frame);
      if (mayBeOver(frame, returnedBefore) && undecided.left(frame, { count, returnedBefore, endless: true }))
        return NORMAL;
      if (completion === BREAK) return NORMAL;
      if (completion === RETURN) return RETURN;
    }
  };
}

function compileDefinition(
  c: Compiler,
  node: tree.FunctionDefinition | tree.ClassDefinition,
  make: Evaluate,
): Execute {
  const decorators = node.decorators.map((decorator) => ({
    value: c.expression(decorator),
    span: decorator.span,
  }));
  const store = c.storeName(node.name);
  return (frame) => {
    const values = decorators.map(({ value, span }) => ({ decorator: value(frame), span }));
    let result: PyValue = make(frame);
    for (const { decorator, span } of values.toReversed()) {
      frame.span = span;
      if (isUnknown(decorator) && frame.rt.undecided === 'forget') result = decorator;
      else if (isUnknown(decorator)) {
        decorator.weighed = true;
        frame.rt.note(
          'other',
          `the decorator is taken as having no effect, because it is unknown: ${decorator.reason}`,
        );
        if (result instanceof PyFunction) {
          result.calledThrough = decorator;
          mayHaveAny(result, decorator);
          // `@lazy_property`: what it makes is read like an attribute, however it is kept.
          if (/property$/i.test(span.text)) result = frame.rt.call(frame.rt.builtin('property'), [result]);
        }
      } else result = frame.rt.call(decorator, [result]);
    }
    store(frame, result);
    return NORMAL;
  };
}

function compileAssert(c: Compiler, node: tree.Assert): Execute {
  const test = c.expression(node.test);
  const message = node.message && c.expression(node.message);
  const { span } = node;
  return (frame) => {
    const value = test(frame);
    frame.span = span;
    if (isUnknown(value)) {
      frame.rt.note(
        'unknown-branch',
        `the assertion is taken to hold, because it is unknown: ${value.reason}`,
      );
      return NORMAL;
    }
    if (truth(frame.rt, value)) return NORMAL;
    const args = message === undefined ? [] : [message(frame)];
    frame.span = span;
    throw new PyRaise(new PyException(exceptionClass('AssertionError'), args));
  };
}
