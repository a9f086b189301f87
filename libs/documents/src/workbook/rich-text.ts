/**
 * Gathers the words of one shared string or inline cell: all its `t`, of every run, but for those that say how Asian words are read
 * (ECMA-376, part 1, 18.4.6).
 */
export class RichText {
  private words = '';
  private within = false;
  private reading = 0;

  opened(name: string): void {
    if (name === 'rPh') this.reading += 1;
    else if (name === 't') this.within = this.reading === 0;
  }

  text(words: string): void {
    if (this.within) this.words += words;
  }

  closed(name: string): void {
    if (name === 'rPh') this.reading -= 1;
    else if (name === 't') this.within = false;
  }

  /** The words so far, and begins anew. */
  taken(): string {
    const { words } = this;
    this.words = '';
    return unescaped(words);
  }
}

/** Characters that XML cannot hold stand as `_x000D_`, and such words themselves as `_x005F_x000D_` (22.9.2.19). */
export function unescaped(words: string): string {
  return words.includes('_x')
    ? words.replaceAll(/_x([\da-f]{4})_/gi, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : words;
}
