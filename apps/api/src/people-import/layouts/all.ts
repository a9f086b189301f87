import type { PeopleLayout } from '../plan.js';
import { EXTENSIONS } from './extensions.js';
import { PEOPLE } from './people.js';

/** Every kind of file about people, the one that asks for most columns first. A new one is a file and a line here. */
export const LAYOUTS: readonly PeopleLayout[] = [EXTENSIONS, PEOPLE];
