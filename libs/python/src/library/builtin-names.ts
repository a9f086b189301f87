import { builtins } from '../builtins/index.js';
import { defineModule } from '../native/modules.js';
import type { NativeModule } from '../native/modules.js';

const values = Object.fromEntries(builtins);

/** The names that need no import, by the modules that hand them out: programs for Python 2 and 3 import them. */
export const builtinNames: readonly NativeModule[] = [
  defineModule({ name: 'builtins', values, missing: 'unknown' }),
  defineModule({ name: 'six', values: { PY2: false, PY3: true }, missing: 'unknown' }),
  defineModule({
    name: 'six.moves',
    values: Object.fromEntries(
      ['filter', 'input', 'map', 'range', 'zip'].map((name) => [name, builtins.get(name) ?? null]),
    ),
    source: 'xrange = range',
    missing: 'unknown',
  }),
];
