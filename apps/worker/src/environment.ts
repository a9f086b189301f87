import { QUEUES } from '@tensormark/queue';
import { z } from 'zod';
import { LOG_LEVELS } from './log.js';
import type { WorkerOptions } from './start-worker.js';

const Queues = z
  .string()
  .transform((written) => written.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(QUEUES)).min(1));

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'expected a Postgres address, postgres://…' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'expected a Redis address, redis://…' }).optional(),
  TENSORMARK_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
  TENSORMARK_SECONDS_PER_TASK: z.coerce.number().min(1).max(3600).optional(),
  TENSORMARK_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  TENSORMARK_QUEUES: Queues.optional(),
  TENSORMARK_BACKEND: z.enum(['tensorflow', 'webgpu', 'wasm', 'cpu']).optional(),
  COMPUTE_ALLOW_SOFTWARE_GPU: z.enum(['0', '1']).optional(),
  TENSORMARK_EMBEDDING_MODEL: z.string().min(1).optional(),
  TENSORMARK_LOG: z.enum(LOG_LEVELS).default('info'),
});

/** Settings that cannot be used, named one by one and never with their values. */
export class UnusableSettings extends Error {}

/** Reads the settings of a worker that runs by itself. Throws UnusableSettings. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): WorkerOptions {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = Environment.safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map(
      ({ path, message }) =>
        `  ${path.map(String).join('.')}: ${String(path[0]) in given ? '' : 'is not set; '}${message}`,
    );
    throw new UnusableSettings(`The environment has settings that cannot be used:\n${wrong.join('\n')}`);
  }
  const { data } = read;
  return {
    databaseUrl: data.DATABASE_URL,
    logLevel: data.TENSORMARK_LOG,
    ...(data.REDIS_URL === undefined ? {} : { redisUrl: data.REDIS_URL }),
    device: {
      ...(data.TENSORMARK_BACKEND === undefined ? {} : { only: data.TENSORMARK_BACKEND }),
      softwareGpu: data.COMPUTE_ALLOW_SOFTWARE_GPU === '1',
    },
    ...(data.TENSORMARK_QUEUES === undefined ? {} : { queues: data.TENSORMARK_QUEUES }),
    ...(data.TENSORMARK_CONCURRENCY === undefined ? {} : { concurrency: data.TENSORMARK_CONCURRENCY }),
    ...(data.TENSORMARK_RETENTION_DAYS === undefined
      ? {}
      : { retentionDays: data.TENSORMARK_RETENTION_DAYS }),
    ...(data.TENSORMARK_EMBEDDING_MODEL === undefined
      ? {}
      : { embeddingModel: data.TENSORMARK_EMBEDDING_MODEL }),
    ...(data.METRICS_PORT === undefined
      ? {}
      : { observers: { host: data.METRICS_HOST, port: data.METRICS_PORT } }),
    ...(data.TENSORMARK_SECONDS_PER_TASK === undefined
      ? {}
      : { secondsPerTask: data.TENSORMARK_SECONDS_PER_TASK }),
  };
}
