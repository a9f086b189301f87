/** The content types that files of grades are sent with. What a file is, its bytes say. */
export const GRADE_FILE_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;
