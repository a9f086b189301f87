import { gradebookLayout } from './gradebook.js';

/** As Moodle exports grades in English: "Assignment: Title (Real)", and a hyphen where there is no grade. */
export const MOODLE = gradebookLayout({
  title: 'Moodle gradebook',
  headings: ['First name', 'Last name', 'Email address'],
  known: [
    ['ID number', ({ studentNumber }) => studentNumber],
    ['Email address', ({ email }) => email],
  ],
  behindTitle: / \(Real\)$/,
  outOf: () => undefined,
  noStudent: () => false,
  none: ['-'],
});
