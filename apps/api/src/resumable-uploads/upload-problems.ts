import { Problem } from '../http/problem.js';

/** What is asked for has not arrived to its end. */
export function notWhole(what: 'upload' | 'archive', arrived: number | bigint): Problem {
  return new Problem(409, `Of this ${what} ${arrived} bytes are here; send the rest first.`, {
    name: 'upload-not-whole',
  });
}

/** Whoever sent it said another sum than what arrived has. */
export function otherSum(what: 'file' | 'archive'): Problem {
  return new Problem(
    422,
    `What arrived is not what was sent: its SHA-256 is another. Send the ${what} again.`,
    { name: 'checksum-mismatch' },
  );
}
