import { tokensOf, type Token } from '../text/tokens.js';

const RUN = 4;
const ENOUGH = 0.6;

/** Recognises the question's own words in a sentence. */
export class Question {
  readonly words: ReadonlySet<string>;
  private readonly runs: ReadonlySet<string>;

  constructor(text: string) {
    const tokens = tokensOf(text);
    this.words = new Set(tokens.map(({ word }) => word));
    this.runs = new Set(runsOf(tokens));
  }

  /** Whether a sentence mostly repeats what was asked. */
  repeats(tokens: readonly Token[]): boolean {
    if (tokens.length < RUN + 1) return false;
    const runs = runsOf(tokens);
    return runs.filter((run) => this.runs.has(run)).length >= ENOUGH * runs.length;
  }
}

function runsOf(tokens: readonly Token[]): string[] {
  return tokens.slice(RUN - 1).map((_last, at) =>
    tokens
      .slice(at, at + RUN)
      .map(({ word }) => word)
      .join(' '),
  );
}
