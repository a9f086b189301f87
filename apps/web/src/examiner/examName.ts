/** The short name that the exam lives under, read from the line that gives it. */
export function examNameIn(yaml: string): string | null {
  return /^exam:[ \t]*["']?([A-Za-z0-9][A-Za-z0-9._-]{0,63})["']?[ \t]*(?:#.*)?$/m.exec(yaml)?.[1] ?? null;
}

/** The same exam under another name, on the line that gives it. */
export const copyOf = (yaml: string, name: string): string =>
  yaml.replace(/^exam:.*$/m, () => `exam: ${name.slice(0, LONGEST_NAME)}`);

const LONGEST_NAME = 64;
const LONGEST_SHOWN = 24;

/** What to do where an exam has no name that it could live under. */
export function nameless(yaml: string): string {
  const given = /^exam:[ \t]+(\S.*)$/m.exec(yaml)?.[1]?.trim();
  if (given === undefined) return 'No name yet: give one, such as “exam: my-exam”';
  const shown = given.length > LONGEST_SHOWN ? `${given.slice(0, LONGEST_SHOWN)}…` : given;
  return `“${shown}” cannot be its name: up to 64 letters from a to z, digits and dashes, no blanks`;
}
