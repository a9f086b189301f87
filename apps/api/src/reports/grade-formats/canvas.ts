import { csv } from './cells.js';
import { number, text } from './columns.js';
import type { GradeFormat } from './format.js';
import { gradebookRows, pointsPossible, splitName } from './gradebook.js';

/**
 * As Canvas imports grades: one column for the assignment, a row of points possible, people known by SIS user id and
 * login. Canvas makes a new assignment of a title it does not know, and takes EX for excused.
 */
export const CANVAS: GradeFormat = {
  title: 'Canvas gradebook (released papers)',
  mediaType: 'text/csv; charset=utf-8; header=present',
  ending: 'canvas.csv',
  write: (report) =>
    csv([
      ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', report.exam.title].map(text),
      [
        text('    Points Possible'),
        ...Array.from({ length: 4 }, () => text('')),
        number(pointsPossible(report)),
      ],
      ...gradebookRows(report).map((row) => {
        const { student } = row;
        const { given, family } = splitName(student.name);
        return [
          text(given === '' ? family : `${family}, ${given}`),
          text(''),
          text(student.studentNumber),
          text(student.email),
          text(''),
          row.kind === 'excused' ? text('EX') : number(row.total),
        ];
      }),
    ]),
};
