import type { Check } from '../check.js';
import { data, dataErrors } from './data/index.js';
import { devices } from './devices/index.js';
import { formulas } from './formulas/index.js';
import type { Group } from './groups.js';
import { onlyInKeras } from './keras/in-keras.js';
import { keras } from './keras/index.js';
import { withKeras } from './keras/parts.js';
import { losses } from './losses/index.js';
import { parameterErrors, parameters } from './parameters/index.js';
import { python, pythonErrors } from './python/index.js';
import { refused } from './python/refused.js';
import { shapeErrors, shapes } from './shapes/index.js';
import { training } from './training/index.js';

/** Checks that look at the same side of a program. */
export interface CheckGroup {
  readonly name: Group;
  readonly checks: readonly Check[];
}

/** Every check there is, by what it looks at. */
export const CHECK_GROUPS: readonly CheckGroup[] = [
  { name: 'shapes', checks: shapes.map(withKeras) },
  { name: 'losses', checks: [...losses, ...formulas].map(withKeras) },
  { name: 'training', checks: training.map(withKeras) },
  { name: 'parameters', checks: [...parameters, ...parameterErrors].map(withKeras) },
  { name: 'data', checks: [...data, ...dataErrors].map(withKeras) },
  { name: 'keras', checks: keras.map(onlyInKeras) },
  { name: 'devices', checks: devices },
  {
    name: 'python',
    checks: [
      ...python.map(withKeras),
      refused([...dataErrors, ...shapeErrors, ...pythonErrors, ...parameterErrors]),
    ],
  },
];

/** Every check there is, in the order of their groups. */
export const CHECKS: readonly Check[] = CHECK_GROUPS.flatMap(({ checks }) => checks);
