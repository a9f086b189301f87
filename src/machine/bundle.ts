import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

/** What a bundle is: a function expression round CommonJS, so that V8 can keep its compiled code. */
type Wrapper = (exports: object, require: NodeJS.Require, __filename: string) => void;

export interface Bundle {
  readonly exports: object;
  /** Whether V8 took the compiled code that was kept: it does for the version of Node that made it. */
  readonly kept: boolean;
  /** The code compiled so far, for the next start. */
  compiled(): Buffer;
}

/** Runs a bundle (plain ASCII, made by scripts/bundle-command.mjs), with its compiled code beside it where there is some. */
export function openBundle(file: string): Bundle {
  const cachedData = readIfThere(compiledCodeOf(file));
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const wrapper = script.runInThisContext() as Wrapper;
  const exports = {};
  wrapper(exports, createRequire(file), file);
  return {
    exports,
    kept: cachedData !== undefined && script.cachedDataRejected !== true,
    compiled: () => script.createCachedData(),
  };
}

export function compiledCodeOf(file: string): string {
  return `${file}.compiled`;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
