import type { Synonyms } from '../synonyms.js';
import { ARCHITECTURE } from './architecture.js';
import { EFFICIENCY } from './efficiency.js';
import { GENERALISATION } from './generalisation.js';
import { GENERATIVE } from './generative.js';
import { JUDGING } from './judging.js';
import { LANGUAGE_MODELS } from './language-models.js';
import { LEARNING } from './learning.js';
import { OPTIMISATION } from './optimisation.js';
import { SEQUENCES } from './sequences.js';
import { TRAINING } from './training.js';
import { VISION } from './vision.js';

/** Every term of the field that is known here, by group. A term is added to the file of its group. */
export const FIELD: readonly Synonyms[] = [
  ...ARCHITECTURE,
  ...OPTIMISATION,
  ...TRAINING,
  ...GENERALISATION,
  ...JUDGING,
  ...SEQUENCES,
  ...GENERATIVE,
  ...EFFICIENCY,
  ...VISION,
  ...LANGUAGE_MODELS,
  ...LEARNING,
];
