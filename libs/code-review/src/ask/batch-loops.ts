import type { Loop } from '@tensormark/frameworks';

/** Rows in steps of a batch's size, pieces of an order, and what a function called so gives. */
const IN_BATCHES =
  /^for\b[^\n]*?\bin\b[^\n]*?(\brange\([^\n]*,[^\n]*,\s*(?!-)[\w.]+\s*\)|\.(split|chunk)\(|\b\w*batch(es|_iter|_generator|er)?\w*\()/i;

/** Whether the turns of a loop are batches: it goes over a loader, or over rows in steps of more than one. */
export function isOverBatches({ overLoader, kind, span }: Loop): boolean {
  const head = span.text.split('\n')[0] ?? '';
  return overLoader || (kind === 'for' && IN_BATCHES.test(head) && !/,\s*1\s*\)\s*:/.test(head));
}
