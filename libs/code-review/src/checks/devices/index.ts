import type { Check } from '../../check.js';
import { deviceMismatch } from './device-mismatch.js';
import { labelsLeft } from './labels-left.js';
import { networkLeft } from './network-left.js';

/** What is on which device. */
export const devices: readonly Check[] = [deviceMismatch, labelsLeft, networkLeft];
