import type { Report, ReportPart } from '../reports.contract.js';
import { entryOf, type Entry } from './evidence-entry.js';
import { blocksOf, reflowed, runsOf } from './marked-up.js';
import { isReadable } from './faces.js';
import { INK, Sheet } from './sheet.js';
import { timeIn } from './times.js';
import type { Run } from './wrap.js';

/** Everything that a report on one submission says. */
export interface StudentReport {
  readonly exam: string;
  /** A name, or a pseudonym for whoever must not know it. */
  readonly candidate: string;
  readonly studentNumber: string | null;
  readonly attempt: number;
  readonly receipt: { readonly code: string; readonly receivedAt: string; readonly sha256: string };
  /** Null where the marks are not released. */
  readonly releasedAt: string | null;
  readonly erased: boolean;
  /** The IANA name of the zone that times are told in. */
  readonly zone: string;
  readonly report: Report;
}

const MOST_CHARACTERS = 60_000;
const MOST_ENTRIES = 200;

/** What stands in place of a mark. Absent, pending, failed, excused and 0 are five things. */
const NO_MARK: Readonly<Record<ReportPart['state'], string>> = {
  absent: 'No answer was found for this part, and nobody has decided on a mark.',
  pending: 'This part is still being worked on. It has no mark yet.',
  failed: 'A fault of the system kept this part from being read. That is no mark, and counts against nobody.',
  proposed: 'There is a proposal of the machine only; no person has decided.',
  'needs-person': 'This part waits for a person to decide.',
  marked: '',
  excused: 'You are excused from this part: it counts neither to the total nor to what that is out of.',
};

const STATES: Readonly<Record<ReportPart['state'], string>> = {
  absent: 'no answer',
  pending: 'in work',
  failed: 'fault of the system',
  proposed: 'proposed only',
  'needs-person': 'waits for a person',
  marked: 'marked',
  excused: 'excused',
};

export async function studentReport(given: StudentReport): Promise<Uint8Array> {
  const { exam, receipt, releasedAt, zone, report } = given;
  const sheet = new Sheet({
    title: `${exam}: report, receipt ${receipt.code}`,
    subject: 'Marks, reasons and evidence',
    date: new Date(releasedAt ?? receipt.receivedAt),
  });
  sheet.heading(1, exam);
  sheet.paragraph([{ text: 'Marks, reasons and evidence', colour: INK.quiet }], { size: 11, after: 10 });
  sheet.facts([
    ['Candidate', candidateRuns(given)],
    ...(given.studentNumber === null ? [] : [['Student number', given.studentNumber] as const]),
    ['Attempt', String(given.attempt)],
    ['Receipt', receipt.code],
    ['Received', timeIn(zone, receipt.receivedAt)],
    ['SHA-256 of the file', [{ text: receipt.sha256, face: 'code' }]],
    ['Released', releasedAt === null ? 'Not released: the marks as they stand' : timeIn(zone, releasedAt)],
  ]);
  total(sheet, report);
  for (const part of report.parts) partReport(sheet, part, given.erased);
  glyphNote(sheet);
  return sheet.finish();
}

/** A name of which little but boxes would be left is not printed; it stands with the same number in the grade report. */
function candidateRuns({ candidate, studentNumber, receipt }: StudentReport): Run[] {
  if (isReadable(candidate)) return [{ text: candidate, face: 'bold' }];
  return [
    {
      text: studentNumber === null ? `Receipt ${receipt.code}` : `Student number ${studentNumber}`,
      face: 'bold',
    },
    {
      text: '\nThe name is in letters that the typefaces of this document lack. It stands in the grade report, in CSV and Excel.',
      colour: INK.quiet,
    },
  ];
}

function total(sheet: Sheet, { total: { marks, counts, available, complete }, late, parts }: Report): void {
  sheet.heading(2, 'Total', complete ? `${counts} of ${available}` : `${marks} of ${available} so far`);
  if (!complete) sheet.paragraph('Not every part has a mark, so this is no total yet.');
  if (late !== null) {
    sheet.paragraph(late.says);
    if (late.deduction !== null) {
      sheet.facts([
        ['For the work', marks],
        ['For lateness', late.deduction === '0' ? '0' : `−${late.deduction}`],
        ['What counts', [{ text: counts, face: 'bold' }]],
      ]);
    }
  }
  sheet.table(
    [
      { title: 'Part', width: 46 },
      { title: 'Title' },
      { title: 'State', width: 100 },
      { title: 'Marks', width: 50, numbers: true },
      { title: 'Available', width: 60, numbers: true },
    ],
    parts.map(({ key, title, state, marks: given, available: most }) => [
      key,
      title ?? '',
      STATES[state],
      given ?? '–',
      most,
    ]),
  );
}

function options(sheet: Sheet, choices: NonNullable<ReportPart['choices']>): void {
  sheet.heading(3, 'Options');
  sheet.table(
    [{ title: 'Option', width: 60 }, { title: 'It says' }, { title: '', width: 60 }],
    choices.map(({ id, says, right }) => [id, runsOf(says), right ? 'right' : '']),
  );
}

