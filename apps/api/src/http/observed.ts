import { listenForObservers, type Listener, type Metrics, type Tracing } from '@tensormark/observation';
import type { Records } from '@tensormark/records';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpeningQueue } from '../storage/queue.js';

type RequestSpan = ReturnType<Tracing['request']>;

/** Times each request by its route, and traces it where there is somebody to tell. */
export function observeRequests(
  fastify: FastifyInstance,
  metrics: Metrics,
  tracing: Tracing | undefined,
): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const span = tracing?.request(request.headers, request.method);
    if (span === undefined) return done();
    spans.set(request, span);
    span.within(done);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.answered({
      method: request.method,
      route,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    spans.get(request)?.answered(route, reply.statusCode);
  });
}

/** Has the state of the whole installation read whenever metrics are asked for, where a port for that is given. */
export async function observeInstallation(
  metrics: Metrics,
  given: {
    readonly records: Records;
    readonly queue: OpeningQueue;
    readonly observers: { readonly host: string; readonly port: number } | undefined;
  },
): Promise<Listener | undefined> {
  const { records, queue, observers } = given;
  if (observers === undefined) return undefined;
  const backlog = sharedWhileRead(() => records.backlog());
  metrics.gauge(
    { name: 'tensormark_submissions', help: 'Submissions on their way, or failed', label: 'state' },
    async () => (await backlog()).submissions,
  );
  metrics.gauge(
    {
      name: 'tensormark_oldest_unsettled_seconds',
      help: 'How long the oldest submission on its way has waited',
    },
    async () => (await backlog()).oldestUnsettledSeconds,
  );
  metrics.gauge(
    { name: 'tensormark_orders_waiting', help: 'Orders that no queue has taken yet' },
    async () => (await backlog()).ordersWaiting,
  );
  metrics.gauge({ name: 'tensormark_queue_jobs', help: 'Jobs in the queue', label: 'state' }, async () => ({
    ...(await queue.opened()?.counts()),
  }));
  return listenForObservers({ ...observers, metrics, ready: () => records.ping() });
}

/** The gauges of one asking are read at once: what they share is then read for all of them together. */
function sharedWhileRead<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let underWay: Promise<Value> | undefined;
  return () => {
    underWay ??= read().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
