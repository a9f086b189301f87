import { Problem } from './problem.js';

/** The content types that tables are sent with. What a file is, its bytes say. */
export const TABLE_FILE_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

/** A body that came as a file with a table, so that no other address takes it for what it wants. */
export class TableFile {
  constructor(readonly bytes: Buffer) {}
}

/** The bytes of the table that a request sent. Throws 415 where it sent something else. */
export function tableIn(body: unknown): Uint8Array {
  if (body instanceof TableFile) return body.bytes;
  throw new Problem(415, `Send the file with one of the content types ${TABLE_FILE_TYPES.join(', ')}.`, {
    name: 'not-a-table',
  });
}
