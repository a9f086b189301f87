import { compileModule } from '../compile/compiler.js';
import type { CompiledModule } from '../compile/compiler.js';
import { parse, parseDeferring } from '../syntax/parse.js';

/** How a module is parsed: all at once, or its functions' bodies when someone first asks for them. */
export type Parsing = 'whole' | 'deferring';

/**
 * Parsed and compiled modules by file name and content. The source text itself is the key: two texts are the
 * same module only if they are equal to the last character.
 */
export class ModuleCache {
  readonly #modules = new Map<string, Map<string, CompiledModule>>();
  #characters = 0;

  /** @param limit Characters of source kept; beyond, the oldest files go first. */
  constructor(readonly limit = 64_000_000) {}

  /**
   * @param parsing `deferring` only for what is known to be without syntax errors.
   * @param classWaits Classes whose bodies are then deferred too.
   */
  compile(
    source: string,
    file: string,
    parsing: Parsing = 'whole',
    classWaits?: (name: string) => boolean,
  ): CompiledModule {
    const key = `${parsing} ${file}`;
    const texts = this.#modules.get(key);
    const known = texts?.get(source);
    if (known !== undefined) return known;
    const compiled = compileModule(
      parsing === 'whole' ? parse(source, file) : parseDeferring(source, file, classWaits),
    );
    if (texts === undefined) this.#modules.set(key, new Map([[source, compiled]]));
    else texts.set(source, compiled);
    this.#characters += source.length;
    this.#shrink();
    return compiled;
  }

  #shrink(): void {
    for (const [key, texts] of this.#modules) {
      if (this.#characters <= this.limit || this.#modules.size === 1) return;
      for (const source of texts.keys()) this.#characters -= source.length;
      this.#modules.delete(key);
    }
  }
}
