/** What one client may ask for. Counted per process. */
export interface Limits {
  /** Bytes of one uploaded document. */
  readonly uploadBytes: number;
  /** Bytes of one archive of what a whole cohort handed in. */
  readonly cohortBytes: number;
  /** Bytes of one exam definition. */
  readonly examBytes: number;
  /** Requests a minute from one network address. An examination hall often has a single one. */
  readonly requestsPerMinute: number;
  /** Uploads a minute of one person in the pages. */
  readonly uploadsPerMinute: number;
  /** Uploads a minute with one API token. */
  readonly tokenUploadsPerMinute: number;
  /** Milliseconds after which it is looked whether who watches a submission may still. */
  readonly watchedAgainMs: number;
  /** Attempts to sign in to one account from one network address in five minutes. */
  readonly signInsPerAccount: number;
  /** Attempts to sign in from one network address in a minute. */
  readonly signInsPerAddress: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  uploadBytes: 20 * MIB,
  cohortBytes: 256 * MIB,
  examBytes: 2 * MIB,
  requestsPerMinute: 12_000,
  uploadsPerMinute: 30,
  tokenUploadsPerMinute: 12_000,
  watchedAgainMs: 5000,
  signInsPerAccount: 10,
  signInsPerAddress: 120,
};

export function inMegabytes(bytes: number): string {
  return `${Number((bytes / MIB).toFixed(1))} MB`;
}
