import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** What each file of a bundle is: a function expression round CommonJS, so that V8 can keep its compiled code. */
type Wrapper = (exports: object, require: (id: string) => unknown, __filename: string) => void;

/** A bundle of a few files (plain ASCII, made by scripts/bundle-command.mjs), each loaded when it is first needed. */
export class Bundle {
  readonly #loaded = new Map<string, { readonly exports: object; readonly script: Script }>();
  readonly #require: NodeJS.Require;

  constructor(readonly folder: string) {
    this.#require = createRequire(join(folder, 'bundle'));
  }

  /** Runs a file of the bundle, with its compiled code beside it where there is some; gives what it exports. */
  load(name: string): object {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known.exports;
    const file = join(this.folder, name);
    const cachedData = readIfThere(`${file}.compiled`);
    const script = new Script(readFileSync(file, 'latin1'), {
      filename: file,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    const exports = {};
    this.#loaded.set(name, { exports, script });
    const wrapper = script.runInThisContext() as Wrapper;
    wrapper(exports, (id) => (id.startsWith('./') ? this.load(id.slice(2)) : this.#require(id)), file);
    return exports;
  }

  /** Whether V8 took the compiled code of each file loaded: it does for the version of Node that made it. */
  get isCompiled(): boolean {
    return [...this.#loaded.values()].every(({ script }) => script.cachedDataRejected === false);
  }

  /** The code compiled so far, by file, for the next start. */
  compiledCode(): Map<string, Buffer> {
    return new Map([...this.#loaded].map(([name, { script }]) => [name, script.createCachedData()]));
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
