import type { Meaning } from './expression.js';

/** Longest name in words: `Block 1`, `First conv layer`. */
export const NAME_WORDS = 4;

/** What the working has given names to so far. Single letters keep their case, longer names do not. */
export class Names {
  private readonly meanings = new Map<string, Meaning>();

  define(name: string, meaning: Meaning): void {
    this.meanings.set(normalised(name), meaning);
  }

  meaningOf(name: string): Meaning | null {
    return this.meanings.get(normalised(name)) ?? null;
  }

  get isEmpty(): boolean {
    return this.meanings.size === 0;
  }
}

function normalised(name: string): string {
  const words = name.trim().replace(/[\s_]+/g, ' ');
  return words.length === 1 ? words : words.toLowerCase();
}
