/** What is kept in this browser until it is saved, by the beginnings of the names it is kept under. */
const KEPT = [
  { where: () => localStorage, begins: (person: string) => `tensormark-exam:${person}:`, what: 'exam' },
  { where: () => sessionStorage, begins: () => 'tensormark-draft:', what: 'mark' },
] as const;

/** How much of each has been typed by this person, in this browser, and not saved. */
export interface Unsaved {
  readonly exam: number;
  readonly mark: number;
}

export function unsavedOf(person: string): Unsaved {
  const unsaved = { exam: 0, mark: 0 };
  for (const { where, begins, what } of KEPT) unsaved[what] = namesIn(where, begins(person)).length;
  return unsaved;
}

/** Nothing of it stays for whoever uses this browser next. */
export function forgetUnsaved(person: string): void {
  for (const { where, begins } of KEPT)
    for (const name of namesIn(where, begins(person))) where().removeItem(name);
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
