import type { Person } from '../api/types.js';

/** A person as one may choose them, or a choice beside all people. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

/** "Ada Lovelace (N-1815)", or with the address where there is no number. */
export const choiceOf = ({
  id,
  name,
  email,
  studentNumber,
}: Pick<Person, 'id' | 'name' | 'email' | 'studentNumber'>): Choice => ({
  value: id,
  label: `${name} (${studentNumber ?? email})`,
});

/** Of a whole university, a list of all would make the page slow. */
const MOST_SHOWN = 50;

/** Those who are shown of all who are found. */
export interface Found {
  readonly count: number;
  readonly choices: readonly Choice[];
}

/** Those who have all of these words. */
export function foundAmong(choices: readonly Choice[], typed: string): Found {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = choices.filter(({ label }) => {
    const lower = label.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
  return { count: found.length, choices: found.slice(0, MOST_SHOWN) };
}

/** With a last line that says how many more there are than are shown. */
export function withMore({ count, choices }: Found): Choice[] {
  const more = count - choices.length;
  if (more <= 0) return [...choices];
  return [
    ...choices,
    { value: '\u2026', label: `And ${more} more: type more of the name, number or address`, disabled: true },
  ];
}

export const NOBODY = 'Nobody is called that here';

/** What a screen reader says of them: they appear while one goes on typing in the field. */
export function foundInWords({ count, choices: [first] }: Found): string {
  if (first === undefined) return NOBODY;
  return count === 1 ? `1 found: ${first.label}` : `${count} found, the first is ${first.label}`;
}
