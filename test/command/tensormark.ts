import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs the built command as a user would; `environment` is on top of the tests' own. */
export function tensormark(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { ...process.env, ...environment }, maxBuffer: 20_000_000 },
      (error, output, errors) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, output, errors });
      },
    );
  });
}
