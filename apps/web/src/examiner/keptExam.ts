/** What an examiner has typed and not saved. */
export interface KeptExam {
  readonly yaml: string;
  /** The version that it was made from; null for a new exam. */
  readonly basedOn: number | null;
  /** ISO 8601. */
  readonly at: string;
}

const keyOf = (person: string, exam: string | null) =>
  `tensormark-exam:${person}:${exam === null ? 'new' : `exam:${exam}`}`;

/** Keeps it in this browser, for this person; null once it is saved or thrown away. */
export function keepExam(person: string, exam: string | null, kept: KeptExam | null): boolean {
  try {
    if (kept === null) localStorage.removeItem(keyOf(person, exam));
    else localStorage.setItem(keyOf(person, exam), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function keptExam(person: string, exam: string | null): KeptExam | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(person, exam)) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is KeptExam {
  if (typeof value !== 'object' || value === null) return false;
  const { yaml, basedOn, at } = value as Record<string, unknown>;
  return (
    typeof yaml === 'string' &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    (basedOn === null || typeof basedOn === 'number')
  );
}
