import { COMMANDS } from '../lexer/commands.js';
import type { Label } from '../working.js';

const MAX_LABEL = 160;

/** The words between two places as a label: markup taken out, signs at its ends dropped. Null where no words are left. */
export function labelBetween(text: string, start: number, end: number): Label | null {
  if (end <= start) return null;
  const from = Math.max(start, end - MAX_LABEL);
  const raw = text.slice(from, end);
  const leading = /^(?:[\s,;.:=*_`$~|)\]}–—-]|\\[\s\\)\]])*/.exec(raw)?.[0].length ?? 0;
  const trimmed = trimEnd(raw.slice(leading));
  const cleaned = cleanWords(trimmed).replace(/^[\s,;.:=)\]-]+|[\s:=,;]+$/g, '');
  if (!/\p{L}/u.test(cleaned)) return null;
  return { text: cleaned, start: from + leading, end: from + leading + trimmed.length };
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n:=*_`$~≈,;–—-([&|→>'.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Text as a reader sees it, without LaTeX and Markdown. */
export function cleanWords(text: string): string {
  return text
    .replace(/\\([A-Za-z]{1,30})/g, (_, name: string) => commandText(name))
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/[{}$`]|\*\*+|__|\\/g, '')
    .replace(/(^|\s)\*(?=\S)/g, '$1')
    .replace(/(\S)\*(?=\s|$)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

function commandText(name: string): string {
  const meaning = COMMANDS.get(name);
  if (meaning?.kind === 'letter') return meaning.letter;
  if (meaning?.kind === 'operator') return meaning.cross ? '×' : meaning.operator === '/' ? '÷' : '·';
  if (meaning?.kind === 'function') return meaning.name;
  return meaning?.kind === 'ignored' ? ' ' : '';
}

/** A quote widened so that the braces in it are paired: `\mathbf{385536` takes its brace along. */
export function quoteSpan(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  let missing = 0;
  let open = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 123) open++;
    else if (code === 125 && open > 0) open--;
    else if (code === 125) missing++;
  }
  let from = start;
  let to = end;
  while (open > 0 && text.charAt(to) === '}') {
    to++;
    open--;
  }
  for (; missing > 0; missing--) {
    const before = /\\[A-Za-z]{1,20}\{$/.exec(text.slice(Math.max(0, from - 24), from));
    if (!before) break;
    from -= before[0].length;
  }
  return { start: from, end: to };
}

/** Offsets of lines, for finding the line of a place. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** From 1. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
