import type { Decision } from '../alignment/align.js';
import type { OutlineMap, OutlineNode } from '../alignment/nodes.js';
import type { RestatedQuestions } from '../content/restated.js';
import type { Line } from '../lines/lines.js';
import { isInvisible, isSpace } from '../lines/lines.js';
import type { Span } from '../split.js';

/** A heading with the text below it, up to the next heading. */
export interface Section {
  readonly node: OutlineNode;
  readonly heading: Span;
  readonly body: Span;
  readonly opened: Decision;
  /** Decisions for ordinary text on lines inside the body that could have been headings. */
  readonly passed: readonly Decision[];
  readonly continued: boolean;
}

/** The document cut at the headings that were taken; `start` is the text before the first. */
export interface Sections {
  readonly start: Span;
  readonly passedAtStart: readonly Decision[];
  readonly sections: readonly Section[];
}

export function cutSections(
  text: string,
  lines: readonly Line[],
  decisions: readonly Decision[],
  map: OutlineMap,
  restated: RestatedQuestions,
): Sections {
  const taken = decisions.flatMap((decision, index) => (decision.taken === undefined ? [] : [index]));
  const first = decisions[taken[0] ?? -1];
  const sections = taken.flatMap((index, order): readonly Section[] => {
    const opened = decisions[index];
    if (opened?.taken === undefined) return [];
    const next = taken[order + 1];
    const end = decisions[next ?? -1]?.candidate.start ?? text.length;
    const node = map.nodes[opened.taken.node] ?? { kind: 'start' };
    const headingEnd = Math.min(end, endOfHeading(text, lines, opened, node, restated));
    return [
      {
        node,
        heading: { start: opened.candidate.start, end: headingEnd },
        body: { start: headingEnd, end },
        opened,
        passed: decisions.slice(index + 1, next ?? decisions.length),
        continued: opened.taken.move === 'continued',
      },
    ];
  });
  return {
    start: { start: 0, end: first?.candidate.start ?? text.length },
    passedAtStart: decisions.slice(0, taken[0] ?? decisions.length),
    sections,
  };
}

/** A heading ends with its label, or with its line where the line is the question's title, and any underline. */
function endOfHeading(
  text: string,
  lines: readonly Line[],
  { candidate, taken }: Decision,
  node: OutlineNode,
  restated: RestatedQuestions,
): number {
  const labelEnd = candidate.endAt(taken?.levels ?? 1);
  const line = lines[candidate.line];
  if (line === undefined) return labelEnd;
  const rest = text.slice(labelEnd, line.textEnd);
  const titled = 'question' in node && rest.length < 240 && restated.isTitle(rest, node.question);
  if (rest.trim() !== '' && !titled) return labelEnd;
  const below = lines[candidate.line + 1];
  const underlined =
    below !== undefined && isUnderline(text.slice(below.start, Math.min(below.textEnd, below.start + 240)));
  return skipBlankLines(text, underlined ? below.end : line.end);
}

function isUnderline(content: string): boolean {
  return /^ {0,3}(?:={2,}|-{3,})\s*$/.test(content);
}

/** The first place at or after `from` that is not white space. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

/** The start of the first line from `from` on that is not blank: its indentation belongs to it. */
export function skipBlankLines(text: string, from: number): number {
  const content = skipBlank(text, from);
  let at = content;
  while (at > from && !/[\n\r\f\v\u0085\u2028\u2029]/.test(text.charAt(at - 1))) at--;
  return content >= text.length ? text.length : at;
}

/** Whether a stretch holds nothing to read. */
export function isBlank(text: string, span: Span): boolean {
  return skipBlank(text, span.start) >= span.end;
}

function isBlankCode(code: number): boolean {
  return isSpace(code) || isInvisible(code);
}
