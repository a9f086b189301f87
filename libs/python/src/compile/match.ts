import { boolClass, floatClass, intClass, PyBoxed, strClass } from '../objects/classes.js';
import { bytearrayClass, bytesClass } from '../objects/bytes.js';
import {
  dictClass,
  frozensetClass,
  listClass,
  PyDict,
  PyList,
  PyRange,
  PyTuple,
  setClass,
  tupleClass,
} from '../objects/containers.js';
import { equals } from '../objects/equality.js';
import { raise } from '../objects/exceptions.js';
import { PyClass } from '../objects/object.js';
import type { PyValue } from '../objects/object.js';
import { findAttribute } from '../operations/attributes.js';
import { isInstance, truth } from '../operations/conversion.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { NORMAL } from './frame.js';
import type { Execute, Frame } from './frame.js';
import { isUnknown } from './names.js';

/** Whether a value fits; binds names on the way. */
type Matcher = (frame: Frame, value: PyValue) => boolean;

export function compileMatch(c: Compiler, node: tree.Match): Execute {
  const subject = c.expression(node.subject);
  const cases = node.cases.map((item) => ({
    matches: compilePattern(c, item.pattern),
    guard: item.guard && c.expression(item.guard),
    body: c.block(item.body),
    span: item.span,
  }));
  const { span } = node.subject;
  return (frame) => {
    const value = subject(frame);
    frame.span = span;
    if (isUnknown(value)) {
      frame.rt.note('unknown-branch', `no case is taken, because the subject is unknown: ${value.reason}`);
      return NORMAL;
    }
    for (const { matches, guard, body, span: caseSpan } of cases) {
      frame.span = caseSpan;
      if (matches(frame, value) && (guard === undefined || truth(frame.rt, guard(frame)))) return body(frame);
    }
    return NORMAL;
  };
}

export function compilePattern(c: Compiler, node: tree.Pattern): Matcher {
  switch (node.kind) {
    case 'MatchValue': {
      const expected = c.expression(node.value);
      return (frame, value) => equals(frame.rt, value, expected(frame));
    }
    case 'MatchSingleton': {
      const expected = node.value;
      return (_frame, value) => value === expected;
    }
    case 'MatchAs': {
      const inner = node.pattern === undefined ? undefined : compilePattern(c, node.pattern);
      const store = node.name === undefined ? undefined : c.storeName(node.name);
      return (frame, value) => {
        if (inner !== undefined && !inner(frame, value)) return false;
        store?.(frame, value);
        return true;
      };
    }
    case 'MatchOr': {
      const options = node.patterns.map((pattern) => compilePattern(c, pattern));
      return (frame, value) => options.some((matches) => matches(frame, value));
    }
    case 'MatchStar': {
      const store = node.name === undefined ? undefined : c.storeName(node.name);
      return (frame, value) => {
        store?.(frame, value);
        return true;
      };
    }
    case 'MatchSequence':
      return compileSequencePattern(c, node.patterns);
    case 'MatchMapping':
      return compileMappingPattern(c, node);
    case 'MatchClass':
      return compileClassPattern(c, node);
    default:
      return node satisfies never;
  }
}

function sequenceItems(value: PyValue): readonly PyValue[] | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  if (value instanceof PyRange) {
    return Array.from(
      { length: Number(value.length) },
      (_, index) => value.start + BigInt(index) * value.step,
    );
  }
  return undefined;
}

function compileSequencePattern(c: Compiler, patterns: readonly tree.Pattern[]): Matcher {
  const matchers = patterns.map((pattern) => compilePattern(c, pattern));
  const star = patterns.findIndex((pattern) => pattern.kind === 'MatchStar');
  return (frame, value) => {
    const items = sequenceItems(value);
    if (items === undefined) return false;
    if (star < 0) {
      return (
        items.length === matchers.length &&
        matchers.every((matches, index) => matches(frame, items[index] ?? null))
      );
    }
    const after = matchers.length - star - 1;
    if (items.length < matchers.length - 1) return false;
    return matchers.every((matches, index) => {
      if (index < star) return matches(frame, items[index] ?? null);
      if (index === star) return matches(frame, new PyList(items.slice(star, items.length - after)));
      return matches(frame, items[items.length - (matchers.length - index)] ?? null);
    });
  };
}

function compileMappingPattern(c: Compiler, node: Extract<tree.Pattern, { kind: 'MatchMapping' }>): Matcher {
  const keys = node.keys.map((key) => c.expression(key));
  const matchers = node.patterns.map((pattern) => compilePattern(c, pattern));
  const rest = node.rest === undefined ? undefined : c.storeName(node.rest);
  return (frame, value) => {
    if (!(value instanceof PyDict)) return false;
    const names = keys.map((key) => key(frame));
    const fits = names.every((name, index) => {
      const item = value.get(frame.rt, name);
      return item !== undefined && matchers[index]?.(frame, item) === true;
    });
    if (!fits) return false;
    if (rest !== undefined) {
      const left = new PyDict();
      for (const entry of value.entries()) left.set(frame.rt, entry.key, entry.value);
      for (const name of names) left.delete(frame.rt, name);
      rest(frame, left);
    }
    return true;
  };
}

/** Built-in classes whose one positional pattern is matched against the whole value. */
const WHOLE: ReadonlySet<PyClass> = new Set([
  boolClass,
  bytearrayClass,
  bytesClass,
  dictClass,
  floatClass,
  frozensetClass,
  intClass,
  listClass,
  setClass,
  strClass,
  tupleClass,
]);

function compileClassPattern(c: Compiler, node: Extract<tree.Pattern, { kind: 'MatchClass' }>): Matcher {
  const cls = c.expression(node.cls);
  const positional = node.patterns.map((pattern) => compilePattern(c, pattern));
  const named = node.namedPatterns.map((pattern, index) => ({
    name: node.names[index] ?? '',
    matches: compilePattern(c, pattern),
  }));
  return (frame, value) => {
    const type = cls(frame);
    if (isUnknown(type)) return false;
    if (!(type instanceof PyClass)) return raise('TypeError', 'called match pattern must be a class');
    if (!isInstance(value, type)) return false;
    const [only] = positional;
    if (only !== undefined && positional.length === 1 && type.mro.some((base) => WHOLE.has(base))) {
      return (
        only(frame, value instanceof PyBoxed ? value.primitive : value) && matchNamed(frame, value, named)
      );
    }
    return matchPositional(frame, value, type, positional) && matchNamed(frame, value, named);
  };
}

function matchPositional(frame: Frame, value: PyValue, type: PyClass, patterns: readonly Matcher[]): boolean {
  if (patterns.length === 0) return true;
  const declared = findAttribute(frame.rt, type, '__match_args__');
  const names = declared instanceof PyTuple ? declared.items : [];
  if (patterns.length > names.length) {
    const plural = names.length === 1 ? '' : 's';
    return raise(
      'TypeError',
      `${type.name}() accepts ${names.length} positional sub-pattern${plural} (${patterns.length} given)`,
    );
  }
  return patterns.every((matches, index) => {
    const name = names[index];
    const item = typeof name === 'string' ? findAttribute(frame.rt, value, name) : undefined;
    return item !== undefined && matches(frame, item);
  });
}

function matchNamed(
  frame: Frame,
  value: PyValue,
  named: readonly { name: string; matches: Matcher }[],
): boolean {
  return named.every(({ name, matches }) => {
    const item = findAttribute(frame.rt, value, name);
    return item !== undefined && matches(frame, item);
  });
}
