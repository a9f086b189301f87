import type { Misconception } from '../misconception.js';
import { ATTENTION } from './attention.js';
import { BIAS } from './bias.js';
import { CHANNELS } from './channels.js';
import { EMBEDDING } from './embedding.js';
import { FLATTEN } from './flatten.js';
import { GROUPS } from './groups.js';
import { KERNEL } from './kernel.js';
import { MEMORY } from './memory.js';
import { NORMALISATION } from './normalisation.js';
import { OPERATIONS_COUNTED } from './operations.js';
import { OUTPUT_SIZE } from './output-size.js';
import { PLACES } from './places.js';
import { RECEPTIVE_FIELD } from './receptive-field.js';
import { RECURRENT } from './recurrent.js';
import { TOTALS } from './totals.js';

/** Every error that is looked for, one entry each. */
export const MISCONCEPTIONS: readonly Misconception[] = [
  ...KERNEL,
  ...CHANNELS,
  ...GROUPS,
  ...BIAS,
  ...PLACES,
  ...OUTPUT_SIZE,
  ...FLATTEN,
  ...NORMALISATION,
  ...RECURRENT,
  ...EMBEDDING,
  ...ATTENTION,
  ...OPERATIONS_COUNTED,
  ...MEMORY,
  ...RECEPTIVE_FIELD,
  ...TOTALS,
];
