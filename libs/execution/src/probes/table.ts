import { batchSizes } from './batch-sizes.js';
import { deadUnits } from './dead-units.js';
import { finite } from './finite.js';
import { forward } from './forward.js';
import { gradientFlow } from './gradients.js';
import { initialLoss } from './initial-loss.js';
import { inputMatters } from './input-matters.js';
import type { ProbeId } from './measurements.js';
import { modes } from './modes.js';
import { overfit } from './overfit.js';
import { parametersMove } from './parameters-move.js';
import type { Probe } from './probe.js';
import { rowsIndependent } from './rows-independent.js';

/** Every probe by its id. */
export const PROBES: { readonly [Id in ProbeId]: Probe<Id> } = {
  finite,
  forward,
  'batch-sizes': batchSizes,
  'initial-loss': initialLoss,
  gradients: gradientFlow,
  'parameters-move': parametersMove,
  'rows-independent': rowsIndependent,
  'input-matters': inputMatters,
  'dead-units': deadUnits,
  modes,
  overfit,
};
