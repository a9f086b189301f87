import type { EvaluatedQuestion } from '../../../libs/essays/evaluation/evaluated.js';
import { MODELS } from './models.js';
import { TRAINING } from './training.js';

/**
 * Eight questions of the field whose answers often make half a point, as those of an exam do: a word that decides is left out, two
 * of an item's things are named and not what ties them.
 */
export const HALF_POINTS: readonly EvaluatedQuestion[] = [...TRAINING, ...MODELS];
