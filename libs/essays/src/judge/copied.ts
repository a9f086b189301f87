import { tokensOf, type Token } from '../text/tokens.js';

const RUN = 4;
const ENOUGH = 0.6;
/** A capital that stands alone behind a word in small letters. */
const LABEL = /(?<=[a-z] )([A-HJ-Z])(?![\p{L}'])/gu;

/** Recognises the question's own words in a sentence. */
export class Question {
  readonly words: ReadonlySet<string>;
  /** Single letters that name things in the question: "bulb A". In lower case. */
  readonly labels: ReadonlySet<string>;
  private readonly runs: ReadonlySet<string>;

  constructor(text: string) {
    const tokens = tokensOf(text);
    this.labels = new Set([...text.matchAll(LABEL)].map(([, letter = '']) => letter.toLowerCase()));
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
