import type { Span } from '../text/span.js';

/** Shorter quotations name a thing: a "bottleneck". */
const WORDS = 6;
const QUOTED = /["“„”«]([^"“”„«»]{20,600})["”“»]/g;

/** Behind a word for saying, any quotation is what somebody says, however short. */
const SAID =
  /(?<=\b(?:sa(?:id|ys?)|wr(?:ote|ites?)|claim(?:ed|s)?|answer(?:ed|s)?|argu(?:ed|es?)|told (?:me|us)|think(?:s)?|thought)\s*[:,]?\s*)["“„”«]([^"“”„«»]{2,600})["”“»]/giu;

/** Sentences in quotation marks: somebody else's, whatever is said of them. An answer that is one quotation is its writer's. */
export function quotedIn(text: string): Span[] {
  if (!/\p{L}/u.test(text.replace(QUOTED, ''))) return [];
  const long = [...text.matchAll(QUOTED)].filter(
    ([, inside = '']) => inside.trim().split(/\s+/).length >= WORDS,
  );
  return [...long, ...text.matchAll(SAID)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** What stands in comments of code or of LaTeX, on lines of their own. */
export function commentedIn(text: string): Span[] {
  return [
    ...text.matchAll(
      /"{3}[\s\S]*?"{3}|^[ \t]*(?:\/\/|%|--(?!-))[ \t]*\p{L}.*$|\/\*[\s\S]*?\*\/|\\begin\{comment\}[\s\S]*?\\end\{comment\}/gmu,
    ),
  ].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** What is struck out, as Markdown, HTML and LaTeX have it. */
export function struckIn(text: string): Span[] {
  return [
    ...text.matchAll(
      /~~[^~\n]+~~|<(del|s|strike)>[\s\S]*?<\/\1>|\\(?:sout|cancel|xcancel|bcancel|st|phantom|hphantom)\{[^{}]*\}|\\textcolor\{white\}\{[^{}]*\}|\\iffalse\b[\s\S]*?\\fi\b|\[(deleted|del|strike)\][\s\S]*?\[\/\2\]/gi,
    ),
  ].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
