import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** The command runs from a file of its own or from a bundle, one folder further down. */
const file = ['../../package.json', '../../../package.json']
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(url));
if (file === undefined) throw new Error('package.json is missing: the installation is not whole');

/** The version in package.json, wherever the command runs from. */
export const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(file, 'utf8'))).version;
