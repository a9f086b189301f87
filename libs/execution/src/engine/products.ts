import { products, type Data } from './arrays.js';
import { elements, sameShape } from './shape.js';
import { expand, reshape } from './structure.js';
import { derived, standard, type Value } from './value.js';

interface Batched {
  readonly batch: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** `[batch, rows, inner] × [batch, inner, columns]`, either with a batch of 1. */
function batched(a: Value, b: Value, { batch, rows, inner, columns }: Batched): Value {
  const [first, second] = [standard(a), standard(b)];
  const sizes: readonly [number, number] = [a.shape[0] ?? 1, b.shape[0] ?? 1];
  const forward = products(
    { data: first, transposed: false },
    { data: second, transposed: false },
    { batch: sizes, rows, inner, columns },
  );
  return derived([a, b], { data: forward, shape: [batch, rows, columns] }, (gradient, needs) => {
    const g = standard(gradient);
    const toA = (): Data =>
      products(
        { data: g, transposed: false },
        { data: second, transposed: true },
        { batch: [batch, sizes[1]], rows, inner: columns, columns: inner },
      );
    const toB = (): Data =>
      products(
        { data: first, transposed: true },
        { data: g, transposed: false },
        { batch: [sizes[0], batch], rows: inner, inner: rows, columns },
      );
    return [needs[0] ? toA() : undefined, needs[1] ? toB() : undefined];
  });
}

/** The product of matrices, vectors or batches of them, broadcasting as `torch.matmul` does. */
export function matmul(a: Value, b: Value): Value {
  if (a.shape.length === 1 && b.shape.length === 1) {
    const [size = 1] = a.shape;
    return reshape(matmul(reshape(a, [1, size]), reshape(b, [size, 1])), []);
  }
  if (a.shape.length === 1) {
    const product = matmul(reshape(a, [1, ...a.shape]), b);
    return reshape(product, product.shape.toSpliced(-2, 1));
  }
  if (b.shape.length === 1) {
    const product = matmul(a, reshape(b, [...b.shape, 1]));
    return reshape(product, product.shape.slice(0, -1));
  }
  const [rows = 1, inner = 1] = a.shape.slice(-2);
  const columns = b.shape.at(-1) ?? 1;
  const [leadA, leadB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  if (elements(leadB) === 1 && leadB.length <= leadA.length) {
    // All rows of all batches at once.
    const whole = elements(leadA) * rows;
    const product = batched(reshape(a, [1, whole, inner]), reshape(b, [1, inner, columns]), {
      batch: 1,
      rows: whole,
      inner,
      columns,
    });
    return reshape(product, [...leadA, rows, columns]);
  }
  const lead = broadcastLead(leadA, leadB);
  const grow = (value: Value, own: readonly number[]): Value =>
    sameShape(own, lead) ? value : expand(value, [...lead, ...value.shape.slice(-2)]);
  const batch = elements(lead);
  const product = batched(
    reshape(grow(a, leadA), [batch, rows, inner]),
    reshape(grow(b, leadB), [batch, inner, columns]),
    { batch, rows, inner, columns },
  );
  return reshape(product, [...lead, rows, columns]);
}

function broadcastLead(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) =>
    Math.max(a[a.length - rank + axis] ?? 1, b[b.length - rank + axis] ?? 1),
  );
}
