import type { Formula } from '@tensormark/network';
import type { Measure } from '../reference/reference.js';
import type { Surroundings } from './surroundings.js';

/** The whole formula of what is asked, for errors about the whole. */
export interface WholeScope {
  readonly formula: Formula;
  readonly measure: Measure;
  /** Path of the module that is asked about; '' for the whole network. */
  readonly module: string;
  readonly surroundings: Surroundings;
}
