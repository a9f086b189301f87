import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';

export const batchSlice: Check = {
  id: 'batch-slice',
  title: 'A batch that ends where it should be multiplied',
  severity: 'error',
  why: 'The batch begins at i times its size and ends at i plus its size: the first ones overlap, and from then on they are empty.',
  instead: 'End it at (i + 1) * size.',
  needs: 'A slice from i * size to size + (i + 1) or i + size, with the same i and the same size.',
  wrong: [
    `
def batch(rows, size, i):
    return rows[i * size : size + (i + 1)]  # <--
`,
    `
class Batches:
    def __getitem__(self, at):
        return self.rows[at * self.size : at + self.size]  # <--
`,
  ],
  right: [
    `
def batch(rows, size, i):
    start = i * size
    return rows[start : start + size], rows[i * size : (i + 1) * size], rows[i : i + size]
def other(rows, size, i):
    return rows[i * size : i * size + size], rows[size * i : size * (1 + i)]
`,
  ],
  *run({ body, source }) {
    if (!source.includes('*')) return;
    const found: tree.Expression[] = [];
    eachNode(body, (node) => {
      if (node.kind === 'Slice' && isBroken(node)) found.push(node);
    });
    for (const { span } of found)
      yield { at: span, message: 'This slice is empty for all but the first batches.', evidence: [] };
  },
};

function isBroken({ lower, upper }: tree.Slice): boolean {
  if (lower?.kind !== 'BinOp' || lower.operator !== '*' || upper?.kind !== 'BinOp') return false;
  const factors = new Set([lower.left.span.text, lower.right.span.text]);
  const terms = termsOf(upper);
  if (factors.size !== 2 || terms === undefined) return false;
  const others = terms.filter((term) => !factors.has(term));
  return (
    [...factors].every(
      (factor) => !/^\d+$/.test(factor) && terms.filter((term) => term === factor).length === 1,
    ) && others.every((term) => term === '1')
  );
}

/** What is added up, as it is written; undefined where something else is done than adding. */
function termsOf(node: tree.Expression): readonly string[] | undefined {
  if (node.kind !== 'BinOp') return [node.span.text.replaceAll(/[()\s]/g, '')];
  if (node.operator !== '+') return undefined;
  const [left, right] = [termsOf(node.left), termsOf(node.right)];
  return left && right && [...left, ...right];
}
