import { inOneLine } from './formula.js';
import type { Run } from './wrap.js';

/** Blocks of an answer or a derivation: prose that keeps its lines, and code. */
export type Block =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string; readonly firstLine: number };

const FENCE = /^\s{0,3}(```+|~~~+)/;
/** What only code has at the start of a line. */
const CODE_LINE =
  /^(?:import |from \S+ import |class \w+.*:|def \w+\(.*|@\w+|\s{4,}(?:self\.|return |def |super\())/;

/** Fenced code by itself; a text that is code without a fence, as answers to code questions often are, as one block of code. */
export function blocksOf(text: string): Block[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (!lines.some((line) => FENCE.test(line)) && lines.filter((line) => CODE_LINE.test(line)).length >= 3) {
    return [{ kind: 'code', text: lines.join('\n'), firstLine: 1 }];
  }
  const blocks: Block[] = [];
  let held: string[] = [];
  let fence: { readonly mark: string; readonly line: number } | undefined;
  const end = (at: number) => {
    const body = held.join('\n');
    if (fence !== undefined) blocks.push({ kind: 'code', text: body, firstLine: fence.line });
    else if (body.trim() !== '') blocks.push({ kind: 'prose', text: body.replace(/^\n+|\s+$/g, '') });
    held = [];
    return at;
  };
  lines.forEach((line, at) => {
    const mark = FENCE.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) {
      end(at);
      fence = { mark, line: at + 2 };
    } else if (fence !== undefined && mark?.startsWith(fence.mark) === true) {
      end(at);
      fence = undefined;
    } else {
      held.push(line);
    }
  });
  end(lines.length);
  return blocks;
}

const FULL_LINE = 60;
const STARTS_ANEW = /^\s*(?:[-*•#>|$\\]|\d+[.)]|\p{L}[.)]\s)/u;

/** Prose whose lines were broken at a width, as one line for each paragraph; short lines, as of a working, stay. */
export function reflowed(text: string): string {
  const lines: string[] = [];
  let full = false;
  for (const line of text.split('\n')) {
    const last = lines.at(-1);
    if (last !== undefined && full && line.trim() !== '' && !STARTS_ANEW.test(line))
      lines[lines.length - 1] = `${last.trimEnd()} ${line.trimStart()}`;
    else lines.push(line);
    full = line.length >= FULL_LINE;
  }
  return lines.join('\n');
}

const INLINE =
  /\$\$([^$]+)\$\$|\$([^$\n]+)\$|`([^`\n]+)`|\*\*([^*\n]+)\*\*|\\\(([^\n]*?)\\\)|\\\[([\s\S]*?)\\\]/g;

/** A text with formulas in signs, names of code in the face of code, and what is strong in bold. */
export function runsOf(text: string, colour?: string): Run[] {
  const shared = colour === undefined ? {} : { colour };
  const runs: Run[] = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, display, inline, code, strong, round, square] = match;
    if (match.index > last) runs.push({ text: text.slice(last, match.index), ...shared });
    const formula = display ?? inline ?? round ?? square;
    if (code !== undefined) runs.push({ text: code, face: 'code', ...shared });
    else if (strong !== undefined) runs.push({ text: strong, face: 'bold', ...shared });
    // Two prices in one sentence are no formula.
    else if (formula !== undefined && isFormula(formula)) runs.push({ text: inOneLine(formula), ...shared });
    else runs.push({ text: whole, ...shared });
    last = match.index + whole.length;
  }
  if (last < text.length) runs.push({ text: text.slice(last), ...shared });
  return runs;
}

const isFormula = (text: string) => /[\\^_=+*/<>{}]|^\s*[\p{L}\d(][\p{L}\d.,()\s-]*\s*$/u.test(text);
