import { gradebookLayout } from './gradebook.js';

/** As Blackboard's "work offline" writes them: behind a title how many marks there are, and the number of the column. */
export const BLACKBOARD = gradebookLayout({
  title: 'Blackboard grade centre',
  headings: ['Last Name', 'First Name', 'Username'],
  known: [
    ['Student ID', ({ studentNumber }) => studentNumber],
    ['Username', ({ email }) => email.split('@')[0] ?? null],
  ],
  behindTitle: / ?\[Total Pts: [^\]]*\](?: ?\|\d+)?$/,
  outOf: (heading) => /\[Total Pts: (\d+(?:[.,]\d+)?) Score\](?: ?\|\d+)?$/.exec(heading.trim())?.[1],
  noStudent: () => false,
  none: ['-', 'In Progress', 'Needs Grading'],
});
