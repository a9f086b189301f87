import type { Line } from '../lines/lines.js';
import type { Candidate } from './candidates.js';

/** What stands around a candidate, as far as it bears on whether it is a heading. */
export interface Surroundings {
  readonly blankBefore: boolean;
  /** The line before is long and does not end a sentence: this one may be its continuation. */
  readonly midParagraph: boolean;
  /** Steps of two columns that it stands further right than the rest. */
  readonly indentSteps: number;
  /** A like-numbered candidate stands on the next or the previous line. */
  readonly tight: boolean;
  readonly rest: RestOfLine;
  readonly amongCode: boolean;
}

/** What follows the label on its line. */
export type RestOfLine = 'nothing' | 'text' | 'lower-case' | 'operator' | 'page-number';

const CODE_LINE =
  /^\s*(?:import \w|from [\w.]+ import|def \w+\(|class \w+[(:]|return\b|self\.|@\w+|with \w.*:$|for \w.* in .*:$|if .*:$|else:|try:|(?:\w+\.)*\w+\s*=\s*\S|\w+(?:\.\w+)+\(|[)\]}]+,?\s*$)/;
const SENTENCE_END = /[.!?:;。！？：)\]*_>$|]\s*$/;
const OPERATOR = /^[+*/=<>^×÷·⋅%]|^\\(?:cdot|times|div|frac)|^-\s*\d/;
const LEADERS = /(?:\.\s?){4,}\s*\d{1,4}\s*$/;

export function surroundingsOf(
  text: string,
  lines: readonly Line[],
  candidates: readonly Candidate[],
  index: number,
  baseIndent: number,
): Surroundings {
  const candidate = candidates[index];
  const line = candidate === undefined ? undefined : lines[candidate.line];
  if (candidate === undefined || line === undefined) throw new RangeError(`no candidate ${index}`);
  const above = lines[candidate.line - 1];
  const previous = candidates[index - 1];
  const next = candidates[index + 1];
  const belowHeading = previous?.line === candidate.line - 1 && previous.label.alone;
  const blankBefore =
    above === undefined ||
    above.blank ||
    line.opensPage ||
    line.inline ||
    belowHeading ||
    isRule(contentOf(text, above));
  return {
    blankBefore,
    midParagraph:
      !blankBefore &&
      above !== undefined &&
      above.textEnd - above.start > 60 &&
      !SENTENCE_END.test(contentEnd(text, above)),
    indentSteps: Math.max(0, Math.floor((line.indent - baseIndent) / 2)),
    tight: [previous, next].some(
      (other) =>
        other !== undefined &&
        Math.abs(other.line - candidate.line) === 1 &&
        !other.label.alone &&
        sameShape(other, candidate),
    ),
    rest: restOfLine(text, line, candidate),
    amongCode:
      candidate.label.decoration.hash > 0 &&
      [above, lines[candidate.line + 1]].some(
        (neighbour) => neighbour !== undefined && CODE_LINE.test(contentOf(text, neighbour)),
      ),
  };
}

/** The column where the document's text begins: a document indented as a whole is not indented. */
export function baseIndentOf(lines: readonly Line[], isOpen: (line: number) => boolean): number {
  let base = Infinity;
  lines.forEach((line, index) => {
    if (!line.blank && isOpen(index)) base = Math.min(base, line.indent);
  });
  return Number.isFinite(base) ? base : 0;
}

function sameShape(one: Candidate, other: Candidate): boolean {
  return (
    one.label.punctuation === other.label.punctuation &&
    one.label.numerals.length === other.label.numerals.length
  );
}

function restOfLine(text: string, line: Line, candidate: Candidate): RestOfLine {
  if (candidate.label.alone) return 'nothing';
  const rest = text.slice(candidate.labelEnd, Math.min(line.textEnd, candidate.labelEnd + 160));
  if (OPERATOR.test(rest)) return 'operator';
  if (line.textEnd - candidate.labelEnd <= 160 && LEADERS.test(rest)) return 'page-number';
  return /^\p{Ll}/u.test(rest) ? 'lower-case' : 'text';
}

function contentOf(text: string, line: Line): string {
  return text.slice(line.start, Math.min(line.textEnd, line.start + 200));
}

function contentEnd(text: string, line: Line): string {
  return text.slice(Math.max(line.start, line.textEnd - 8), line.textEnd);
}

function isRule(content: string): boolean {
  return /^\s*(?:[-_*=]\s?){3,80}$/.test(content);
}
