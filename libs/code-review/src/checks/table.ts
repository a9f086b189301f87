import type { Check } from '../check.js';
import { data, dataErrors } from './data/index.js';
import { devices } from './devices/index.js';
import { keras } from './keras/index.js';
import { withKeras } from './keras/parts.js';
import { losses } from './losses/index.js';
import { parameterErrors, parameters } from './parameters/index.js';
import { python, pythonErrors } from './python/index.js';
import { refused } from './python/refused.js';
import { shapeErrors, shapes } from './shapes/index.js';
import { training } from './training/index.js';

/** Every check there is, in the order of their groups. */
export const CHECKS: readonly Check[] = [
  ...[...shapes, ...losses, ...training, ...parameters, ...parameterErrors, ...data, ...dataErrors].map(
    withKeras,
  ),
  ...keras,
  ...devices,
  ...python,
  refused([...dataErrors, ...shapeErrors, ...pythonErrors, ...parameterErrors]),
];
