import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/prisma/client.js';
import type { JsonValue } from './json.js';

export type Database = PrismaClient;
/** The database inside a transaction, or itself. */
export type Session = Prisma.TransactionClient;

export function connect(databaseUrl: string, maxConnections: number): Database {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: databaseUrl,
      max: maxConnections,
      connectionTimeoutMillis: 15_000,
      application_name: 'tensormark',
    }),
    transactionOptions: { maxWait: 15_000, timeout: 60_000 },
  });
}

/** A row of that unique key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return isViolation(error, 'P2002', '23505');
}

/** A row that it refers to is not there. */
export function isForeignKeyViolation(error: unknown): boolean {
  return isViolation(error, 'P2003', '23503');
}

/** Prisma has codes of its own for its queries, and hands on Postgres's for SQL that was written out. */
function isViolation(error: unknown, ofPrisma: string, ofPostgres: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return (
    error.code === ofPrisma || (error.code === 'P2010' && error.message.includes(`Code: \`${ofPostgres}\``))
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether Postgres would take it as a uuid; what is none names nothing. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}

const NO_CHARACTER = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Postgres holds no NUL and no half of a surrogate pair; they become the replacement character, so that places stay. */
export function storable(text: string): string {
  return text.replaceAll(NO_CHARACTER, '\uFFFD');
}

export function toJson(value: JsonValue): Prisma.InputJsonValue | typeof Prisma.JsonNull {
  return value === null ? Prisma.JsonNull : storableJson(value);
}

/** As for text: one such character would fail every query that looks into the JSON of a whole exam. */
function storableJson(value: Exclude<JsonValue, null>): Prisma.InputJsonValue {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'object') return value;
  const each = (inner: JsonValue) => (inner === null ? null : storableJson(inner));
  if (isList(value)) return value.map(each);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [[storable(key), each(inner)]],
    ),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function fromJson(value: Prisma.JsonValue): JsonValue {
  return value;
}

/** Narrows a word of the database, kept by a CHECK constraint, to the words we know. */
export function oneOf<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((each) => each === text);
  if (word === undefined)
    throw new Error(`The database says ${JSON.stringify(text)}; known are ${words.join(', ')}.`);
  return word;
}

/** Holds a number of wanted rows between 1 and a limit. */
export function clampLimit(limit: number | undefined, usual: number, most = 500): number {
  return Math.max(1, Math.min(most, Math.trunc(limit ?? usual)));
}
