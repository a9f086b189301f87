import type { Topic } from '../topic.js';
import { counts } from './counts.js';
import { channels } from './channels.js';
import { epochs } from './epochs.js';
import { faultless } from './faultless.js';
import { faults } from './faults.js';
import { judgements } from './judgements.js';
import { lossKind } from './loss-kind.js';
import { presence } from './presence.js';
import { recurrent } from './recurrent.js';
import { residualAndBias } from './residual-and-bias.js';
import { settings } from './settings.js';
import { steps } from './steps.js';
import { totals } from './totals.js';
import { training } from './training.js';

/** Every family of claims that is read; what one says of a piece of text goes before what a later one does. */
export const TOPICS: readonly Topic[] = [
  faultless,
  faults,
  counts,
  settings,
  totals,
  recurrent,
  channels,
  training,
  epochs,
  steps,
  lossKind,
  presence,
  residualAndBias,
  judgements,
];
