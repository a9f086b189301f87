import { openRecords } from '@tensormark/records';
import { tokenOf } from '../storm/token.js';

/** How long an answer of the API takes, from the question to its last byte, milliseconds. */
export interface Opening {
  readonly bytes: number;
  readonly first: number;
  /** Of four more. */
  readonly median: number;
  readonly worst: number;
}

const AGAIN = 4;

/** Asks for a path below the demonstration exam's own, as its examiner. */
export async function opened(url: string, token: string, path: string): Promise<Opening> {
  const headers = { authorization: `Bearer ${token}` };
  const times: number[] = [];
  let bytes = 0;
  for (let at = 0; at <= AGAIN; at += 1) {
    const asked = performance.now();
    const response = await fetch(`${url}/api/v1/exams/demonstration/${path}`, { headers });
    const body = await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path} was refused: ${response.status}`);
    bytes = body.byteLength;
    times.push(performance.now() - asked);
  }
  const [first = NaN, ...others] = times;
  const sorted = others.toSorted((one, other) => one - other);
  return {
    bytes,
    first,
    median: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    worst: sorted.at(-1) ?? NaN,
  };
}

/** A token of the demonstration's examiner. */
export async function examinersToken(databaseUrl: string): Promise<string> {
  const records = openRecords({ databaseUrl });
  try {
    const [examiner] = await records.users.list({ role: 'examiner' });
    if (examiner === undefined) throw new Error('the demonstration has no examiner');
    return await tokenOf(records, examiner.id, ['read', 'mark', 'manage']);
  } finally {
    await records.close();
  }
}
