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

/** Those who have all of these words, and how many more there are than are shown. */
export function foundAmong(choices: readonly Choice[], typed: string): Choice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = choices.filter(({ label }) => {
    const lower = label.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
  const more = found.length - MOST_SHOWN;
  if (more <= 0) return found;
  return [
    ...found.slice(0, MOST_SHOWN),
    { value: '\u2026', label: `And ${more} more: type more of the name, number or address`, disabled: true },
  ];
}
