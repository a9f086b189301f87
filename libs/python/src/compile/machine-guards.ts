import type * as tree from '../syntax/tree.js';

/** What a program asks the machine for: a GPU, and what comes with it. */
const ASKED = /\b(is_available|is_built|device_count|cudnn)\b/;

/**
 * Whether a statement ends the program where the machine has no GPU: what follows is meant for one that has, and is what the
 * program is about.
 */
export function asksOfMachine(node: tree.Statement): boolean {
  return (node.kind === 'If' || node.kind === 'Assert') && ASKED.test(node.test.span.text);
}
