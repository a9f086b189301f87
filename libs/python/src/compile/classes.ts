import type { PyValue } from '../objects/object.js';
import { docstringOf } from '../syntax/docstring.js';
import type * as tree from '../syntax/tree.js';
import { LazyAnnotations } from './annotations.js';
import { compileArguments, compileKeywords } from './calls.js';
import type { Compiler } from './context.js';
import { Cell, Frame, PyCell } from './frame.js';
import type { Evaluate } from './frame.js';
import { analyseClass } from './scope.js';

/** A class object from `class`; decorators are applied by the statement. */
export function compileClass(c: Compiler, node: tree.ClassDefinition): Evaluate {
  const scope = c.scope.child(node) ?? analyseClass(node, c.scope);
  const qualname = c.path + node.name;
  const inner = c.within(scope, `${qualname}.`);
  const bases = compileArguments(c, node.bases);
  const keywords = compileKeywords(c, node.keywords);
  const body = inner.block(node.body);
  const captures = scope.freeCells.map((name) => c.scope.captureStorage(name));
  const doc = docstringOf(node.body);
  const { span, name, nameSpan } = node;
  return (frame) => {
    const { rt } = frame;
    const baseValues = bases(frame);
    const named = keywords(frame);
    const cells = [new Cell()];
    for (const capture of captures) {
      cells.push((capture.kind === 'cell' ? frame.cells[capture.index] : undefined) ?? new Cell());
    }
    const namespace = new Map<string, PyValue>();
    namespace.set('__module__', frame.globals.namespace.get('__name__') ?? null);
    namespace.set('__qualname__', qualname);
    if (doc !== null) namespace.set('__doc__', doc);
    const own = new Frame(rt, name, frame.globals, span, [], cells);
    own.namespace = namespace;
    frame.span = nameSpan;
    rt.enter(own);
    try {
      rt.prepareClass(baseValues, named, name, namespace);
      body(own);
    } catch (thrown) {
      const raised = rt.caught(thrown);
      if (raised === undefined) throw thrown;
      raised.exception.traceback.push({ function: name, span: own.span });
      throw raised;
    } finally {
      rt.leave(own);
    }
    if (own.lazyAnnotations !== undefined)
      namespace.set('__annotations__', new LazyAnnotations(own.lazyAnnotations));
    const [cell] = cells;
    if (cell !== undefined) namespace.set('__classcell__', new PyCell(cell));
    frame.span = nameSpan;
    return rt.makeClass(name, baseValues, namespace, named);
  };
}
