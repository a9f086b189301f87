import type { Value } from '@tensormark/frameworks';
import { comesOf } from './ancestry.js';

/** Whether something comes of the batches of a loader, known or so called, and so is of several examples. */
export function isOfLoader(value: Value): boolean {
  return comesOf(
    value,
    ({ made, inputs }) =>
      (made.kind === 'batch' &&
        made.loader.batchSize !== 1 &&
        made.loader.named.get('batch_size') !== null) ||
      (made.kind === 'operation' && made.name === 'element' && inputs.some(isLoader)),
  );
}

/** Something unknown that is a loader by its name. */
function isLoader({ made, span }: Value): boolean {
  return /(loader|_dl)\b/i.test(made.kind === 'argument' ? made.name : (span?.text ?? ''));
}
