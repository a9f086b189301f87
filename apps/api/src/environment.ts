import { z } from 'zod';
import { LOG_LEVELS, NEW_EXAMS, type ApiOptions } from './options.js';

const MIB = 1024 * 1024;
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== ''),
);

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected a Postgres address, postgres://…' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'expected a Redis address, redis://…' }).optional(),
  TENSORMARK_SECRET: z
    .string()
    .min(32, 'expected at least 32 characters, such as from: openssl rand -base64 48'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(7600),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TENSORMARK_TRUSTED_ORIGINS: list.pipe(z.array(z.url({ protocol: /^https?$/ }))).optional(),
  TENSORMARK_TRUSTED_PROXIES: list.optional(),
  TENSORMARK_WEB_ROOT: z.string().min(1).optional(),
  TENSORMARK_UPLOAD_MB: z.coerce.number().min(1).max(1024).optional(),
  TENSORMARK_UPLOADS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  TENSORMARK_TOKEN_UPLOADS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  TENSORMARK_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  TENSORMARK_NEW_EXAMS: z.enum(NEW_EXAMS).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  TENSORMARK_LOG: z.enum(LOG_LEVELS).default('info'),
});

export type Settings = Omit<ApiOptions, 'device'>;

/** Settings that cannot be used, named one by one and never with their values. */
export class UnusableSettings extends Error {}

/** Reads the settings of an API that runs by itself. Throws UnusableSettings. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = Environment.safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message, input }) => {
      const name = path[0] === undefined ? '' : String(path[0]);
      return `  ${name}: ${input === undefined && !(name in given) ? 'is not set; ' : ''}${message}`;
    });
    throw new UnusableSettings(`The environment has settings that cannot be used:\n${wrong.join('\n')}`);
  }
  const { data } = read;
  return {
    databaseUrl: data.DATABASE_URL,
    secret: data.TENSORMARK_SECRET,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.TENSORMARK_LOG,
    ...whereSet('redisUrl', data.REDIS_URL),
    ...whereSet('webRoot', data.TENSORMARK_WEB_ROOT),
    ...whereSet('publicUrl', data.PUBLIC_URL),
    ...whereSet('trustedOrigins', data.TENSORMARK_TRUSTED_ORIGINS),
    ...whereSet('newExams', data.TENSORMARK_NEW_EXAMS),
    ...whereSet('trustProxy', data.TENSORMARK_TRUSTED_PROXIES),
    ...whereSet(
      'observers',
      data.METRICS_PORT === undefined ? undefined : { host: data.METRICS_HOST, port: data.METRICS_PORT },
    ),
    limits: {
      ...whereSet(
        'uploadBytes',
        data.TENSORMARK_UPLOAD_MB === undefined ? undefined : data.TENSORMARK_UPLOAD_MB * MIB,
      ),
      ...whereSet('uploadsPerMinute', data.TENSORMARK_UPLOADS_PER_MINUTE),
      ...whereSet('tokenUploadsPerMinute', data.TENSORMARK_TOKEN_UPLOADS_PER_MINUTE),
      ...whereSet('requestsPerMinute', data.TENSORMARK_REQUESTS_PER_MINUTE),
    },
  };
}

/** A property where there is a value for it, and none at all where there is not. */
function whereSet<Name extends string, Value>(name: Name, value: Value | undefined): { [_ in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [_ in Name]?: Value });
}
