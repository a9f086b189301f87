import type { Executor } from '../running/call.js';
import { ACTIVATIONS } from './activation.js';
import { ARITHMETIC } from './arithmetic.js';
import { ARRANGING } from './arranging.js';
import { ATTENTION } from './attention.js';
import { CONVOLUTIONS } from './convolution.js';
import { DROPOUTS } from './dropout.js';
import { EMBEDDINGS } from './embedding.js';
import { FOLDING } from './folding.js';
import { INDEXING } from './indexing.js';
import { JOINING } from './joining.js';
import { LINEAR } from './linear.js';
import { LOSSES } from './losses.js';
import { MATHEMATICS } from './mathematics.js';
import { NORMALISATIONS } from './normalisation.js';
import { PADDINGS } from './padding.js';
import { POOLS } from './pooling.js';
import { PRODUCTS } from './products.js';
import { RECURRENT } from './recurrent.js';
import { REDUCTIONS } from './reductions.js';
import { RESHAPING } from './reshaping.js';
import { RESIZING } from './resizing.js';
import { SOFTMAXES } from './softmax.js';

/** Every executor, by family. Adding one is adding it to its family's file. */
const EXECUTORS: readonly Executor[] = [
  ...LINEAR,
  ...CONVOLUTIONS,
  ...NORMALISATIONS,
  ...POOLS,
  ...PADDINGS,
  ...ACTIVATIONS,
  ...SOFTMAXES,
  ...DROPOUTS,
  ...EMBEDDINGS,
  ...RECURRENT,
  ...ATTENTION,
  ...RESHAPING,
  ...JOINING,
  ...INDEXING,
  ...ARRANGING,
  ...ARITHMETIC,
  ...MATHEMATICS,
  ...REDUCTIONS,
  ...PRODUCTS,
  ...RESIZING,
  ...FOLDING,
  ...LOSSES,
];

const byName = new Map<string, Executor>();
for (const executor of EXECUTORS) for (const name of executor.names) byName.set(name, executor);

/** What runs calls of a name; undefined where nothing does. */
export function executorOf(name: string): Executor | undefined {
  return byName.get(name);
}
