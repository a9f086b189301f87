/** What is kept in this browser until it is saved, by the beginnings of the names it is kept under. */
const KEPT = [
  { where: () => localStorage, begins: (person: string) => `tensormark-exam:${person}:`, what: 'exam' },
  { where: () => localStorage, begins: (person: string) => `tensormark-draft:${person}:`, what: 'mark' },
  { where: () => localStorage, begins: (person: string) => `tensormark-save:${person}:`, what: 'mark' },
] as const;

/** How much of each has been typed by this person, in this browser, and not saved. */
export interface Unsaved {
  readonly exam: number;
  readonly mark: number;
}

export function unsavedOf(person: string): Unsaved {
  // By what they are of: a mark that came back and is typed anew is one.
  const found = { exam: new Set<string>(), mark: new Set<string>() };
  for (const { where, begins, what } of KEPT)
    for (const name of namesIn(where, begins(person))) found[what].add(name.slice(begins(person).length));
  return { exam: found.exam.size, mark: found.mark.size };
}

const listeners = new Set<() => void>();

/** Told when nothing is to stay, also not in the page. */
export function onForgotten(listener: () => void): void {
  listeners.add(listener);
}

/** Nothing of it stays for whoever uses this browser next. */
export function forgetUnsaved(person: string): void {
  for (const { where, begins } of KEPT)
    for (const name of namesIn(where, begins(person))) where().removeItem(name);
  for (const listener of listeners) listener();
}

function namesIn(where: () => Storage, begin: string): string[] {
  try {
    const storage = where();
    return Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter((name) =>
      name.startsWith(begin),
    );
  } catch {
    return []; // A browser that keeps nothing has nothing to forget.
  }
}
