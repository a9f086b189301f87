import type { ImportLayout } from '../plan.js';
import { BLACKBOARD } from './blackboard.js';
import { CANVAS } from './canvas.js';
import { MOODLE } from './moodle.js';
import { PAPERS } from './papers.js';
import { PARTS } from './parts.js';

/** Every way in which grades come back, the one that says most first. A new one is a file and a line here. */
export const LAYOUTS: readonly ImportLayout[] = [PARTS, CANVAS, MOODLE, BLACKBOARD, PAPERS];
