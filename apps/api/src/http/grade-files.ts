/** The content types that files of grades are sent with. What a file is, its bytes say. */
export const GRADE_FILE_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

/** A body that came as a file of grades, so that no other address takes it for what it wants. */
export class GradeFile {
  constructor(readonly bytes: Buffer) {}
}
