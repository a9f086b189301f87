import { csv } from './cells.js';
import { number, text } from './columns.js';
import type { GradeFormat } from './format.js';
import { anybodyExcused, gradebookRows, saysOf, splitName } from './gradebook.js';

/**
 * As Moodle's CSV import takes them (map "Email address" to the user's e-mail, or "ID number" to the ID number). Moodle takes no
 * excusals from a file: whoever is excused has no grade in it, and a feedback that says so.
 */
export const MOODLE: GradeFormat = {
  title: 'Moodle gradebook (released papers)',
  mediaType: 'text/csv; charset=utf-8; header=present',
  ending: 'moodle.csv',
  write: (report) => {
    const rows = gradebookRows(report);
    const feedback = anybodyExcused(rows);
    return csv([
      [
        'First name',
        'Last name',
        'ID number',
        'Email address',
        report.exam.title,
        ...(feedback ? ['Feedback'] : []),
      ].map(text),
      ...rows.map((row) => {
        const { student } = row;
        const { given, family } = splitName(student.name);
        return [
          text(given),
          text(family),
          text(student.studentNumber),
          text(student.email),
          row.kind === 'excused' ? text('') : number(row.total),
          ...(feedback ? [text(saysOf(row))] : []),
        ];
      }),
    ]);
  },
};
