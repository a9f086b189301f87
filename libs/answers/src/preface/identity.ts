import type { IdentityField, IdentityKind, Span } from '../split.js';

interface IdentityPattern {
  readonly kind: IdentityKind;
  readonly labelled: boolean;
  /** Matched against one line; the group `value` is the field. */
  readonly pattern: RegExp;
}

const NUMBER_VALUE = '(?<value>[A-Za-z]{0,4}[-/]?\\d{4,14}[A-Za-z]?)';
const SEPARATOR = '[*_]{0,3}\\s*[:：=#]\\s*[*_]{0,3}\\s*';
const NAME_VALUE = "(?<value>\\p{L}[\\p{L}\\p{M}'’.\\-]*(?:,? \\p{L}[\\p{L}\\p{M}'’.\\-]*){0,5})";

const PATTERNS: readonly IdentityPattern[] = [
  {
    kind: 'student-number',
    labelled: true,
    pattern: new RegExp(
      '(?:(?:student|candidate|matriculation|registration|enrolment|enrollment|id|matrikel|matricola|matrícula|学号|學號|学籍番号)' +
        '[\\s-]?(?:id|number|numbers|no\\.?|nr\\.?|nummer|num\\.?|#)?|(?:exam|university|roll)[\\s-](?:id|number|no\\.?|#))' +
        `(?:${SEPARATOR}|\\s+)${NUMBER_VALUE}(?![\\p{L}\\d])`,
      'iu',
    ),
  },
  {
    kind: 'name',
    labelled: true,
    pattern: new RegExp(
      `(?:^|[\\s*_|,;(])(?:name|student|candidate|author|nombre|nom|nome|vorname|nachname|姓名|名前|имя|الاسم)${SEPARATOR}${NAME_VALUE}`,
      'iu',
    ),
  },
  {
    kind: 'name',
    labelled: true,
    pattern:
      /^[\s*_#]*(?:[Cc]andidate|[Ss]tudent|CANDIDATE|STUDENT)\s+(?<value>\p{Lu}[\p{L}'’-]{0,20}(?: \p{Lu}[\p{L}'’-]{0,20})?)[\s*_]*$/u,
  },
  { kind: 'student-number', labelled: false, pattern: /^[\s*_#(]*(?<value>[A-Za-z]{0,2}\d{5,12})[\s*_)]*$/ },
];

const NAME_ALONE = /^[\s*_]*(?<value>\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*){1,3})[\s*_]*$/u;
/** Words of titles and headings, which are capitalised as names are. */
const NO_NAME =
  /\b(?:exam|examination|test|paper|answers?|neural|networks?|deep|machine|learning|university|department|school|course|module|semester|term|candidate|student|final|midterm|introduction)\b/i;
const LINES = 60;
const LONGEST_LINE = 300;

/** Name and number as the head of a document gives them. What only looks like one is marked as not labelled. */
export function findIdentity(text: string, preface: Span): readonly IdentityField[] {
  const lines = headLines(text, preface);
  const fields = lines.flatMap((line) => fieldsOf(text, line));
  const numbered = lines.findIndex((line) =>
    fields.some((field) => field.kind === 'student-number' && inside(field.span, line)),
  );
  if (fields.some(({ kind }) => kind === 'name') || numbered < 0) return fields;
  const neighbours = [lines[numbered - 1], lines[numbered + 1]];
  for (const line of neighbours) {
    const field = line === undefined ? undefined : nameAlone(text, line);
    if (field !== undefined)
      return [...fields, field].toSorted((one, other) => one.span.start - other.span.start);
  }
  return fields;
}

function headLines(text: string, preface: Span): readonly Span[] {
  const head = text.slice(preface.start, Math.min(preface.end, preface.start + LINES * LONGEST_LINE));
  return [...head.matchAll(/[^\r\n\f]+/g)]
    .filter((match) => match[0].trim() !== '' && match[0].length <= LONGEST_LINE)
    .slice(0, LINES)
    .map((match) => ({
      start: preface.start + match.index,
      end: preface.start + match.index + match[0].length,
    }));
}

function fieldsOf(text: string, line: Span): readonly IdentityField[] {
  const content = text.slice(line.start, line.end);
  const found: IdentityField[] = [];
  for (const { kind, labelled, pattern } of PATTERNS) {
    if (found.some((field) => field.kind === kind)) continue;
    const field = fieldOf(pattern.exec(content), line, kind, labelled);
    if (field !== undefined) found.push(field);
  }
  return found.toSorted((one, other) => one.span.start - other.span.start);
}

function nameAlone(text: string, line: Span): IdentityField | undefined {
  const content = text.slice(line.start, line.end);
  return NO_NAME.test(content) ? undefined : fieldOf(NAME_ALONE.exec(content), line, 'name', false);
}

function fieldOf(
  match: RegExpExecArray | null,
  line: Span,
  kind: IdentityKind,
  labelled: boolean,
): IdentityField | undefined {
  const value = match?.groups?.['value'];
  if (match === null || value === undefined) return undefined;
  const start = line.start + match.index + match[0].lastIndexOf(value);
  return { kind, span: { start, end: start + value.length }, value, labelled };
}

function inside(span: Span, line: Span): boolean {
  return span.start >= line.start && span.end <= line.end;
}
