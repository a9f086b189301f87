import { csv } from './cells.js';
import { number, text } from './columns.js';
import type { GradeFormat } from './format.js';
import { releasedPapers, splitName } from './gradebook.js';

/**
 * As Moodle's CSV import takes them (map "Email address" to the user's e-mail, or "ID number" to the ID number).
 */
export const MOODLE: GradeFormat = {
  title: 'Moodle gradebook (released papers)',
  mediaType: 'text/csv; charset=utf-8; header=present',
  ending: 'moodle.csv',
  write: (report) =>
    csv([
      ['First name', 'Last name', 'ID number', 'Email address', report.exam.title].map(text),
      ...releasedPapers(report).map(({ student, total }) => {
        const { given, family } = splitName(student.name);
        return [text(given), text(family), text(student.studentNumber), text(student.email), number(total)];
      }),
    ]),
};
