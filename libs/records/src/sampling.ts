import { createHash } from 'node:crypto';
import { Prisma } from './generated/prisma/client.js';

/** Which answers are in a sample: by a hash of seed and answer, the same at any time and on any machine. */
export interface Sampling {
  readonly seed: string;
  /** In hundredths of a percent: 10000 is all. */
  readonly share: number;
}

const DIGITS = 12;
const RANGE = 16n ** BigInt(DIGITS);
const ALL = 10_000n;

export function isSampled(sampling: Sampling, answerId: string): boolean {
  const hash = createHash('sha256').update(`${sampling.seed} ${answerId.toLowerCase()}`).digest('hex');
  return BigInt(`0x${hash.slice(0, DIGITS)}`) < limitOf(sampling);
}

/** The same in SQL, over a column with ids of answers. */
export function sampledSql(sampling: Sampling | null, column: Prisma.Sql): Prisma.Sql {
  if (sampling === null || sampling.share === 0) return Prisma.sql`false`;
  return Prisma.sql`(('x' || ${hashSql(sampling.seed, column)})::bit(48)::bigint < ${limitOf(sampling)})`;
}

/** Orders answers by chance that is the same at any time: by the hash of a seed and their ids. */
export function hashSql(seed: string, column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`left(encode(sha256(convert_to(${seed}::text || ' ' || ${column}::text, 'UTF8')), 'hex'), ${DIGITS}::int)`;
}

function limitOf({ share }: Sampling): bigint {
  return (RANGE * BigInt(share)) / ALL;
}
