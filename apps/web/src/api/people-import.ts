import { ownZone } from '../ui/time.js';
import { answered, api } from './client.js';
import { asTable } from './grade-import.js';

/** What a file of people or extensions would change; its times are of the reader's own zone where they name none. */
export const previewPeople = (file: File) =>
  answered(
    api.POST('/api/v1/people/import/preview', {
      params: { query: { zone: ownZone() } },
      ...asTable(file),
      body: '',
    }),
  );

/** Does what the preview of this version showed, all or nothing. */
export const importPeople = (
  file: File,
  { version, why, passwords }: { version: string; why: string; passwords: 'made-up' | 'none' },
) => {
  const { headers, bodySerializer } = asTable(file);
  return answered(
    api.POST('/api/v1/people/import', {
      params: {
        query: { zone: ownZone(), passwords, ...(why === '' ? {} : { why }) },
        header: { 'if-match': `"${version}"` },
      },
      bodySerializer,
      headers: { ...headers, 'if-match': `"${version}"` },
      body: '',
    }),
  );
};
