import { cohortReport, type CohortReport } from './cohort-report.js';
import { studentReport, type StudentReport } from './student-report.js';

/** A report to print. It is all data, so that it goes to another thread as it is. */
export type PrintOrder =
  | { readonly kind: 'student'; readonly report: StudentReport }
  | { readonly kind: 'cohort'; readonly report: CohortReport };

/** The bytes of a PDF; the same report gives the same bytes. */
export function print(order: PrintOrder): Promise<Uint8Array> {
  switch (order.kind) {
    case 'student':
      return studentReport(order.report);
    case 'cohort':
      return cohortReport(order.report);
  }
}
