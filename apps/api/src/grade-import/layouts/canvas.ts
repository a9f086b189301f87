import { gradebookLayout } from './gradebook.js';

/** As Canvas exports its gradebook: behind a title the number of the assignment, and the points possible in a row of their own. */
export const CANVAS = gradebookLayout({
  title: 'Canvas gradebook',
  headings: ['Student', 'ID', 'SIS User ID', 'SIS Login ID'],
  known: [
    ['SIS User ID', ({ studentNumber }) => studentNumber],
    ['SIS Login ID', ({ email }) => email],
  ],
  behindTitle: / \(\d+\)$/,
  outOf: (_heading, cells, column) => (isPoints(cells) ? cells[column]?.trim() : undefined),
  noStudent: (cells) => isPoints(cells) || cells[0]?.trim() === 'Student, Test',
  none: ['N/A', '-'],
});

function isPoints([first = '', id = '']: readonly string[]): boolean {
  return first.trim() === 'Points Possible' && id.trim() === '';
}
