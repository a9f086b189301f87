import { defineModule } from '../native/modules.js';

const FEATURES = [
  'annotations',
  'division',
  'print_function',
  'absolute_import',
  'unicode_literals',
  'generators',
  'with_statement',
  'nested_scopes',
  'generator_stop',
];

/** `__future__`: every feature is in force already. */
export const future = defineModule({
  name: '__future__',
  values: Object.fromEntries(FEATURES.map((name) => [name, true])),
});
