import type { Statement } from './tree.js';

/** The docstring of a body. */
export function docstringOf([first]: readonly Statement[]): string | null {
  return first?.kind === 'Expr' && first.value.kind === 'Constant' && typeof first.value.value === 'string'
    ? first.value.value
    : null;
}
