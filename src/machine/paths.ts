import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package, wherever it was installed; compiled files live in dist/src/machine below it. */
export const PACKAGE_FOLDER = fileURLToPath(new URL('../../../', import.meta.url));
export const WEB_ROOT = join(PACKAGE_FOLDER, 'dist', 'web');
export const DEMONSTRATION_EXAM = join(PACKAGE_FOLDER, 'examples', 'demonstration', 'exam.yaml');
export const DEFAULT_DATA_FOLDER = join(PACKAGE_FOLDER, 'data');
export const COMMAND = join(PACKAGE_FOLDER, 'dist', 'src', 'main.js');
