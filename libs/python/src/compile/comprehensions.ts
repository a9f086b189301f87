import { PyDict, PyList, PySet } from '../objects/containers.js';
import { PyObject } from '../objects/object.js';
import type { PyValue } from '../objects/object.js';
import { UnknownNeeded } from '../objects/iterators.js';
import { truth, truthOrUnknown } from '../operations/conversion.js';
import { getIterator } from '../operations/iteration.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import { Cell, Frame } from './frame.js';
import type { Evaluate } from './frame.js';
import { makeGenerator } from './generator.js';
import { isUnknown } from './names.js';
import { analyseGenerator, analyseInline } from './scope.js';
import type { Scope } from './scope.js';
import { isOpenAndEmpty, ofOpen } from '../operations/open-lists.js';
import { hasUnknownLength } from '../types/list-parts.js';

/** The scope of a comprehension: analysed with its function, or here where it stands in a module or class. */
function scopeOf(c: Compiler, node: tree.Comprehension): Scope {
  const known = c.scope.child(node);
  if (known !== undefined) return known;
  return node.kind === 'GeneratorExp' ? analyseGenerator(node, c.scope) : analyseInline(node, c.scope);
}

/** Runs `visit` for each turn of the clauses. */
function compileClauses(
  c: Compiler,
  inner: Compiler,
  clauses: readonly tree.ComprehensionClause[],
  visit: (frame: Frame, sink: Sink) => void,
): (frame: Frame, sink: Sink) => void {
  let run = visit;
  for (const [index, clause] of [...clauses.entries()].toReversed()) {
    const iterable = (index === 0 ? c : inner).expression(clause.iterable);
    const store = inner.store(clause.target);
    const conditions = clause.conditions.map((condition) => inner.expression(condition));
    const { span } = clause.iterable;
    const next = run;
    run = (frame, sink) => {
      const items = iterable(frame);
      frame.span = span;
      const { rt } = frame;
      if (isUnknown(items) && rt.watcher !== undefined) {
        // One turn stands for all; what it gathers is then no more known than what it goes over.
        store(frame, rt.watcher.derived(rt, { kind: 'element', of: items }));
        for (const condition of conditions) condition(frame);
        next(frame, sink);
        if (isOfObjects(clauses, sink)) {
          // As a loop that appends them: two turns stand for all, and how many there are stays open.
          store(frame, rt.watcher.derived(rt, { kind: 'element', of: items }));
          next(frame, sink);
          sink.grownByUnknown = true;
        } else ofUnknowns.add(sink);
        return;
      }
      // As many are gathered as turns of a loop were run of which nobody knows how often it turns.
      if (sink instanceof PyList && hasUnknownLength(items)) sink.grownByUnknown = true;
      const iterator = getIterator(rt, items);
      turns: for (let item = iterator.next(rt); item !== undefined; item = iterator.next(rt)) {
        rt.step();
        store(frame, item);
        for (const condition of conditions) {
          const holds = condition(frame);
          if (isUnknown(holds) && rt.watcher !== undefined) ofUnknowns.add(sink);
          else if (!passes(frame, holds)) continue turns;
        }
        next(frame, sink);
        frame.span = span;
      }
    };
  }
  return run;
}

/** Whether what was gathered is one object that keeps a state of its own, as layers are: each turn makes another like it. */
function isOfObjects(clauses: readonly tree.ComprehensionClause[], sink: Sink): sink is PyList {
  const [only, ...more] = clauses;
  if (only === undefined || more.length > 0 || only.conditions.length > 0) return false;
  if (!(sink instanceof PyList)) return false;
  const [made, ...others] = sink.items;
  return others.length === 0 && made instanceof PyObject && made.keepsState;
}

/** Whether an item passes a condition; where that is unknown, it does not, or nobody knows the items. */
export function passes({ rt }: Frame, value: PyValue): boolean {
  const holds = truthOrUnknown(rt, value);
  if (typeof holds === 'boolean') return holds;
  if (rt.undecided === 'forget') throw new UnknownNeeded(holds);
  return truth(rt, holds);
}

type Sink = PyList | PySet | PyDict;

/** What comprehensions of a watched run gather from unknowns: which items there are is not known. */
const ofUnknowns = new WeakSet<Sink>();

export function compileComprehension(c: Compiler, node: tree.Comprehension): Evaluate {
  const scope = scopeOf(c, node);
  if (node.kind === 'GeneratorExp') return compileGenerator(c, node, scope);
  const inner = c.within(scope, c.path);
  const element = inner.expression(node.element);
  const key = node.key === undefined ? undefined : inner.expression(node.key);
  const visit = (frame: Frame, sink: Sink): void => {
    if (sink instanceof PyList) {
      if (sink.items.length >= 65_536) frame.rt.allocate(8);
      sink.items.push(element(frame));
    } else if (sink instanceof PySet) sink.add(frame.rt, element(frame));
    else if (key !== undefined) {
      const name = key(frame);
      sink.set(frame.rt, name, element(frame));
    }
  };
  const run = compileClauses(c, inner, node.clauses, visit);
  const cells = scope.capturedCells;
  const make =
    node.kind === 'ListComp'
      ? () => new PyList([])
      : node.kind === 'SetComp'
        ? () => new PySet()
        : () => new PyDict();
  return (frame) => {
    for (const cell of cells) frame.cells[cell] = new Cell();
    const sink = make();
    try {
      run(frame, sink);
    } catch (thrown) {
      if (thrown instanceof UnknownNeeded) return thrown.unknown;
      throw thrown;
    }
    return ofUnknowns.has(sink) ? gatheredFromUnknowns(frame, node, sink) : sink;
  };
}

function gatheredFromUnknowns(frame: Frame, node: tree.Comprehension, sink: Sink): PyValue {
  const { rt } = frame;
  frame.span = node.span;
  return (
    rt.watcher?.derived(rt, { kind: 'operator', symbol: 'comprehension', operands: [sink] }) ??
    rt.unknown('what a comprehension over unknowns gives')
  );
}

function compileGenerator(c: Compiler, node: tree.Comprehension, scope: Scope): Evaluate {
  const [first] = node.clauses;
  if (first === undefined) throw new Error('a comprehension has at least one clause');
  const iterable = c.expression(first.iterable);
  const inner = c.within(scope, `${c.path}<genexpr>`);
  const body = inner.suspendableGenerator(node);
  const captures = scope.freeCells.map((name) => c.scope.storage(name));
  const { span } = node;
  const name = `${c.path}<genexpr>`;
  return (frame) => {
    const given = iterable(frame);
    const items = isOpenAndEmpty(given) ? ofOpen(frame.rt) : given;
    if (isUnknown(items)) return items;
    frame.span = first.iterable.span;
    if (isUnknown(items) && frame.rt.watcher !== undefined)
      return frame.rt.watcher.derived(frame.rt, {
        kind: 'operator',
        symbol: 'comprehension',
        operands: [items],
      });
    const iterator: PyValue = getIterator(frame.rt, items);
    const cells = scope.ownCells.map(() => new Cell());
    for (const capture of captures) {
      cells.push((capture.kind === 'cell' ? frame.cells[capture.index] : undefined) ?? new Cell());
    }
    const own = new Frame(frame.rt, name, frame.globals, span, [], cells);
    own.result = iterator;
    own.namespace = frame.namespace === frame.globals.namespace ? frame.namespace : undefined;
    return makeGenerator(frame.rt, own, 'generator', body, '<genexpr>', name);
  };
}
