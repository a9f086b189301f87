import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { openMetrics } from '@tensormark/observation';
import { openRecords } from '@tensormark/records';
import type { FastifyInstance } from 'fastify';
import { ApiModule } from './api.module.js';
import { openSignIn } from './auth/sign-in.js';
import { seed } from './demonstration/seed.js';
import type { DemonstrationAccount } from './demonstration/accounts.js';
import { DEFAULT_LIMITS, type Limits } from './http/limits.js';
import { StructuredLog } from './http/log.js';
import { observeInstallation, observeRequests } from './http/observed.js';
import { allowDocsTheirIcons, securityHeaders } from './http/security.js';
import { furnish, httpServer } from './http/server.js';
import { serveWebPages } from './http/web-pages.js';
import { openApiOf } from './openapi.js';
import type { ApiOptions } from './options.js';
import { People, type NewPerson } from './people/people.js';
import { Dispatch } from './storage/dispatch.js';
import { OpeningQueue } from './storage/queue.js';

const SHORTEST_SECRET = 32;

export interface RunningApi {
  /** Where people reach it. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** Where metrics and health are answered; undefined where they are not. */
  readonly observersPort: number | undefined;
  /** Makes an account, as an examiner would: the first examiner of a server comes about this way. */
  addPerson(person: NewPerson): Promise<void>;
  /** See `seedDemonstration`. */
  seed(examYaml: string): Promise<readonly DemonstrationAccount[]>;
  /** Takes no new requests, ends those under way, and lets go of database and queue. */
  close(): Promise<void>;
}

/** Serves the REST interface, its documentation and the pages. The tables have to be there (`migrate`). */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  if (options.secret.length < SHORTEST_SECRET) {
    throw new RangeError(`The secret is too short: it needs at least ${SHORTEST_SECRET} characters.`);
  }
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const server = httpServer(options);
  const fastify = server.getInstance<FastifyInstance>();
  const records = openRecords({ databaseUrl: options.databaseUrl });
  const queue = new OpeningQueue(
    {
      databaseUrl: options.databaseUrl,
      ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
    },
    (message) => fastify.log.warn(message),
  );
  const baseUrl = options.publicUrl ?? `http://${bracketed(options.host)}:${options.port}`;
  const signIn = openSignIn({
    records,
    secret: options.secret,
    baseUrl,
    trustedOrigins:
      options.publicUrl === undefined && options.trustedOrigins === undefined
        ? undefined
        : [new URL(baseUrl).origin, ...(options.trustedOrigins ?? [])],
    limits,
    singleSignOn: options.singleSignOn,
    log: (level, message) => fastify.log[level](message),
  });

  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.over(() => ({ records, queue, signIn, limits, options })),
    server,
    {
      logger: new StructuredLog(fastify.log),
      bodyParser: false,
      abortOnError: false,
      forceCloseConnections: true,
    },
  );
  // Learning platforms send people here from their own pages; what they bring is signed.
  const fromPlatforms = ['login', 'launch'].map((name) => ({
    path: `api/v1/lti/${name}`,
    method: RequestMethod.POST,
  }));
  app.enableCsrfProtection({ trustedOrigins: trustedBy(options), exclude: fromPlatforms });
  app.useSecurityHeaders(securityHeaders(baseUrl.startsWith('https:')));
  allowDocsTheirIcons(fastify);
  const metrics = openMetrics();
  observeRequests(fastify, metrics, options.tracing);
  await furnish(fastify, limits);
  if (options.webRoot !== undefined && !(await serveWebPages(fastify, options.webRoot))) {
    fastify.log.warn('the pages have not been built; only the REST interface is served');
  }
  SwaggerModule.setup('docs', app, () => openApiOf(app), {
    ui: options.docsPages ?? true,
    jsonDocumentUrl: 'docs/json',
    yamlDocumentUrl: 'docs/yaml',
  });
  const listener = await observeInstallation(metrics, { records, queue, observers: options.observers });
  await queue.open();
  await app.listen(options.port, options.host);
  app.get(Dispatch).soon();

  const port = portOf(fastify);
  return {
    url: options.publicUrl ?? `http://${bracketed(options.host)}:${port}`,
    port,
    observersPort: listener?.port,
    addPerson: async (person) => {
      await app.get(People).add(person, null);
    },
    seed: (examYaml) => seed({ people: app.get(People), records, host: options.host }, examYaml),
    close: async () => {
      await app.close();
      await app.get(Dispatch).settled();
      await queue.close();
      await records.close();
      await listener?.close();
      await options.tracing?.close();
    },
  };
}

/** Puts the demonstration's exam and people, and tells how to sign in as each. May be done at every start. */
export function seedDemonstration(
  api: RunningApi,
  examYaml: string,
): Promise<readonly DemonstrationAccount[]> {
  return api.seed(examYaml);
}

function trustedBy({ publicUrl, trustedOrigins = [] }: ApiOptions): string[] {
  return [...(publicUrl === undefined ? [] : [new URL(publicUrl).origin]), ...trustedOrigins];
}

function portOf(fastify: FastifyInstance): number {
  const address = fastify.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return address.port;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
