import { BLACKBOARD } from './blackboard.js';
import { CANVAS } from './canvas.js';
import { CSV } from './csv.js';
import type { GradeFormat } from './format.js';
import { MOODLE } from './moodle.js';
import type { FileFormat } from './names.js';
import { XLSX } from './xlsx.js';

/** Every format but JSON, which is the report itself. A new one is a file, its name in `names.ts` and a line here. */
export const FORMATS: Readonly<Record<FileFormat, GradeFormat>> = {
  csv: CSV,
  xlsx: XLSX,
  canvas: CANVAS,
  moodle: MOODLE,
  blackboard: BLACKBOARD,
};
