import { tabSeparated } from './cells.js';
import { number, text } from './columns.js';
import type { GradeFormat } from './format.js';
import { pointsPossible, releasedPapers, splitName } from './gradebook.js';

/**
 * As Blackboard's "work offline" takes them: tabs between, people known by user name, for which the part of the e-mail
 * address before the @ stands.
 */
export const BLACKBOARD: GradeFormat = {
  title: 'Blackboard grade centre (released papers)',
  mediaType: 'text/tab-separated-values; charset=utf-8; header=present',
  ending: 'blackboard.txt',
  write: (report) =>
    tabSeparated([
      [
        'Last Name',
        'First Name',
        'Username',
        'Student ID',
        `${report.exam.title} [Total Pts: ${pointsPossible(report) ?? '0'} Score]`,
      ].map(text),
      ...releasedPapers(report).map(({ student, total }) => {
        const { given, family } = splitName(student.name);
        const [userName] = student.email.split('@');
        return [text(family), text(given), text(userName), text(student.studentNumber), number(total)];
      }),
    ]),
};
