import type { ExamDefinition, ExamNote } from '@tensormark/marking';

/** A note at its place in the file, counted from one. */
export interface PlacedNote extends ExamNote {
  readonly line: number;
  readonly column: number;
}

export function lintAsJson(
  { exam, title }: ExamDefinition,
  notes: readonly PlacedNote[],
): Record<string, unknown> {
  return {
    exam,
    title,
    notes: notes.map(({ check, part, item, line, column, path, says }) => ({
      check,
      part: part ?? null,
      item: item ?? null,
      line,
      column,
      path,
      says,
    })),
  };
}
