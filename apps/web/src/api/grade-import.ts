import { answered, api } from './client.js';

/** The content type says how the bytes travel; what the file is, the server tells by them. */
export function asTable(file: File) {
  const type = file.name.toLowerCase().endsWith('.xlsx')
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : 'text/csv';
  return { headers: { 'content-type': type }, bodySerializer: () => file };
}

/** What a file of grades that comes back would change. */
export const previewGrades = (exam: string, file: File) =>
  answered(
    api.POST('/api/v1/exams/{exam}/grade-import/preview', {
      params: { path: { exam } },
      ...asTable(file),
      body: '',
    }),
  );

/** Sets what the preview of this version showed, all or none. */
export const importGrades = (
  exam: string,
  file: File,
  { version, why, conflicts }: { version: string; why: string; conflicts: 'keep' | 'overwrite' },
) => {
  const { headers, bodySerializer } = asTable(file);
  return answered(
    api.POST('/api/v1/exams/{exam}/grade-import', {
      params: { path: { exam }, query: { why, conflicts }, header: { 'if-match': `"${version}"` } },
      bodySerializer,
      headers: { ...headers, 'if-match': `"${version}"` },
      body: '',
    }),
  );
};
