import { mul } from '../engine/elementwise.js';
import { matmul } from '../engine/products.js';
import { sum } from '../engine/reductions.js';
import { elements } from '../engine/shape.js';
import { expand, permute, reshape } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { NotExecutable } from '../running/call.js';

/** A tensor whose axes have names. */
interface Named {
  readonly value: Value;
  readonly names: readonly string[];
}

/** `torch.einsum`, contracted from left to right. */
export function einsum(equation: string, operands: readonly Value[]): Value {
  const [left = '', right] = equation.replaceAll(' ', '').split('->');
  const parts = left.split(',').map((subscripts, at) => name(subscripts, operands[at]));
  const wanted = outputNames(right, parts);
  const [first, ...others] = parts;
  if (!first) throw new NotExecutable('it has no operands');
  let current = first;
  for (const [at, next] of others.entries()) {
    const later = new Set([...wanted, ...others.slice(at + 1).flatMap(({ names }) => names)]);
    current = contract(current, next, later);
  }
  const reduced = summed(current, new Set(wanted));
  return permute(
    reduced.value,
    wanted.map((letter) => reduced.names.indexOf(letter)),
  );
}

/** Letters for axes; the axes of an ellipsis are numbered from its end. */
function name(subscripts: string, value: Value | undefined): Named {
  if (!value) throw new NotExecutable('it has fewer operands than subscripts');
  const letters = [...subscripts.replace('...', '.')];
  const spread = value.shape.length - letters.filter((letter) => letter !== '.').length;
  const names = letters.flatMap((letter) =>
    letter === '.' ? Array.from({ length: spread }, (_, at) => `.${spread - at}`) : [letter],
  );
  if (new Set(names).size !== names.length) throw new NotExecutable('it takes a diagonal');
  return { value, names };
}

function outputNames(right: string | undefined, parts: readonly Named[]): readonly string[] {
  const all = parts.flatMap(({ names }) => names);
  const dots = [...new Set(all.filter((each) => each.startsWith('.')))].toSorted(
    (a, b) => Number(b.slice(1)) - Number(a.slice(1)),
  );
  if (right !== undefined)
    return [...right.replace('...', '.')].flatMap((letter) => (letter === '.' ? dots : [letter]));
  const once = [...new Set(all)].filter(
    (each) => !each.startsWith('.') && all.filter((other) => other === each).length === 1,
  );
  return [...dots, ...once.toSorted()];
}

function summed({ value, names }: Named, kept: ReadonlySet<string>): Named {
  const gone = names.flatMap((letter, axis) => (kept.has(letter) ? [] : [axis]));
  if (gone.length === 0) return { value, names };
  return { value: sum(value, gone), names: names.filter((letter) => kept.has(letter)) };
}

function sizeOf({ value, names }: Named, letter: string): number {
  return value.shape[names.indexOf(letter)] ?? 1;
}

/** Two tensors multiplied, and what nobody asks for later summed: a batch of matrix products. */
function contract(one: Named, other: Named, later: ReadonlySet<string>): Named {
  const a = summed(one, new Set([...later, ...other.names]));
  const b = summed(other, new Set([...later, ...one.names]));
  const shared = a.names.filter((letter) => b.names.includes(letter));
  const batch = shared.filter((letter) => later.has(letter));
  const inner = shared.filter((letter) => !later.has(letter));
  const rows = a.names.filter((letter) => !shared.includes(letter));
  const columns = b.names.filter((letter) => !shared.includes(letter));
  const size = (letter: string): number => Math.max(sizeOf(a, letter), sizeOf(b, letter));
  const sizes = (letters: readonly string[]): number[] => letters.map(size);
  const arranged = (of: Named, ...groups: readonly (readonly string[])[]): Value => {
    const order = groups.flat();
    const moved = permute(
      of.value,
      order.map((letter) => of.names.indexOf(letter)),
    );
    return reshape(
      expand(moved, sizes(order)),
      groups.map((group) => elements(sizes(group))),
    );
  };
  const names = [...batch, ...rows, ...columns];
  if (inner.length === 0 && rows.length === 0 && columns.length === 0)
    return { value: reshape(mul(arranged(a, batch), arranged(b, batch)), sizes(names)), names };
  const product = matmul(arranged(a, batch, rows, inner), arranged(b, batch, inner, columns));
  return { value: reshape(product, sizes(names)), names };
}
