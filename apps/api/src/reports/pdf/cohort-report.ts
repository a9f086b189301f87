import { INK, Sheet } from './sheet.js';
import { glyphNote } from './student-report.js';
import { timeIn } from './times.js';
import type { ItemAnalysis } from '../../analysis/analysis.contract.js';

/** What a report on everybody together says. It names nobody. */
export interface CohortReport {
  readonly exam: string;
  readonly version: number;
  /** When the last work was received; the exam version's own time where none was. */
  readonly at: string;
  readonly zone: string;
  /** Papers by what stands of them, those that there are none of included. */
  readonly states: readonly { readonly says: string; readonly papers: number }[];
  readonly analysis: ItemAnalysis;
}

const TENTHS = Array.from({ length: 10 }, (_, at) => `${at * 10}–${at * 10 + 10}%`);

export async function cohortReport({
  exam,
  version,
  at,
  zone,
  states,
  analysis,
}: CohortReport): Promise<Uint8Array> {
  const sheet = new Sheet({
    title: `${exam}: report on the cohort`,
    subject: 'Distribution, item analysis and frequent errors',
    date: new Date(at),
  });
  sheet.heading(1, exam);
  sheet.paragraph([{ text: 'The cohort: marks, items and frequent errors', colour: INK.quiet }], {
    size: 11,
    after: 10,
  });
  sheet.facts([
    ['Version of the exam', String(version)],
    ['Latest work received', timeIn(zone, at)],
    ...states.map(({ says, papers }) => [says, String(papers)] as const),
  ]);
  const { papers, available, mean, range, standardDeviation, reliability, standardError } = analysis;
  sheet.heading(2, 'Totals', count(papers, 'paper'));
  if (papers === 0) {
    sheet.paragraph('No paper has a mark for every part yet, so there are no figures of totals.');
  } else {
    sheet.facts([
      ['Mean', `${figure(mean, 1)} of ${available}`],
      ...(range === null
        ? []
        : [
            [
              'Lowest, median, highest',
              [range.lowest, range.median, range.highest].map((marks) => figure(marks, 1)).join(', '),
            ] as const,
          ]),
      ['Standard deviation', figure(standardDeviation, 1)],
      [
        'Reliability',
        reliability === null
          ? 'Cronbach’s alpha is told from ten papers on, where totals vary'
          : `${figure(reliability, 2)} (Cronbach’s alpha)`,
      ],
      [
        'Off by chance',
        standardError === null
          ? 'not known'
          : `a total by ${figure(standardError, 1)} marks (standard error of measurement)`,
      ],
    ]);
    sheet.heading(3, 'Papers by tenths of what is available');
    sheet.histogram(analysis.distribution, TENTHS, inWords(analysis.distribution));
  }
  sheet.heading(2, 'Items');
  sheet.table(
    [
      { title: 'Part', width: 40 },
      { title: 'Title' },
      { title: 'Marked', width: 48, numbers: true },
      { title: 'Mean', width: 64, numbers: true },
      { title: 'Facility', width: 50, numbers: true },
      { title: 'Discrimination', width: 76, numbers: true },
      { title: 'Confirmed', width: 66, numbers: true },
    ],
    analysis.parts.map(
      ({ part, title, marked, mean: here, available: most, facility, discrimination, machine }) => [
        part,
        title,
        String(marked),
        here === null ? '–' : `${figure(here, 1)} of ${most}`,
        facility === null ? '–' : `${Math.round(facility * 100)}%`,
        figure(discrimination, 2),
        machine === null ? '–' : `${machine.confirmed} of ${machine.decided}`,
      ],
    ),
  );
  sheet.paragraph(
    [
      {
        text:
          'Facility: the mean over what is available; near 100% is easy. Discrimination: the correlation with the rest of the paper; below 0.2 ' +
          'is low, below 0 asks for a look at the question; told from ten papers on. Confirmed: proposals of the machine that people took as they were.',
        colour: INK.quiet,
      },
    ],
    { size: 8 },
  );
  const found = analysis.parts.filter(({ frequent }) => frequent.length > 0);
  if (found.length > 0) {
    sheet.heading(2, 'Frequent errors');
    for (const { part, title, frequent } of found) {
      sheet.heading(3, title === '' ? `Part ${part}` : `${part}  ${title}`);
      const most = Math.max(...frequent.map(({ answers }) => answers));
      sheet.bars(
        frequent.map(({ says, answers }) => ({ says, value: answers, of: count(answers, 'answer') })),
        most,
      );
    }
  }
  glyphNote(sheet);
  return sheet.finish();
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
const figure = (value: number | null, places: number) => value?.toFixed(places) ?? '–';

function inWords(distribution: readonly number[]): string {
  return `Papers by tenths of what is available. ${distribution
    .map((papers, at) => `${TENTHS[at] ?? ''}: ${papers}`)
    .join('; ')}.`;
}
