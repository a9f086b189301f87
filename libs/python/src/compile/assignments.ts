import { UnknownNeeded } from '../objects/iterators.js';
import { typeOf } from '../objects/classes.js';
import { PyList, PySet, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { PyValue } from '../objects/object.js';
import { deleteAttribute, getAttribute, setAttribute, unknownBase } from '../operations/attributes.js';
import { getIterator, toArray } from '../operations/iteration.js';
import { deleteItem, getItem, setItem } from '../operations/subscripts.js';
import type { Span } from '../source/text.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { NORMAL } from './frame.js';
import type { Execute, Frame, Store } from './frame.js';
import { isUnknown } from './names.js';
import { otherOf } from './other-tuples.js';
import { inPlaceOperation } from './operators.js';
import { compileGiven } from './placeholders.js';

/** Assignment to a target of any shape. */
export function compileStore(c: Compiler, target: tree.Expression): Store {
  switch (target.kind) {
    case 'Name':
      return c.storeName(target.id);
    case 'Attribute': {
      const object = c.expression(target.value);
      const { attribute, span } = target;
      return (frame, value) => {
        const receiver = object(frame);
        frame.span = span;
        setAttribute(frame.rt, receiver, attribute, value);
      };
    }
    case 'Subscript': {
      const object = c.expression(target.value);
      const index = c.expression(target.index);
      const { span } = target;
      return (frame, value) => {
        const receiver = object(frame);
        const key = index(frame);
        frame.span = span;
        setItem(frame.rt, receiver, key, value);
      };
    }
    case 'Tuple':
    case 'List':
      return compileUnpacking(c, target.items, target.span);
    case 'Starred':
      return compileStore(c, target.value);
    default:
      return () => undefined;
  }
}

function compileUnpacking(c: Compiler, targets: readonly tree.Expression[], span: Span): Store {
  const stores = targets.map((target) => compileStore(c, target));
  const star = targets.findIndex((target) => target.kind === 'Starred');
  const count = stores.length;
  return (frame, value) => {
    frame.span = span;
    if (isUnknown(value)) {
      const { rt } = frame;
      const unpacked = star < 0 ? count : undefined;
      for (const [index, store] of stores.entries())
        store(
          frame,
          rt.watcher?.derived(rt, { kind: 'unpacked', of: value, index, count: unpacked }) ?? value,
        );
      return;
    }
    const items = unpacked(frame, value, star, count);
    for (let index = 0; index < count; index++) stores[index]?.(frame, items[index] ?? null);
  };
}

/** The parts of a value that is unpacked; each is unknown where nobody knows its items. */
function unpacked(frame: Frame, value: PyValue, star: number, count: number): readonly PyValue[] {
  try {
    return star < 0 ? exactly(frame, value, count) : gathered(frame, value, star, count);
  } catch (thrown) {
    if (!(thrown instanceof UnknownNeeded)) throw thrown;
    return Array.from({ length: count }, () => thrown.unknown);
  }
}

function exactly(frame: Frame, value: PyValue, count: number): readonly PyValue[] {
  if ((value instanceof PyTuple || value instanceof PyList) && value.cls.native) {
    const { items } = value;
    if (items.length === count) return items;
    if (value instanceof PyList && value.grownByUnknown) return partsOfOpen(frame, value, count);
    const other = value instanceof PyTuple ? otherOf(value, count) : undefined;
    if (other !== undefined) return other.items;
    if (items.length < count) return tooFew(items.length, `${count}`);
    return raise('ValueError', `too many values to unpack (expected ${count})`);
  }
  // What nobody knows may be equal to another item, or be several.
  if (value instanceof PySet && value.unknownEntries !== undefined && value.size !== count)
    throw new UnknownNeeded(value.unknownEntries);
  const iterator = iteratorToUnpack(frame, value);
  const items: PyValue[] = [];
  while (items.length < count) {
    const item = iterator.next(frame.rt);
    if (item === undefined) return tooFew(items.length, `${count}`);
    items.push(item);
  }
  return iterator.next(frame.rt) === undefined
    ? items
    : raise('ValueError', `too many values to unpack (expected ${count})`);
}

/** The parts of a list of which nobody knows how long it is: as many as are wanted, the last standing for those that are left. */
function partsOfOpen({ rt }: Frame, list: PyList, count: number): readonly PyValue[] {
  const unknown = rt.unknown('a part of a list that a loop over what is not known has grown');
  return Array.from({ length: count }, (_, at) => list.items[at] ?? list.items.at(-1) ?? unknown);
}

function iteratorToUnpack(frame: Frame, value: PyValue): ReturnType<typeof getIterator> {
  const cls = typeOf(value);
  const isIterable = cls.lookup('__iter__') !== undefined || cls.lookup('__getitem__') !== undefined;
  if (!isIterable && unknownBase(frame.rt, value) === undefined) {
    return raise('TypeError', `cannot unpack non-iterable ${cls.name} object`);
  }
  return getIterator(frame.rt, value);
}

function gathered(frame: Frame, value: PyValue, star: number, count: number): readonly PyValue[] {
  iteratorToUnpack(frame, value);
  const items = toArray(frame.rt, value);
  const after = count - star - 1;
  if (items.length < count - 1) return tooFew(items.length, `at least ${count - 1}`);
  const middle = items.slice(star, items.length - after);
  return [...items.slice(0, star), new PyList(middle), ...items.slice(items.length - after)];
}

function tooFew(got: number, expected: string): never {
  return raise('ValueError', `not enough values to unpack (expected ${expected}, got ${got})`);
}

export function compileAssign(c: Compiler, node: tree.Assign): Execute {
  const value = compileGiven(c, node.value);
  const [first, ...others] = node.targets.map((target) => compileStore(c, target));
  if (first === undefined) return () => NORMAL;
  if (others.length === 0) {
    return (frame) => {
      first(frame, value(frame));
      return NORMAL;
    };
  }
  return (frame) => {
    const result = value(frame);
    first(frame, result);
    for (const store of others) store(frame, result);
    return NORMAL;
  };
}

export function compileAugmentedAssign(c: Compiler, node: tree.AugmentedAssign): Execute {
  const value = c.expression(node.value);
  const operate = inPlaceOperation(node.operator);
  const { target, span } = node;
  if (target.kind === 'Attribute') {
    const object = c.expression(target.value);
    const { attribute } = target;
    return (frame) => {
      const receiver = object(frame);
      frame.span = target.span;
      const old = getAttribute(frame.rt, receiver, attribute);
      const operand = value(frame);
      frame.span = span;
      setAttribute(frame.rt, receiver, attribute, operate(frame, old, operand));
      return NORMAL;
    };
  }
  if (target.kind === 'Subscript') {
    const object = c.expression(target.value);
    const index = c.expression(target.index);
    return (frame) => {
      const receiver = object(frame);
      const key = index(frame);
      frame.span = target.span;
      const old = getItem(frame.rt, receiver, key);
      const operand = value(frame);
      frame.span = span;
      setItem(frame.rt, receiver, key, operate(frame, old, operand));
      return NORMAL;
    };
  }
  const load = c.expression(target);
  const store = compileStore(c, target);
  return (frame) => {
    const old = load(frame);
    const operand = value(frame);
    frame.span = span;
    store(frame, operate(frame, old, operand));
    return NORMAL;
  };
}

/** `target: annotation = value`; the annotation is kept for whoever asks, and not evaluated before. */
export function compileAnnotatedAssign(c: Compiler, node: tree.AnnotatedAssign): Execute {
  const keep = keepAnnotation(c, node);
  if (node.value === undefined) {
    return (frame) => {
      keep(frame);
      return NORMAL;
    };
  }
  const value = c.expression(node.value);
  const store = compileStore(c, node.target);
  return (frame) => {
    store(frame, value(frame));
    keep(frame);
    return NORMAL;
  };
}

function keepAnnotation(c: Compiler, node: tree.AnnotatedAssign): (frame: Frame) => void {
  if (node.target.kind !== 'Name' || c.scope.kind === 'function') return () => undefined;
  const annotation = c.expression(node.annotation);
  const { id } = node.target;
  const { text } = node.annotation.span;
  return (frame) => {
    const { namespace } = frame;
    if (namespace === undefined) return;
    let kept = frame.lazyAnnotations;
    if (kept === undefined) {
      kept = new Map();
      frame.lazyAnnotations = kept;
    }
    kept.set(id, { evaluate: () => annotation(frame), text });
  };
}

export function compileDelete(c: Compiler, node: tree.Delete): Execute {
  const deletes = node.targets.map((target) => deleteTarget(c, target));
  return (frame) => {
    for (const remove of deletes) remove(frame);
    return NORMAL;
  };
}

function deleteTarget(c: Compiler, target: tree.Expression): (frame: Frame) => void {
  switch (target.kind) {
    case 'Name':
      return c.deleteName(target.id, target);
    case 'Attribute': {
      const object = c.expression(target.value);
      return (frame) => {
        const receiver = object(frame);
        frame.span = target.span;
        deleteAttribute(frame.rt, receiver, target.attribute);
      };
    }
    case 'Subscript': {
      const object = c.expression(target.value);
      const index = c.expression(target.index);
      return (frame) => {
        const receiver = object(frame);
        const key = index(frame);
        frame.span = target.span;
        deleteItem(frame.rt, receiver, key);
      };
    }
    case 'Tuple':
    case 'List': {
      const deletes = target.items.map((item) => deleteTarget(c, item));
      return (frame) => {
        for (const remove of deletes) remove(frame);
      };
    }
    default:
      return () => undefined;
  }
}
