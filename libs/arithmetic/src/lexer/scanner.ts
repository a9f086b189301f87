import type { Bracket, Token } from '../tokens.js';

/** A token before its place is known. */
type Content<T> = T extends Token ? Omit<T, 'start' | 'end' | 'space' | 'border' | 'math' | 'match'> : never;
export type TokenContent = Content<Token>;

/** The state of reading one text: where we are, what was found, and what was announced but not yet seen. */
export class Scanner {
  at = 0;
  readonly tokens: Token[] = [];
  readonly struckOut: { start: number; end: number }[] = [];
  readonly braces: ReadonlyMap<number, number>;
  /** Arguments in braces that the last command still expects. */
  expecting = 0;
  /** How many LaTeX environments are open, and whether the innermost is a table. */
  readonly environments: string[] = [];
  dollars: '' | '$' | '$$' = '';
  displayDepth = 0;
  /** Where a prefix of the next token began: `\left` before its bracket. */
  prefix: number | null = null;
  private space = true;
  private border = false;
  private readonly open: number[] = [];
  private readonly openCounts = new Map<Bracket, number>();
  private readonly argumentEnds = new Map<number, number>();
  private readonly transparentEnds = new Set<number>();

  constructor(readonly text: string) {
    this.braces = matchBraces(text);
  }

  get math(): boolean {
    return this.dollars !== '' || this.displayDepth > 0 || this.environments.length > 0;
  }

  get last(): Token | undefined {
    return this.tokens[this.tokens.length - 1];
  }

  markSpace(): void {
    this.space = true;
  }

  markBorder(): void {
    this.border = true;
    this.expecting = 0;
  }

  emit(content: TokenContent, start: number, end: number): void {
    const { space, border, math } = this;
    const from = this.prefix ?? start;
    this.space = false;
    this.prefix = null;
    this.border = false;
    this.expecting = 0;
    if (content.kind === 'open') {
      this.open.push(this.tokens.length);
      this.openCounts.set(content.bracket, (this.openCounts.get(content.bracket) ?? 0) + 1);
      this.tokens.push({
        kind: 'open',
        bracket: content.bracket,
        match: -1,
        start: from,
        end,
        space,
        border,
        math,
      });
      return;
    }
    if (content.kind === 'close') this.closeBracket(content.bracket);
    // Assigned, not spread: the content is a fresh literal, and this is the innermost loop of reading.
    this.tokens.push(Object.assign(content, { start: from, end, space, border, math }));
  }

  /** Brackets do not reach across empty lines, list items and table cells. */
  forgetBrackets(): void {
    this.open.length = 0;
    this.openCounts.clear();
  }

  private closeBracket(bracket: Bracket): void {
    if ((this.openCounts.get(bracket) ?? 0) === 0) return;
    for (let index = this.open.pop(); index !== undefined; index = this.open.pop()) {
      const token = this.tokens[index];
      if (token?.kind !== 'open') continue;
      this.openCounts.set(token.bracket, (this.openCounts.get(token.bracket) ?? 1) - 1);
      if (token.bracket === bracket) {
        token.match = this.tokens.length;
        return;
      }
    }
  }

  /** At `{`: an argument becomes a bracket, any other brace is as good as absent. */
  openBrace(): void {
    const start = this.at++;
    const close = this.braces.get(start);
    if (this.expecting > 0 && close !== undefined) {
      this.argumentEnds.set(close, this.expecting - 1);
      this.emit({ kind: 'open', bracket: '{' }, start, start + 1);
    } else if (close !== undefined) {
      this.transparentEnds.add(close);
    } else {
      this.emit({ kind: 'other' }, start, start + 1);
    }
  }

  closeBrace(): void {
    const start = this.at++;
    const remaining = this.argumentEnds.get(start);
    if (remaining !== undefined) {
      this.emit({ kind: 'close', bracket: '{' }, start, start + 1);
      this.expecting = remaining;
    } else if (!this.transparentEnds.has(start)) {
      this.emit({ kind: 'other' }, start, start + 1);
    }
  }

  /** The end of the argument in braces at `from`, spaces before it allowed; `from` where there is none. */
  argumentEnd(from: number): number {
    let at = from;
    while (this.text.charAt(at) === ' ') at++;
    const close = this.text.charAt(at) === '{' ? this.braces.get(at) : undefined;
    return close === undefined ? from : close + 1;
  }

  /** Says that the brace at `open` and its partner change the look only. */
  makeTransparent(open: number): void {
    const close = this.braces.get(open);
    if (close !== undefined) this.transparentEnds.add(close);
  }
}

function matchBraces(text: string): ReadonlyMap<number, number> {
  const matches = new Map<number, number>();
  const open: number[] = [];
  for (let at = text.indexOf('{'); at !== -1 && at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 92) at++;
    else if (character === 123) open.push(at);
    else if (character === 125) {
      const start = open.pop();
      if (start !== undefined) matches.set(start, at);
    }
  }
  return matches;
}
