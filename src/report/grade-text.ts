import type {
  Evidence,
  ExamDefinition,
  GradedDocument,
  GradedPart,
  ItemProposal,
  Span,
} from '@tensormark/marking';
import type { Style } from '../terminal/output.js';
import { excerpt, wrapped } from '../terminal/prose.js';

const WIDTH = 96;

/** A graded document as a person reads it in the terminal, part by part. */
export function gradeAsText(
  exam: ExamDefinition,
  document: string,
  graded: GradedDocument,
  style: Style,
): string {
  const parts = graded.parts.map((part) => partAsText(part, style)).join('\n\n');
  const notes = graded.split.notes.map(({ span, says }) => `  line ${lineOf(document, span.start)}: ${says}`);
  return [
    style.bold(exam.title),
    '',
    parts,
    '',
    ...(notes.length === 0 ? [] : [style.bold('About the document'), ...notes, '']),
    totalAsText(graded, style),
    '',
  ].join('\n');
}

function partAsText({ part, answer, text, proposal }: GradedPart, style: Style): string {
  const title = part.title === undefined ? '' : `  ${part.title}`;
  const lines = [`${style.bold(part.key.padEnd(4))} ${markAsText(proposal, style)}${style.dim(title)}`];
  const indent = '     ';
  if (answer === undefined || text === undefined)
    return [...lines, `${indent}${proposal.summary}`].join('\n');
  const sure = answer.level === 'sure' ? style.dim(answer.level) : style.doubtful(answer.level);
  lines.push(`${indent}${style.dim('found')} "${excerpt(text, 70)}" ${style.dim('·')} ${sure}`);
  if (answer.level !== 'sure') {
    for (const reason of answer.reasons) lines.push(...wrapped(`? ${reason.says}`, WIDTH, `${indent}  `));
  }
  lines.push(...wrapped(proposal.summary, WIDTH, indent));
  for (const item of proposal.items) lines.push(...itemAsText(item, text, style));
  for (const evidence of proposal.evidence) lines.push(...evidenceAsText(evidence, text, style, indent));
  return lines.join('\n');
}

function markAsText(proposal: GradedPart['proposal'], style: Style): string {
  switch (proposal.outcome) {
    case 'absent':
      return style.bad(`absent, of ${proposal.available}`);
    case 'needs-person':
      return style.doubtful(`needs a person, of ${proposal.available}`);
    case 'proposed':
      return style.good(`${proposal.marks ?? ''} of ${proposal.available} proposed`);
  }
}

const SIGNS = { met: '✓', partly: '◐', 'not-met': '✗', undecided: '?' } as const;

function itemAsText(item: ItemProposal, text: string, style: Style): string[] {
  const indent = '     ';
  const marks = item.proposed === null ? `– of ${item.available}` : `${item.proposed} of ${item.available}`;
  const colour = { met: style.good, partly: style.doubtful, 'not-met': style.bad, undecided: style.doubtful };
  const sign = colour[item.outcome](SIGNS[item.outcome]);
  const [first = '', ...rest] = wrapped(item.says, WIDTH - 16, '');
  const mentions = item.evidence.filter((evidence) => evidence.kind === 'mention');
  const others = item.evidence.filter((evidence) => evidence.kind !== 'mention');
  const reason = mentions.length > 0 ? mentionsAsText(mentions, text) : item.reason;
  return [
    `${indent}${sign} ${marks.padEnd(10)} ${first}`,
    ...rest.map((line) => `${indent}             ${line}`),
    ...wrapped(reason, WIDTH, `${indent}    `).map(style.dim),
    ...others.flatMap((evidence) => evidenceAsText(evidence, text, style, `${indent}    `, item.reason)),
  ];
}

function mentionsAsText(mentions: readonly { readonly span: Span }[], text: string): string {
  const quotes = mentions.map(({ span }) => `"${excerpt(text.slice(span.start, span.end), 40)}"`);
  return `places to look at: ${[...new Set(quotes)].join(', ')}`;
}

/** What the line above has said already is not said again; its place in the work still is. */
function evidenceAsText(evidence: Evidence, text: string, style: Style, indent: string, said = ''): string[] {
  const span = 'span' in evidence ? evidence.span : undefined;
  const quote = span === undefined ? '' : style.dim(`"${excerpt(text.slice(span.start, span.end), 60)}"`);
  const place = 'place' in evidence && evidence.place !== undefined ? ` (line ${evidence.place.line})` : '';
  const says = evidence.kind === 'quantity' ? evidence.formula : evidence.says;
  if (says === said) return quote === '' ? [] : [`${indent}· ${quote}${place}`];
  const [first = '', ...rest] = wrapped(says, WIDTH, '');
  if (rest.length === 0) return [`${indent}· ${first}${place}${quote === '' ? '' : ` ${quote}`}`];
  return [`${indent}· ${first}${place}`, ...rest.map((line) => `${indent}  ${line}`)];
}

function totalAsText({ total }: GradedDocument, style: Style): string {
  const lines = [style.bold(`Proposed ${total.proposed} of ${total.available}`)];
  if (total.needsPerson.length > 0) {
    lines.push(
      style.doubtful(`A person decides on ${total.needsPerson.join(', ')}; this is no total before that.`),
    );
  }
  if (total.absent.length > 0) lines.push(style.bad(`No answer was found for ${total.absent.join(', ')}.`));
  return lines.join('\n');
}

function lineOf(document: string, offset: number): number {
  let line = 1;
  for (let at = document.indexOf('\n'); at !== -1 && at < offset; at = document.indexOf('\n', at + 1))
    line += 1;
  return line;
}
