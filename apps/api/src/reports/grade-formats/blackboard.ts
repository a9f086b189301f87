import { tabSeparated } from './cells.js';
import { number, text } from './columns.js';
import type { GradeFormat } from './format.js';
import { anybodyExcused, gradebookRows, pointsPossible, saysOf, splitName } from './gradebook.js';

/**
 * As Blackboard's "work offline" takes them: tabs between, people known by user name, for which the part of the e-mail
 * address before the @ stands. Blackboard takes no excusals from a file: whoever is excused has no grade in it, and a feedback
 * that says so.
 */
export const BLACKBOARD: GradeFormat = {
  title: 'Blackboard grade centre (released papers)',
  mediaType: 'text/tab-separated-values; charset=utf-8; header=present',
  ending: 'blackboard.txt',
  write: (report) => {
    const rows = gradebookRows(report);
    const feedback = anybodyExcused(rows);
    return tabSeparated([
      [
        'Last Name',
        'First Name',
        'Username',
        'Student ID',
        `${report.exam.title} [Total Pts: ${pointsPossible(report) ?? '0'} Score]`,
        ...(feedback ? ['Feedback to Learner'] : []),
      ].map(text),
      ...rows.map((row) => {
        const { student } = row;
        const { given, family } = splitName(student.name);
        const [userName] = student.email.split('@');
        return [
          text(family),
          text(given),
          text(userName),
          text(student.studentNumber),
          row.kind === 'excused' ? text('') : number(row.total),
          ...(feedback ? [text(saysOf(row))] : []),
        ];
      }),
    ]);
  },
};
