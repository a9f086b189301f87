import type { GradeReport } from '../reports.contract.js';

/** A way in which everybody's grades leave as a file. Each is complete in a file of its own; `table.ts` lists them. */
export interface GradeFormat {
  /** What an examiner chooses by. */
  readonly title: string;
  readonly mediaType: string;
  /** The file's name after that of the exam. */
  readonly ending: string;
  write(report: GradeReport): string | Promise<Buffer>;
}
