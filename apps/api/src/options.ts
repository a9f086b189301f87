import type { ReadResult } from '@tensormark/documents';
import type { DeviceSearch } from '@tensormark/execution';
import type { Tracing } from '@tensormark/observation';
import type { SingleSignOn } from './auth/single-sign-on.js';
import type { Limits } from './http/limits.js';
import type { Clock } from './storage/clock.js';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Whom an exam is open to that is made: all who mark, until a team is named; or whoever makes it, until they name others. */
export const NEW_EXAMS = ['open', 'team'] as const;

export interface ApiOptions {
  readonly databaseUrl: string;
  /** Moves the queue to Redis. */
  readonly redisUrl?: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The address people use, where it is another than host and port: `https://marking.example.org`. */
  readonly publicUrl?: string;
  /** Further origins whose pages may make changes, such as a development server. */
  readonly trustedOrigins?: readonly string[];
  /** Proxies whose `X-Forwarded-For` is believed: true for all, or addresses and subnets. */
  readonly trustProxy?: boolean | readonly string[];
  /** Signs sessions and pseudonyms; at least 32 characters. */
  readonly secret: string;
  /** The built pages; without them only the REST interface is served. */
  readonly webRoot?: string;
  /** Serves pages at /docs that read the OpenAPI document out; true by default. The document itself is always served. */
  readonly docsPages?: boolean;
  /** What was found to compute on; a search may still be under way. */
  readonly device: DeviceSearch | Promise<DeviceSearch>;
  /** Tells the demonstration's sign-ins to whoever asks, on a loopback address only. */
  readonly demonstration?: boolean;
  /** Reads a document as the worker reads one handed in, in a process apart; without it examiners try answers as text alone. */
  readonly readDocument?: (bytes: Uint8Array) => Promise<ReadResult>;
  /** `open` by default. */
  readonly newExams?: (typeof NEW_EXAMS)[number];
  readonly limits?: Partial<Limits>;
  /** An OpenID Connect provider that people may sign in by, besides passwords. */
  readonly singleSignOn?: SingleSignOn;
  /** Where metrics and health are asked for, apart from where people come; nowhere by default. */
  readonly observers?: { readonly host: string; readonly port: number };
  readonly tracing?: Tracing;
  /** By which deadlines are kept; the machine's by default. */
  readonly clock?: Clock;
  /** To standard error, one line of JSON each; `warn` by default. */
  readonly logLevel?: LogLevel;
}
