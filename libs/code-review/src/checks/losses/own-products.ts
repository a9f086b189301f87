import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { behind } from '../../ask/ancestry.js';
import { madeOf } from '../../ask/makings.js';
import { ownLinear } from '../../ask/own-linear.js';
import { places } from '../../ask/places.js';

/** Networks that are meant to be products of matrices. */
const MEANT =
  /\bsgc\b|simplif|light_?gcn|deep_?linear|linear_?(net|model|ae|auto)|lora|low_?rank|factori[sz]|\bpca\b|orthogonal/i;

/** Layers that the file writes as products, one upon the other with nothing between that bends: together they are one product. */
export function* ownProductsInARow(program: Program): Generator<Found> {
  if (MEANT.test(program.source)) return;
  const seen = new Set<number>();
  for (const { result } of madeOf(program, 'matmul', 'mm', 'spmm', 'bmm')) {
    const second = ownLinear(result);
    if (
      second?.product !== result ||
      second.product.span === undefined ||
      seen.has(second.product.span.start)
    )
      continue;
    const first = ownLinear(behind(second.input));
    if (first === undefined || first.weight === second.weight) continue;
    const [from, between] = first.weight.shape ?? [];
    const to = second.weight.shape?.[1];
    if (from === undefined || between === undefined || to === undefined) continue;
    // So few between that the two are a product of small rank.
    if (between < from && between < to) continue;
    seen.add(second.product.span.start);
    yield {
      at: second.input.span ?? second.product.span,
      message: `What is multiplied with a parameter here (${between} to ${to}) is itself a product with one (${from} to ${between}), with no activation between them.`,
      evidence: [places(['the first product', first.product.span])],
    };
    return;
  }
}
