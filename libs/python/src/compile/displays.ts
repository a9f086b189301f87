import { ELLIPSIS } from '../objects/classes.js';
import { PyDict, PyList, PySet, PySlice, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { PyValue } from '../objects/object.js';
import { formatValue } from '../operations/format.js';
import { checkStringLength, forEach } from '../operations/iteration.js';
import { specialMethod } from '../operations/attributes.js';
import { getItem } from '../operations/subscripts.js';
import { repr, str } from '../operations/text.js';
import { typeOf } from '../objects/classes.js';
import { toAscii } from '../text/quote.js';
import { PyBytes } from '../objects/bytes.js';
import { StringList } from '../syntax/string-list.js';
import type * as tree from '../syntax/tree.js';
import { compileArguments } from './calls.js';
import type { Compiler } from './context.js';
import type { Evaluate, Frame } from './frame.js';
import { isUnknown } from './names.js';
import { UnknownArguments } from '../objects/unknown.js';

export function compileSequence(c: Compiler, node: tree.Sequence): Evaluate {
  if (node instanceof StringList) return compileStringList(node);
  const items = compileArguments(c, node.items);
  if (node.items.some((item) => item.kind === 'Starred')) return unpackingSequence(node, items);
  if (node.kind === 'Tuple') return (frame) => new PyTuple(items(frame));
  if (node.kind === 'List') return (frame) => new PyList(items(frame));
  const { span } = node;
  return (frame) => {
    const values = items(frame);
    frame.span = span;
    return PySet.from(frame.rt, values);
  };
}

function compileStringList(node: StringList): Evaluate {
  return () => new PyList(node.values());
}

/** A display with `*items` in it; nobody knows its items where some of these are unknown. */
function unpackingSequence(
  { kind, span }: tree.Sequence,
  items: ReturnType<typeof compileArguments>,
): Evaluate {
  return (frame) => {
    const values = items(frame);
    const spread = values.find((value) => value instanceof UnknownArguments);
    if (spread instanceof UnknownArguments) return spread.origin;
    if (kind === 'Tuple') return new PyTuple(values);
    if (kind === 'List') return new PyList(values);
    frame.span = span;
    return PySet.from(frame.rt, values);
  };
}

export function compileDict(c: Compiler, node: tree.DictLiteral): Evaluate {
  const entries = node.entries.map(({ key, value }) => ({
    key: key && c.expression(key),
    value: c.expression(value),
    span: value.span,
  }));
  const { span } = node;
  return (frame) => {
    const dict = new PyDict();
    for (const { key, value, span: valueSpan } of entries) {
      if (key === undefined) {
        const mapping = value(frame);
        frame.span = valueSpan;
        if (isUnknown(mapping)) return mapping;
        mergeMapping(frame, dict, mapping);
      } else {
        const name = key(frame);
        const item = value(frame);
        frame.span = span;
        dict.set(frame.rt, name, item);
      }
    }
    return dict;
  };
}

function mergeMapping(frame: Frame, dict: PyDict, mapping: PyValue): void {
  const { rt } = frame;
  if (mapping instanceof PyDict) {
    rt.step(mapping.size);
    for (const { key, value } of mapping.entries()) dict.set(rt, key, value);
    return;
  }
  const keys = specialMethod(rt, mapping, 'keys');
  if (keys === undefined) return raise('TypeError', `'${typeOf(mapping).name}' object is not a mapping`);
  return forEach(rt, rt.call(keys, []), (key) => dict.set(rt, key, getItem(rt, mapping, key)));
}

const none = (): PyValue => null;

export function compileSlice(c: Compiler, node: tree.Slice): Evaluate {
  const lower = node.lower === undefined ? none : c.expression(node.lower);
  const upper = node.upper === undefined ? none : c.expression(node.upper);
  const step = node.step === undefined ? none : c.expression(node.step);
  return (frame) => new PySlice(lower(frame), upper(frame), step(frame));
}

export function compileConstant(node: tree.Constant | tree.Bytes | tree.EllipsisLiteral): Evaluate {
  if (node.kind === 'Constant') {
    const { value } = node;
    return () => value;
  }
  if (node.kind === 'Ellipsis') return () => ELLIPSIS;
  const bytes = new PyBytes(node.value);
  return () => bytes;
}

type Part = (frame: Frame) => PyValue;

/** An f-string; an unknown in it makes the whole unknown. */
export function compileFormatted(c: Compiler, node: tree.FormattedString): Evaluate {
  const parts = node.parts.map((part) =>
    typeof part === 'string' ? constantPart(part) : compilePart(c, part),
  );
  return (frame) => {
    let text = '';
    for (const part of parts) {
      const piece = part(frame);
      if (typeof piece !== 'string') return piece;
      text += piece;
    }
    if (text.length > 1024) checkStringLength(frame.rt, text.length);
    return text;
  };
}

function constantPart(text: string): Part {
  return () => text;
}

function compilePart(c: Compiler, part: tree.FormattedValue): Part {
  const value = c.expression(part.value);
  const format = part.format === undefined ? undefined : compileFormatted(c, part.format);
  const conversion = part.conversion ?? (part.label !== undefined && format === undefined ? 'r' : undefined);
  const label = part.label ?? '';
  const { span } = part.value;
  return (frame) => {
    const { rt } = frame;
    let shown = value(frame);
    if (isUnknown(shown)) return shown;
    const spec = format === undefined ? '' : format(frame);
    if (typeof spec !== 'string') return spec;
    frame.span = span;
    if (conversion === 'r') shown = repr(rt, shown);
    else if (conversion === 's') shown = str(rt, shown);
    else if (conversion === 'a') shown = toAscii(repr(rt, shown));
    return label + formatValue(rt, shown, spec);
  };
}
