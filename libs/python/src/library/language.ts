import type { NativeModule } from '../native/modules.js';
import { abc } from './abc.js';
import { collectionsAbc } from './collections/abstract.js';
import { collections } from './collections/collections.js';
import { copy } from './copy.js';
import { functools } from './functools.js';
import { future } from './future.js';
import { itertools } from './itertools.js';
import { math } from './math.js';
import { operator } from './operator.js';
import { typing, typingExtensions } from './typing/typing.js';
import { warnings } from './warnings.js';

/** The modules closest to the language itself: containers, functions, numbers, hints. */
export const languageModules: readonly NativeModule[] = [
  abc,
  collections,
  collectionsAbc,
  copy,
  functools,
  future,
  itertools,
  math,
  operator,
  typing,
  typingExtensions,
  warnings,
];
