import {
  assertSchemaCompatibility,
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  FlowProducer,
  type IQueueBackend,
  type Processor,
  Queue,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { QueueNotReadyError } from './errors.js';

export type JobQueue<Data> = Queue<Data, void, string, Data, void, string, IQueueBackend>;
export type JobWorker<Data> = Worker<Data, void, string, IQueueBackend>;
export type JobFlow = FlowProducer<IQueueBackend>;

/** What BullMQ keeps its jobs in. The rest of the room is the same for each. */
export interface Backend {
  readonly kind: 'postgres' | 'redis';
  queue<Data>(name: string): JobQueue<Data>;
  flow(): JobFlow;
  worker<Data>(
    name: string,
    processor: Processor<Data, void>,
    options: Omit<WorkerOptions, 'connection'> & { readonly concurrency: number },
  ): JobWorker<Data>;
  /** Ends connections that its queues share. */
  close(): Promise<void>;
}

export interface BackendOptions {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly waitMs: number;
}

/**
 * Resolves when the server answers and its tables are there. Queues and workers that are made before that never
 * recover (BullMQ remembers the failed first attempt), so none is made before.
 */
export async function openBackend({ databaseUrl, redisUrl, waitMs }: BackendOptions): Promise<Backend> {
  if (redisUrl !== undefined) {
    await untilReady('Redis', waitMs, () => pingRedis(redisUrl));
    return redisBackend(redisUrl);
  }
  await untilReady('Postgres', waitMs, () => pingPostgres(databaseUrl));
  return postgresBackend(databaseUrl);
}

function postgresBackend(databaseUrl: string): Backend {
  // BullMQ's constructors are typed for Redis's connections, whatever the factory takes.
  const factory = createPostgresBackend as unknown as BackendFactory;
  const connection = (max: number) =>
    ({
      connectionString: databaseUrl,
      max,
      application_name: 'tensormark-queue',
    }) as unknown as ConnectionOptions;
  return {
    kind: 'postgres',
    ...constructors(factory, connection),
    close: () => Promise.resolve(),
  };
}

function redisBackend(redisUrl: string): Backend {
  const shared = new Redis(redisUrl, { maxRetriesPerRequest: null });
  shared.on('error', () => undefined); // Queues and workers report it.
  return {
    kind: 'redis',
    ...constructors(createRedisBackend, () => shared),
    close: async () => {
      await shared.quit().catch(() => shared.disconnect());
    },
  };
}

function constructors(
  factory: BackendFactory,
  connection: (max: number) => ConnectionOptions,
): Pick<Backend, 'queue' | 'flow' | 'worker'> {
  return {
    queue: (name) => new Queue(name, { connection: connection(2) }, factory),
    flow: () => new FlowProducer({ connection: connection(2) }, factory),
    worker: (name, processor, options) =>
      new Worker(name, processor, { ...options, connection: connection(options.concurrency + 1) }, factory),
  };
}

async function pingPostgres(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await assertSchemaCompatibility(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function pingRedis(redisUrl: string): Promise<void> {
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}

async function untilReady(server: string, waitMs: number, ping: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      await ping();
      return;
    } catch (cause) {
      if (performance.now() > deadline) throw new QueueNotReadyError(server, cause);
    }
    await new Promise((wake) => setTimeout(wake, 250));
  }
}
