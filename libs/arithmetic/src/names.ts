import type { Meaning } from './expression.js';

/** Longest name in words: `Block 1`, `First conv layer`. */
export const NAME_WORDS = 4;

/** What the working has given names to so far. Single letters keep their case, longer names do not. */
export class Names {
  private readonly meanings = new Map<string, Meaning>();

  private readonly firstWords = new Set<string>();

  define(name: string, meaning: Meaning): void {
    const key = normalised(name);
    this.meanings.set(key, meaning);
    this.firstWords.add(key.split(' ', 1)[0] ?? key);
  }

  meaningOf(name: string): Meaning | null {
    return this.meanings.get(normalised(name)) ?? null;
  }

  /** Whether any name begins with this word. */
  mayBegin(word: string): boolean {
    return this.firstWords.size > 0 && this.firstWords.has(normalised(word).split(' ', 1)[0] ?? '');
  }
}

function normalised(name: string): string {
  const words = /[\s_]/.test(name) ? name.trim().replace(/[\s_]+/g, ' ') : name;
  return words.length === 1 ? words : words.toLowerCase();
}
