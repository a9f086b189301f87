import { NativeFunction, typeNameInErrors } from '../objects/callables.js';
import { PyDict } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import { behindReceiver } from '../objects/receiver.js';
import { PyClass, PyObject } from '../objects/object.js';
import type { PyValue } from '../objects/object.js';
import { typeOf } from '../objects/classes.js';
import { OpenKeywords, UNKNOWN_KEYWORDS, UnknownArguments } from '../objects/unknown.js';
import { findAttribute, getAttribute, specialMethod } from '../operations/attributes.js';
import { forEach, toArray } from '../operations/iteration.js';
import { getItem } from '../operations/subscripts.js';
import type { Span } from '../source/text.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import type { Evaluate, Frame } from './frame.js';
import { PyFunction } from './function.js';
import { isUnknown } from './names.js';
import { compileGiven } from './placeholders.js';
import { isOpenAndEmpty, ofOpen } from '../operations/open-lists.js';

/** Evaluates arguments; the callee is there for the error messages. */
type Arguments = (frame: Frame, callee?: PyValue) => PyValue[];
type KeywordArguments = (frame: Frame, callee?: PyValue) => Map<string, PyValue>;

export function compileCall(c: Compiler, node: tree.Call): Evaluate {
  if (
    node.callee.kind === 'Name' &&
    node.callee.id === 'super' &&
    node.args.length === 0 &&
    node.keywords.length === 0
  ) {
    return compileSuper(c, node);
  }
  const args = compileArguments(c, node.args, compileGiven);
  const keywords = node.keywords.length === 0 ? undefined : compileKeywords(c, node.keywords);
  const { span } = node;
  if (node.callee.kind === 'Attribute') return compileMethodCall(c, node.callee, args, keywords, span);
  const callee = c.expression(node.callee);
  if (keywords === undefined) {
    return (frame) => {
      const target = callee(frame);
      const values = args(frame, target);
      frame.span = span;
      return target instanceof PyObject ? target.call(frame.rt, values) : notCallable(target);
    };
  }
  return (frame) => {
    const target = callee(frame);
    const values = args(frame, target);
    const named = keywords(frame, target);
    frame.span = span;
    return target instanceof PyObject ? target.call(frame.rt, values, named) : notCallable(target);
  };
}

function notCallable(value: PyValue): never {
  return raise('TypeError', `'${typeNameInErrors(value)}' object is not callable`);
}

/** `object.method(...)`: calls a plain method without making a bound one first. */
function compileMethodCall(
  c: Compiler,
  callee: tree.Attribute,
  args: Arguments,
  keywords: KeywordArguments | undefined,
  span: Span,
): Evaluate {
  const receiver = c.expression(callee.value);
  const name = callee.attribute;
  const attributeSpan = callee.span;
  return (frame) => {
    const self = receiver(frame);
    const method = plainMethod(self, name);
    if (method !== undefined) {
      const values = args(frame, method);
      const named = keywords?.(frame, method);
      frame.span = span;
      return method.call(frame.rt, behindReceiver(self, values), named);
    }
    frame.span = attributeSpan;
    const target = getAttribute(frame.rt, self, name);
    const values = args(frame, target);
    const named = keywords?.(frame, target);
    frame.span = span;
    return target instanceof PyObject ? target.call(frame.rt, values, named) : notCallable(target);
  };
}

/** A method of the class that nothing on the instance hides. */
function plainMethod(self: PyValue, name: string): PyFunction | NativeFunction | undefined {
  if (self instanceof PyObject) {
    if (self instanceof PyClass || self.hidesMethods) return undefined;
    if (self.attributes?.has(name)) return undefined;
    const found = self.cls.lookup(name);
    if (!(found instanceof PyFunction || (found instanceof NativeFunction && found.binds))) return undefined;
    return self.cls.plainAttributes ? found : undefined;
  }
  const found = typeOf(self).lookup(name);
  return found instanceof NativeFunction && found.binds ? found : undefined;
}

/** `super()`: the class from the hidden cell, the instance from the first parameter. */
function compileSuper(c: Compiler, node: tree.Call): Evaluate {
  const load = c.expression(node.callee);
  const classStorage = c.scope.storage('__class__');
  const first = c.scope.host.slotNames[0];
  const self = first === undefined ? undefined : c.loadName(first, node);
  const { span } = node;
  return (frame) => {
    const callee = load(frame);
    if (callee !== frame.rt.builtins.get('super')) {
      frame.span = span;
      return frame.rt.call(callee, []);
    }
    const cls = classStorage.kind === 'cell' ? frame.cells[classStorage.index]?.value : undefined;
    frame.span = span;
    if (self === undefined) return raise('RuntimeError', 'super(): no arguments');
    if (!(cls instanceof PyClass)) return raise('RuntimeError', 'super(): __class__ cell not found');
    return frame.rt.makeSuper(cls, self(frame));
  };
}

/** Positional arguments, `*items` unpacked. */
export function compileArguments(
  c: Compiler,
  nodes: readonly tree.Expression[],
  compile: typeof compileGiven = (compiler, node) => compiler.expression(node),
): Arguments {
  if (nodes.some((node) => node.kind === 'Starred')) return compileUnpacked(c, nodes);
  const constants = nodes.length > 3 ? constantsIn(nodes) : undefined;
  if (constants !== undefined) return () => constants.slice();
  const values = nodes.map((node) => compile(c, node));
  const [first, second, third] = values;
  if (first === undefined) return () => [];
  if (second === undefined) return (frame) => [first(frame)];
  if (third === undefined) return (frame) => [first(frame), second(frame)];
  if (values.length === 3) return (frame) => [first(frame), second(frame), third(frame)];
  return (frame) => {
    const result: PyValue[] = [];
    for (const value of values) result.push(value(frame));
    return result;
  };
}

