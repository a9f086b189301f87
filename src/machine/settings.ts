import { z } from 'zod';
import { readApiSettings, UnusableApiSettings, type ApiOptions } from '../../apps/api/src/index.js';
import {
  readWorkerSettings,
  UnusableWorkerSettings,
  type WorkerOptions,
} from '../../apps/worker/src/index.js';
import { Refused } from '../command.js';
import { singleSignOnOption } from './single-sign-on.js';

const LAST_PORT = 65_535;

/** What commands need themselves; what the API and the worker are set by is read by them alone. */
const Environment = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'expected a Postgres address, postgres://…' })
    .optional(),
  TENSORMARK_SECRET: z
    .string()
    .min(32, 'expected at least 32 characters, such as from: openssl rand -base64 48')
    .optional(),
  TENSORMARK_DATA: z.string().min(1).optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(LAST_PORT).optional(),
});
export type Settings = z.infer<typeof Environment>;

/** Settings come from the environment alone; what is wrong is said by name and never printed with its value. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const settings = Environment.safeParse(given);
  if (settings.success) return settings.data;
  const wrong = settings.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Refused(`The environment has settings that cannot be used:\n${wrong.join('\n')}`);
}

/** What an API that a command starts is set to. Throws Refused. */
export function apiSettings(environment: NodeJS.ProcessEnv): Omit<ApiOptions, 'device'> {
  return unlessUnusable(() => ({
    ...readApiSettings(quieter(environment)),
    ...singleSignOnOption(environment),
  }));
}

/** What a worker that a command starts is set to. Throws Refused. */
export function workerSettings(environment: NodeJS.ProcessEnv): WorkerOptions {
  return unlessUnusable(() => readWorkerSettings(quieter(environment)));
}

/** In a terminal people read what is said; TENSORMARK_LOG has it say more. */
function quieter(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, TENSORMARK_LOG: environment['TENSORMARK_LOG'] || 'warn' };
}

function unlessUnusable<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnusableApiSettings || error instanceof UnusableWorkerSettings)
      throw new Refused(error.message);
    throw error;
  }
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

/** Where the worker that is started beside the API is observed: at the port behind the API's, or wherever one is free for 0. */
export function portBehind(port: number | undefined): number | undefined {
  if (port === LAST_PORT) {
    throw new Refused(
      `METRICS_PORT is the last port there is, and the worker's metrics are at the one behind it: set ${LAST_PORT - 1} at most`,
    );
  }
  return port === undefined || port === 0 ? port : port + 1;
}
