import { unknownArising } from '../objects/unknown.js';
import { PythonMachine } from '../runtime/machine.js';
import { compileExpression } from '../compile/compiler.js';
import { Frame } from '../compile/frame.js';
import { ABSENT, unbox } from '../objects/classes.js';
import { NamespaceTable, PyDict } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { NativeFunction } from '../objects/callables.js';
import { PyModule } from '../objects/module.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { rawFunction } from '../native/functions.js';
import { findAttribute } from '../operations/attributes.js';
import { namesOf, namespaceDict } from './inspection.js';
import { parseExpression } from '../syntax/parse.js';
import { Span } from '../source/text.js';

function frameOf(rt: Runtime): Frame {
  const frame = rt instanceof PythonMachine ? rt.frame : undefined;
  return frame ?? raise('RuntimeError', 'no frame to look into');
}

function localsOf(rt: Runtime): PyDict {
  const frame = frameOf(rt);
  if (frame.namespace === frame.globals.namespace) frame.globals.settle();
  if (frame.namespace !== undefined) return namespaceDict(frame.namespace);
  return namespaceDict(frame.localNames());
}

/** Built-in functions that look at the program itself. */
export const dynamic: readonly NativeFunction[] = [
  rawFunction('globals', (rt) => {
    const { globals } = frameOf(rt);
    globals.settle();
    return namespaceDict(globals.namespace);
  }),
  rawFunction('locals', (rt) => localsOf(rt)),
  rawFunction('dir', (rt, args) => {
    const [value] = args;
    return value === undefined
      ? namesOf(rt, new PyModule('', frameOf(rt).namespace ?? frameOf(rt).localNames()))
      : namesOf(rt, value);
  }),
  rawFunction('vars', (rt, args) => {
    const [value] = args;
    if (value === undefined) return localsOf(rt);
    const found = findAttribute(rt, value, '__dict__');
    return found === undefined ? raise('TypeError', 'vars() argument must have __dict__ attribute') : found;
  }),
  rawFunction('eval', (rt, args) => evaluate(rt, args[0] ?? null, args[1] ?? ABSENT)),
  rawFunction('exec', (rt) => {
    rt.note('refused', 'exec() is not followed');
    const unknown = unknownArising(rt, 'exec() is not followed');
    // It may define and change anything.
    unknown.weighed = true;
    return unknown;
  }),
  rawFunction('compile', (rt) => rt.unknown('compile() is not followed')),
];

/** `eval` of an expression, by this same interpreter and under the same budgets. */
function evaluate(rt: Runtime, text: PyValue, globals: PyValue): PyValue {
  const source = unbox(text);
  if (typeof source !== 'string') return rt.unknown('eval() of something that is no text');
  const frame = frameOf(rt);
  const parsed = parseExpression(source, '<string>');
  if (parsed.kind === 'error') return raise('SyntaxError', parsed.problem.message);
  const given =
    globals instanceof PyDict && globals.table instanceof NamespaceTable
      ? globals.table.namespace
      : globals instanceof PyDict
        ? globals.keywords()
        : undefined;
  const module = given === undefined ? frame.globals : new PyModule('<eval>', given);
  const own = new Frame(
    frame.rt,
    '<eval>',
    module,
    new Span(parsed.expression.span.source, 0, source.length),
    [],
    [],
  );
  own.namespace =
    given === undefined
      ? (frame.namespace ?? new Map([...module.namespace, ...frame.localNames()]))
      : module.namespace;
  frame.rt.enter(own);
  try {
    return compileExpression(parsed.expression)(own);
  } finally {
    frame.rt.leave(own);
  }
}
