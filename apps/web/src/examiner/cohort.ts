import type { CohortRow, TakeCohort } from '../api/types.js';

/** Which student each row is handed in for; an empty word leaves it out. What the examiner has not touched is as proposed. */
export type Choices = Readonly<Record<string, string>>;

export const LEFT_OUT = '';

export function chosenFor(row: CohortRow, choices: Choices): string {
  const chosen = choices[row.key];
  if (chosen !== undefined) return chosen;
  return row.whose.kind === 'known' && row.already === null ? row.whose.student.id : LEFT_OUT;
}

export const canBeTaken = (row: CohortRow): boolean => row.file.kind === 'ready';

export function toTake(rows: readonly CohortRow[], choices: Choices): TakeCohort['take'] {
  return rows
    .filter(canBeTaken)
    .map((row) => ({ key: row.key, student: chosenFor(row, choices) }))
    .filter(({ student }) => student !== LEFT_OUT);
}

/** Students that are chosen for more than one row. */
export function twice(take: TakeCohort['take']): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(
    take.flatMap(({ student }) => {
      if (seen.has(student)) return [student];
      seen.add(student);
      return [];
    }),
  );
}

export const WHY_ASKED = {
  unknown: 'Nobody here is called so',
  ambiguous: 'Several students are called so',
  contradicts: 'The name is known, with another address or number',
  similar: 'A similar name is known',
  twice: 'Another row is this student’s too',
} as const;

export const KNOWN_BY = {
  email: 'by e-mail address',
  number: 'by student number',
  name: 'by name',
} as const;
