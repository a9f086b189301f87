import { ELLIPSIS } from '../objects/classes.js';
import type * as tree from '../syntax/tree.js';
import type { Compiler } from './context.js';
import type { Evaluate } from './frame.js';

/**
 * A value that is handed over or given a name. Where a program is followed, `...` in such a place is what somebody has left out:
 * `model = ...`, `nn.Linear(..., ...)`.
 */
export function compileGiven(c: Compiler, node: tree.Expression): Evaluate {
  if (node.kind !== 'Ellipsis') return c.expression(node);
  const { span } = node;
  return (frame) => {
    frame.span = span;
    return frame.rt.watcher === undefined ? ELLIPSIS : frame.rt.unknown('what stands here is left out');
  };
}
