import { z } from 'zod';
import { NEW_EXAMS } from '../../apps/api/src/index.js';
import { Refused } from '../command.js';

const LAST_PORT = 65_535;
const Port = z.coerce.number().int().min(0).max(LAST_PORT);

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  TENSORMARK_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  TENSORMARK_DATA: z.string().min(1).optional(),
  TENSORMARK_CONCURRENCY: z.coerce.number().int().min(1).max(64).optional(),
  TENSORMARK_QUEUES: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TENSORMARK_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  TENSORMARK_EMBEDDING_MODEL: z.string().min(1).optional(),
  TENSORMARK_NEW_EXAMS: z.enum(NEW_EXAMS).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  METRICS_PORT: Port.optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: Port.default(7600),
});
export type Settings = z.infer<typeof Environment>;

/** Settings come from the environment alone; what is wrong is said by name and never printed with its value. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const settings = Environment.safeParse(given);
  if (settings.success) return settings.data;
  const wrong = settings.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Refused(`the environment has settings that cannot be used:\n${wrong.join('\n')}`);
}

/** A setting that a process on its own cannot do without. */
export function required<Name extends keyof Settings>(
  settings: Settings,
  name: Name,
): NonNullable<Settings[Name]> {
  const value = settings[name];
  if (value === undefined || value === null) {
    throw new Refused(`set ${name} in the environment; "tensormark start" alone needs nothing set`);
  }
  return value;
}

/** Where metrics and health are to be answered, where a port is set for that. */
export function observersIn({ METRICS_HOST: host, METRICS_PORT: port }: Settings): {
  readonly observers?: { readonly host: string; readonly port: number };
} {
  return port === undefined ? {} : { observers: { host, port } };
}

/** Where the worker that is started beside the API is observed: at the port behind the API's, or wherever one is free for 0. */
export function portBehind(port: number | undefined): number | undefined {
  if (port === LAST_PORT) {
    throw new Refused(
      `METRICS_PORT is the last port there is, and the worker's metrics are at the one behind it: set ${LAST_PORT - 1} at most`,
    );
  }
  return port === undefined || port === 0 ? port : port + 1;
}