function partReport(sheet: Sheet, part: ReportPart, erased: boolean): void {
  const title = part.title === null ? `Part ${part.key}` : `${part.key}  ${part.title}`;
  sheet.heading(
    2,
    title,
    part.state === 'excused'
      ? 'excused'
      : part.marks === null
        ? 'no mark'
        : `${part.marks} of ${part.available}`,
  );
  if (part.marks === null) sheet.paragraph(NO_MARK[part.state]);
  if (part.reason !== null && part.reason !== '') sheet.paragraph(runsOf(part.reason));
  if (part.items.length > 0) {
    sheet.heading(3, 'What the marks were for');
    sheet.table(
      [{ title: 'Item' }, { title: 'Marks', width: 70, numbers: true }],
      part.items.map((item) => [itemRuns(item), marksOf(item)]),
    );
  }
  // Where nothing was read, there is nothing to say of it besides why.
  if (part.marks !== null || part.text !== '') {
    if (part.choices !== null) options(sheet, part.choices);
    sheet.heading(3, 'Answer');
    answer(sheet, part.text, erased);
  }
  evidence(sheet, part);
  if (part.derivation !== null) {
    sheet.heading(3, 'How it is worked out');
    prose(sheet, part.derivation);
  }
}

function itemRuns({ says, reason, feedback }: ReportPart['items'][number]): Run[] {
  return [
    ...runsOf(says),
    ...(reason === null || reason === '' ? [] : [{ text: '\n' }, ...runsOf(reason, INK.quiet)]),
    ...(feedback === null || feedback === '' ? [] : [{ text: '\n' }, ...runsOf(feedback)]),
  ];
}

/** What takes marks has nothing to be out of. */
function marksOf({ marks, available }: ReportPart['items'][number]): string {
  const given = marks?.replace('-', '−') ?? '–';
  return available.startsWith('-') || marks?.startsWith('-') === true ? given : `${given} of ${available}`;
}

function answer(sheet: Sheet, text: string, erased: boolean): void {
  if (erased) {
    sheet.paragraph([{ text: 'The text has been erased; the marks stay.', colour: INK.quiet }]);
    return;
  }
  if (text.trim() === '') {
    sheet.paragraph([{ text: 'There is no text of an answer to this part.', colour: INK.quiet }]);
    return;
  }
  for (const block of blocksOf(text.slice(0, MOST_CHARACTERS))) {
    if (block.kind === 'code') sheet.code(block.text, block.firstLine);
    else sheet.paragraph(runsOf(reflowed(block.text)));
  }
  if (text.length > MOST_CHARACTERS) {
    sheet.paragraph(
      `The answer goes on for ${(text.length - MOST_CHARACTERS).toLocaleString('en-GB')} more characters, which are in the document that was handed in.`,
    );
  }
}

/** The working first, equation by equation; then what was found besides. */
function evidence(sheet: Sheet, { evidence: all, text }: ReportPart): void {
  const shown = all.slice(0, MOST_ENTRIES);
  const equations = shown.filter(({ kind }) => kind === 'equation').map((each) => entryOf(each, text));
  const mentions = shown.filter(({ kind }) => kind === 'mention').map((each) => entryOf(each, text).quote);
  const named = new Set(shown.flatMap((each) => (each.kind === 'mention' ? [each.item] : [])));
  const others = shown
    .filter(({ kind }) => kind !== 'equation' && kind !== 'mention')
    .map((each) => entryOf(each, text, named));
  if (equations.length > 0) {
    sheet.heading(3, 'The working, equation by equation');
    const slip = equations.findIndex(({ sign }) => sign === '✗');
    equations.forEach((each, at) => entry(sheet, at === slip ? { ...each, word: 'The first slip' } : each));
  }
  if (others.length > 0 || mentions.length > 0) {
    sheet.heading(3, 'What was found in the answer');
    // Places to look at, and no more; many of them in one line.
    if (mentions.length > 0) {
      const quoted = [...new Set(mentions)].map((each) => `“${each}”`).join(', ');
      sheet.paragraph([
        { text: '· Mentioned: ', face: 'bold', colour: INK.quiet },
        { text: quoted, face: 'slanted', colour: INK.quiet },
      ]);
    }
    for (const each of others) entry(sheet, each);
  }
  if (all.length > MOST_ENTRIES)
    sheet.paragraph(`${all.length - MOST_ENTRIES} more pieces of evidence are left out here.`);
}

function entry(sheet: Sheet, { sign, colour, word, says, quote, details }: Entry): void {
  const runs: Run[] = [
    { text: `${sign} `, face: 'bold', colour },
    ...(word === '' ? [] : [{ text: `${word}. `, face: 'bold' as const, colour }]),
    ...runsOf(says),
  ];
  const more = quote !== '' || details.length > 0;
  sheet.paragraph(runs, { after: more ? 0 : 4 });
  if (quote !== '')
    sheet.paragraph([{ text: `“${quote}”`, face: 'slanted', colour: INK.quiet }], {
      indent: 14,
      size: 8.5,
      after: details.length > 0 ? 0 : 4,
    });
  details.forEach((each, at) =>
    sheet.paragraph(runsOf(each), { indent: 14, size: 8.5, after: at === details.length - 1 ? 4 : 0 }),
  );
}

/** Markdown of our own: lists, paragraphs and formulas. */
function prose(sheet: Sheet, markdown: string): void {
  for (const line of markdown.split('\n')) {
    if (line.trim() === '') continue;
    const item = /^\s*[-*]\s+(.*)$/.exec(line)?.[1];
    if (item === undefined) sheet.paragraph(runsOf(line.replace(/^#+\s*/, '')), { after: 3 });
    else sheet.paragraph([{ text: '• ' }, ...runsOf(item)], { indent: 8, after: 2 });
  }
}

export function glyphNote(sheet: Sheet): void {
  const { missing } = sheet;
  if (missing.length === 0) return;
  const codes = missing
    .slice(0, 40)
    .map((each) => `U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  sheet.paragraph(
    [
      {
        text: `□ stands for a character that the typefaces of this document lack: ${codes.join(', ')}${missing.length > 40 ? ', …' : ''}.`,
        colour: INK.quiet,
      },
    ],
    { size: 8 },
  );
}
