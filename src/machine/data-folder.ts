import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DEFAULT_DATA_FOLDER } from './paths.js';

const SYSTEM_DATA_FOLDER = '/var/lib/tensormark';
const OTHERS_MAY_ENTER = 0o001;

/**
 * Where data lives unless TENSORMARK_DATA says otherwise: `data` beside package.json. Postgres refuses to run as root
 * and runs as an account of its own then; where that account could not reach the package (below /root, say), data
 * lives in /var/lib/tensormark instead.
 */
export function defaultDataFolder(): string {
  if (process.getuid?.() !== 0) return DEFAULT_DATA_FOLDER;
  for (let folder = dirname(DEFAULT_DATA_FOLDER); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & OTHERS_MAY_ENTER) === 0) return SYSTEM_DATA_FOLDER;
    if (folder === dirname(folder)) return DEFAULT_DATA_FOLDER;
  }
}
