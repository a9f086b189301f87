import type { Topic } from '../topic.js';
import { counts } from './counts.js';
import { faultless } from './faultless.js';
import { faults } from './faults.js';
import { judgements } from './judgements.js';
import { presence } from './presence.js';
import { residualAndBias } from './residual-and-bias.js';
import { settings } from './settings.js';
import { totals } from './totals.js';
import { training } from './training.js';

/** Every family of claims that is read; what one says of a piece of text goes before what a later one does. */
export const TOPICS: readonly Topic[] = [
  faultless,
  faults,
  counts,
  settings,
  totals,
  training,
  presence,
  residualAndBias,
  judgements,
];
