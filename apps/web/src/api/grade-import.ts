import { answered, api } from './client.js';

const asCsv = { headers: { 'content-type': 'text/csv' }, bodySerializer: (csv: string) => csv } as const;

/** What a grade report that comes back would change. */
export const previewGrades = (exam: string, csv: string) =>
  answered(
    api.POST('/api/v1/exams/{exam}/grade-import/preview', {
      params: { path: { exam } },
      ...asCsv,
      body: csv,
    }),
  );

/** Sets what the preview of this version showed, all or none. */
export const importGrades = (
  exam: string,
  csv: string,
  { version, why, conflicts }: { version: string; why: string; conflicts: 'keep' | 'overwrite' },
) =>
  answered(
    api.POST('/api/v1/exams/{exam}/grade-import', {
      params: { path: { exam }, query: { why, conflicts }, header: { 'if-match': `"${version}"` } },
      bodySerializer: asCsv.bodySerializer,
      headers: { ...asCsv.headers, 'if-match': `"${version}"` },
      body: csv,
    }),
  );
