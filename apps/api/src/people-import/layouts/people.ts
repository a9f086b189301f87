import { ROLES, type Role, type User } from '@tensormark/records';
import { z } from 'zod';
import { line } from '../../http/line.js';
import { columnsIn, short, type Column, type Columns } from '../columns.js';
import {
  planOf,
  UNCHANGED,
  type Difference,
  type Known,
  type NewAccount,
  type PeopleLayout,
  type RowOutcome,
} from '../plan.js';
import { contradictions, formula, rowsOf, shifted, wrong } from '../rows.js';

const NAME: Column = { name: 'name', also: ['full name', 'display name', 'student', 'student name'] };
const FIRST: Column = { name: 'first name', also: ['given name', 'given names', 'forename'] };
const LAST: Column = { name: 'last name', also: ['family name', 'surname'] };
const EMAIL: Column = { name: 'email', also: ['email address', 'mail'] };
const ROLE: Column = { name: 'role', also: [] };
const NUMBER: Column = {
  name: 'student number',
  also: ['studentnumber', 'number', 'student id', 'id number', 'matriculation number'],
};
const ALL = [NAME, FIRST, LAST, EMAIL, ROLE, NUMBER];

const Name = line(200);
const Email = z.email().max(254);
const Number_ = line(64);

/** Accounts: name, email, role and student number. What a file does not say of somebody stays as it is. */
export const PEOPLE: PeopleLayout = {
  name: 'people',
  recognises: (headings) => columnsIn(headings, ALL).has(EMAIL),
  plan: async (table, known) => {
    const [headings = []] = table.rows;
    const columns = columnsIn(headings, ALL);
    if (columns.twice !== undefined)
      return refused(
        `The columns "${columns.twice[0]}" and "${columns.twice[1]}" mean the same. Leave the one that holds.`,
      );
    if (!columns.has(NAME) && !columns.has(LAST))
      return refused(
        'The file has no column for names. Call it "name", or have "first name" and "last name".',
      );
    const rows = rowsOf(table);
    const contradicts = contradictions(rows, columns, [EMAIL], [NAME, FIRST, LAST, ROLE, NUMBER]);
    const byEmail = new Map(known.people.map((person) => [person.email, person]));
    const numbers = new Map(known.people.map((person) => [person.studentNumber, person.email]));
    const seen = new Set<string>();
    const outcomes = rows.map(([row, cells]): readonly [number, RowOutcome] => {
      const said = shifted(cells, headings.length) ?? accountIn(cells, columns);
      if ('kind' in said) return [row, said];
      const contradiction = contradicts(row);
      if (contradiction !== undefined) return [row, contradiction];
      if (seen.has(said.email)) return [row, UNCHANGED];
      seen.add(said.email);
      // A number is somebody's by the first row that gives it, or by the account that has it.
      const owner = said.studentNumber === null ? undefined : numbers.get(said.studentNumber);
      if (owner !== undefined && owner !== said.email)
        return [
          row,
          wrong(
            columns.heading(NUMBER),
            `"${short(said.studentNumber ?? '')}" is the number of ${owner}. Two people never have the same.`,
          ),
        ];
      if (said.studentNumber !== null) numbers.set(said.studentNumber, said.email);
      return [row, outcomeOf(said, byEmail.get(said.email), columns, known)];
    });
    return { kind: 'planned', plan: planOf(outcomes) };
  },
};

const refused = (says: string) => ({ kind: 'refused' as const, says });

interface Said {
  readonly name: string;
  readonly email: string;
  /** Null where the row does not say. */
  readonly role: Role | null;
  readonly studentNumber: string | null;
}

function accountIn(cells: readonly string[], columns: Columns): Said | RowOutcome {
  const email = columns.cell(cells, EMAIL);
  if (email === '') return wrong(columns.heading(EMAIL), 'There is no address, by which people are known.');
  if (!Email.safeParse(email).success)
    return wrong(columns.heading(EMAIL), `"${short(email)}" is no email address.`);
  const nameColumn = columns.has(NAME) ? NAME : LAST;
  const name = columns.has(NAME)
    ? columns.cell(cells, NAME)
    : [columns.cell(cells, FIRST), columns.cell(cells, LAST)].filter((each) => each !== '').join(' ');
  if (name === '') return wrong(columns.heading(nameColumn), 'There is no name.');
  const noName = formula(name) ?? noLine(Name, name);
  if (noName !== undefined) return wrong(columns.heading(nameColumn), noName);
  const number = columns.cell(cells, NUMBER);
  const noNumber = number === '' ? undefined : (formula(number) ?? noLine(Number_, number));
  if (noNumber !== undefined) return wrong(columns.heading(NUMBER), noNumber);
  const written = columns.cell(cells, ROLE);
  const role = ROLES.find((each) => each === written.toLowerCase());
  if (written !== '' && role === undefined)
    return wrong(columns.heading(ROLE), `"${short(written)}" is no role. Roles are ${ROLES.join(', ')}.`);
  return {
    name,
    email: email.toLowerCase(),
    role: role ?? null,
    studentNumber: number === '' ? null : number,
  };
}

function noLine(schema: typeof Name, text: string): string | undefined {
  if (schema.safeParse(text).success) return undefined;
  return `"${short(text).replaceAll(/\p{Cc}/gu, '�')}" is too long, or has line breaks or other control characters.`;
}

function outcomeOf(
  said: Said,
  person: User | undefined,
  columns: Columns,
  { me, mayChangeRoles }: Known,
): RowOutcome {
  const after = {
    name: said.name,
    role: said.role ?? person?.role ?? 'student',
    studentNumber: said.studentNumber ?? person?.studentNumber ?? null,
  };
  const differences = differencesOf(person, after);
  const planned = { name: after.name, email: said.email, exam: null, differences };
  if (person === undefined)
    return {
      kind: 'planned',
      planned: { ...planned, deed: { kind: 'add', person: { ...after, email: said.email } } },
    };
  if (differences.length === 0) return UNCHANGED;
  if (person.role !== after.role && person.id === me)
    return wrong(
      columns.heading(ROLE),
      'This is your own account, and nobody changes their own role, so that there is always an examiner.',
    );
  if (person.role !== after.role && !mayChangeRoles)
    return wrong(
      columns.heading(ROLE),
      `The role would change from ${person.role} to ${after.role}, and a token changes no roles. Import the file in the pages.`,
    );
  const { name, role, studentNumber } = person;
  return {
    kind: 'planned',
    planned: {
      ...planned,
      deed: { kind: 'change', change: { id: person.id, before: { name, role, studentNumber }, after } },
    },
  };
}

function differencesOf(person: User | undefined, after: Omit<NewAccount, 'email'>): readonly Difference[] {
  const all: readonly Difference[] = [
    { what: 'name', before: person?.name ?? null, after: after.name },
    { what: 'role', before: person?.role ?? null, after: after.role },
    { what: 'student number', before: person?.studentNumber ?? null, after: after.studentNumber },
  ];
  return all.filter(({ before, after }) => before !== after);
}
