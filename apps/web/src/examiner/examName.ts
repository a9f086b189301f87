/** The short name that the exam lives under, read from the line that gives it. */
export function examNameIn(yaml: string): string | null {
  return /^exam:[ \t]*["']?([A-Za-z0-9][A-Za-z0-9._-]{0,63})["']?[ \t]*(?:#.*)?$/m.exec(yaml)?.[1] ?? null;
}
