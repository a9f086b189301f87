import type { Topic } from '../topic.js';
import { apiNames } from './api-names.js';
import { asWritten } from './as-written.js';
import { counts } from './counts.js';
import { backbone } from './backbone.js';
import { latent } from './latent.js';
import { pictures } from './pictures.js';
import { sizes } from './sizes.js';
import { channels } from './channels.js';
import { epochs } from './epochs.js';
import { faultless } from './faultless.js';
import { faults } from './faults.js';
import { judgements } from './judgements.js';
import { lossKind } from './loss-kind.js';
import { namedNumbers } from './named-numbers.js';
import { outputActivation } from './output-activation.js';
import { placement } from './placement.js';
import { praise } from './praise.js';
import { presence } from './presence.js';
import { recurrent } from './recurrent.js';
import { residualAndBias } from './residual-and-bias.js';
import { settings } from './settings.js';
import { shares } from './shares.js';
import { steps } from './steps.js';
import { totals } from './totals.js';
import { training } from './training.js';

/** Every family of claims that is read; what one says of a piece of text goes before what a later one does. */
export const TOPICS: readonly Topic[] = [
  faultless,
  faults,
  praise,
  counts,
  settings,
  totals,
  recurrent,
  channels,
  training,
  epochs,
  steps,
  lossKind,
  placement,
  outputActivation,
  presence,
  residualAndBias,
  shares,
  namedNumbers,
  sizes,
  latent,
  pictures,
  backbone,
  asWritten,
  apiNames,
  judgements,
];