/** The values of nodes that are all constants: a long list needs no closure for each. */
function constantsIn(nodes: readonly tree.Expression[]): PyValue[] | undefined {
  const values: PyValue[] = [];
  for (const node of nodes) {
    if (node.kind !== 'Constant') return undefined;
    values.push(node.value);
  }
  return values;
}

/** Items of a call, list, tuple or set with `*items` among them. */
export function compileUnpacked(c: Compiler, nodes: readonly tree.Expression[]): Arguments {
  const parts = nodes.map((node) =>
    node.kind === 'Starred'
      ? { starred: true, value: c.expression(node.value), span: node.span }
      : { starred: false, value: c.expression(node), span: node.span },
  );
  return (frame, callee) => {
    const result: PyValue[] = [];
    for (const { starred, value, span } of parts) {
      const item = value(frame);
      if (!starred) result.push(item);
      else {
        frame.span = span;
        const open = isOpenAndEmpty(item) ? ofOpen(frame.rt) : item;
        if (isUnknown(open)) result.push(new UnknownArguments(open));
        // Only where it is all of a call's arguments does CPython name what was called.
        else if (!isIterable(item)) notIterable(frame, item, parts.length === 1 ? callee : undefined);
        else for (const unpacked of toArray(frame.rt, item)) result.push(unpacked);
      }
    }
    return result;
  };
}

function isIterable(value: PyValue): boolean {
  const cls = typeOf(value);
  return cls.lookup('__iter__') !== undefined || cls.lookup('__getitem__') !== undefined;
}

function notIterable(frame: Frame, value: PyValue, callee: PyValue | undefined): never {
  const subject = callee === undefined ? 'Value' : `${calleeName(frame, callee)} argument`;
  return raise('TypeError', `${subject} after * must be an iterable, not ${typeOf(value).name}`);
}

/** What error messages call a callable: `module.name()`. */
function calleeName(frame: Frame, callee: PyValue): string {
  const [name, module] = ['__qualname__', '__module__'].map((key) => findAttribute(frame.rt, callee, key));
  if (typeof name !== 'string') return frame.rt.show(callee);
  return typeof module === 'string' && module !== 'builtins' ? `${module}.${name}()` : `${name}()`;
}

export function compileKeywords(c: Compiler, nodes: readonly tree.Keyword[]): KeywordArguments {
  const parts = nodes.map((node) => ({
    name: node.name,
    value: compileGiven(c, node.value),
    span: node.span,
  }));
  return (frame, callee) => {
    let result = new Map<string, PyValue>();
    for (const { name, value, span } of parts) {
      const item = value(frame);
      if (name !== undefined) {
        if (result.has(name)) {
          frame.span = span;
          repeated(frame, name, callee);
        }
        result.set(name, item);
      } else {
        frame.span = span;
        unpackMapping(frame, item, result, callee);
        if (item instanceof PyDict && item.others !== undefined)
          result = new OpenKeywords(item.others, result);
      }
    }
    return result;
  };
}

function repeated(frame: Frame, name: string, callee: PyValue | undefined): never {
  const subject = callee === undefined ? '' : `${calleeName(frame, callee)} `;
  return raise('TypeError', `${subject}got multiple values for keyword argument '${name}'`);
}

function unpackMapping(
  frame: Frame,
  mapping: PyValue,
  into: Map<string, PyValue>,
  callee: PyValue | undefined,
): void {
  if (isUnknown(mapping)) {
    frame.rt.note('other', `keyword arguments are unknown: ${mapping.reason}`);
    into.set(UNKNOWN_KEYWORDS, new UnknownArguments(mapping));
    return;
  }
  const add = (key: PyValue, value: PyValue): void => {
    if (isUnknown(key)) into.set(UNKNOWN_KEYWORDS, new UnknownArguments(key));
    else if (typeof key !== 'string') {
      raise('TypeError', 'keywords must be strings');
    } else {
      if (into.has(key)) repeated(frame, key, callee);
      into.set(key, value);
    }
  };
  if (mapping instanceof PyDict) {
    frame.rt.step(mapping.size / 2);
    for (const { key, value } of mapping.entries()) add(key, value);
    return;
  }
  const keys = specialMethod(frame.rt, mapping, 'keys');
  if (keys === undefined)
    raise(
      'TypeError',
      `${callee === undefined ? '' : `${calleeName(frame, callee)} `}argument after ** must be a mapping, not ${typeOf(mapping).name}`,
    );
  else forEach(frame.rt, frame.rt.call(keys, []), (key) => add(key, getItem(frame.rt, mapping, key)));
}

export function compileAttribute(c: Compiler, node: tree.Attribute): Evaluate {
  const value = c.expression(node.value);
  const { attribute, span } = node;
  return (frame) => {
    const object = value(frame);
    frame.span = span;
    return getAttribute(frame.rt, object, attribute);
  };
}

export function compileSubscript(c: Compiler, node: tree.Subscript): Evaluate {
  const value = c.expression(node.value);
  const index = c.expression(node.index);
  const { span } = node;
  return (frame) => {
    const object = value(frame);
    const key = index(frame);
    frame.span = span;
    return getItem(frame.rt, object, key);
  };
}
