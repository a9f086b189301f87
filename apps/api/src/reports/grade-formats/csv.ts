import { csv } from './cells.js';
import { rowsByPart } from './columns.js';
import type { GradeFormat } from './format.js';

export const CSV: GradeFormat = {
  title: 'CSV: a row for each student and part',
  mediaType: 'text/csv; charset=utf-8; header=present',
  ending: 'grade-report.csv',
  write: (report) => csv(rowsByPart(report)),
};
