import { z } from 'zod';
import { line } from '../../http/line.js';
import { wallClock } from '../../http/zone.js';
import { columnsIn, short, type Column, type Columns } from '../columns.js';
import {
  planOf,
  UNCHANGED,
  type Known,
  type KnownExam,
  type PeopleLayout,
  type RowOutcome,
} from '../plan.js';
import { contradictions, formula, rowsOf, shifted, wrong } from '../rows.js';

const EXAM: Column = { name: 'exam', also: ['exam id', 'assignment'] };
const EMAIL: Column = { name: 'email', also: ['email address', 'mail'] };
const UNTIL: Column = { name: 'until', also: ['deadline', 'extended until', 'extension until'] };
const REASON: Column = { name: 'reason', also: ['why'] };
const ALL = [EXAM, EMAIL, UNTIL, REASON];

type Clock = ReturnType<typeof wallClock>;

const Reason = line(1000);
const WithZone = z.iso.datetime({ offset: true });

/** Deadlines of single students: exam, email, until. An extension gives time, and none is taken back by a file. */
export const EXTENSIONS: PeopleLayout = {
  name: 'extensions',
  recognises: (headings) => {
    const columns = columnsIn(headings, ALL);
    return columns.has(EXAM) && columns.has(EMAIL) && columns.has(UNTIL);
  },
  plan: async (table, known) => {
    const [headings = []] = table.rows;
    const columns = columnsIn(headings, ALL);
    if (columns.twice !== undefined)
      return {
        kind: 'refused',
        says: `The columns "${columns.twice[0]}" and "${columns.twice[1]}" mean the same. Leave the one that holds.`,
      };
    const rows = rowsOf(table);
    const contradicts = contradictions(rows, columns, [EXAM, EMAIL], [UNTIL, REASON]);
    const people = new Map(known.people.map((person) => [person.email, person]));
    const exams = new Map<string, KnownExam | undefined>();
    for (const name of new Set(rows.map(([, cells]) => columns.cell(cells, EXAM))))
      exams.set(name, name === '' ? undefined : await known.exam(name));
    const clock = wallClock(known.zone);
    const seen = new Set<string>();
    const outcomes = rows.map(([row, cells]): readonly [number, RowOutcome] => {
      const [exam, email] = [columns.cell(cells, EXAM), columns.cell(cells, EMAIL).toLowerCase()];
      const early = shifted(cells, headings.length) ?? contradicts(row);
      if (early !== undefined) return [row, early];
      if (seen.has(`${exam}\n${email}`)) return [row, UNCHANGED];
      seen.add(`${exam}\n${email}`);
      return [
        row,
        outcomeOf({
          exam: exams.get(exam),
          name: exam,
          person: people.get(email),
          email,
          cells,
          columns,
          clock,
          why: known.why,
        }),
      ];
    });
    return { kind: 'planned', plan: planOf(outcomes) };
  },
};

function outcomeOf({
  exam,
  name,
  person,
  email,
  cells,
  columns,
  clock,
  why,
}: {
  readonly exam: KnownExam | undefined;
  readonly name: string;
  readonly person: Known['people'][number] | undefined;
  readonly email: string;
  readonly cells: readonly string[];
  readonly columns: Columns;
  readonly clock: Clock;
  readonly why: string | null;
}): RowOutcome {
  if (exam === undefined)
    return wrong(columns.heading(EXAM), `There is no exam "${short(name)}" that you examine.`);
  if (person?.role !== 'student')
    return wrong(columns.heading(EMAIL), `There is no student with the address "${short(email)}".`);
  const until = timeIn(columns.cell(cells, UNTIL), clock);
  if (typeof until === 'string') return wrong(columns.heading(UNTIL), until);
  if (exam.deadline === null)
    return wrong(
      columns.heading(EXAM),
      `"${short(name)}" has no deadline, so there is nothing to extend. Set the deadline first.`,
    );
  if (until <= exam.deadline)
    return wrong(
      columns.heading(UNTIL),
      `This is no later than the deadline of everybody, ${exam.deadline.toISOString()}. An extension gives time.`,
    );
  const written = columns.cell(cells, REASON);
  const noReason = written === '' ? undefined : formula(written);
  if (noReason !== undefined) return wrong(columns.heading(REASON), noReason);
  if (written !== '' && !Reason.safeParse(written).success)
    return wrong(columns.heading(REASON), 'The reason is over 1,000 characters, or has control characters.');
  const before = exam.extensions.get(person.id) ?? null;
  if (before?.getTime() === until.getTime()) return UNCHANGED;
  return {
    kind: 'planned',
    planned: {
      name: person.name,
      email: person.email,
      exam: name,
      differences: [{ what: 'deadline', before: before?.toISOString() ?? null, after: until.toISOString() }],
      deed: {
        kind: 'extend',
        extension: {
          examId: exam.id,
          studentId: person.id,
          before,
          deadline: until,
          why: written === '' ? (why ?? '') : written,
        },
      },
    },
  };
}

/** A time, or why it is none. Days and months that could be exchanged are not guessed at. */
function timeIn(cell: string, clock: Clock): Date | string {
  if (cell === '') return 'There is no time. An extension is taken back in the pages, with a reason.';
  if (WithZone.safeParse(cell).success) return new Date(cell);
  const local = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(?::(\d{2}))?$/.exec(cell);
  const time = local === null ? undefined : clock(`${local[1]}T${local[2]}:${local[3] ?? '00'}`);
  return time ?? `"${short(cell)}" is no time. Write it like 2036-03-20 13:00, or 2036-03-20T13:00:00Z.`;
}
