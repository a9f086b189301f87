import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTracing } from '@tensormark/observation';
import { startService, type Service } from './support/service.js';
import { markedSubmission } from './support/marked-submission.js';

let service: Service;
let collector: Server;
const told: string[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      told.push(`${request.url ?? ''} ${body}`);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    collector.listen(0, '127.0.0.1', resolve);
  });
  const { port } = collector.address() as AddressInfo;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  service = await startService({
    observers: { host: '127.0.0.1', port: 0 },
    tracing: openTracing(process.env, 'api'),
  });
});
afterAll(async () => {
  await service.close();
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  await new Promise((resolve) => collector.close(resolve));
});

describe('those who keep the service running', () => {
  it('see-requests-submissions-and-the-queue-and-no-names', async () => {
    const { submission } = await markedSubmission(service);
    await (await service.as('student')).get(`/api/v1/submissions/${submission}`);
    const port = service.api.observersPort ?? 0;
    const counted =
      /tensormark_request_seconds_count\{method="GET",route="\/api\/v1\/submissions\/:submission",status="200"\} 1/;
    // Counted once its answer has left, which is after it has come.
    let metrics = '';
    while (!counted.test(metrics)) {
      metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      await setTimeout(20);
    }
    expect(metrics).toMatch(/^tensormark_submissions\{state="failed"\} 0$/m);
    expect(metrics).toMatch(/^tensormark_oldest_unsettled_seconds \d/m);
    expect(metrics).toMatch(/^tensormark_orders_waiting \d/m);
    expect(metrics).toMatch(/^tensormark_queue_jobs\{state="waiting"\} \d/m);
    expect(metrics).not.toMatch(/Ada|example\.org/);
    expect(metrics).not.toContain(submission);
    expect((await service.anonymous.get('/metrics')).status).toBe(404);

    await service.api.close();
    expect(told.join('\n')).toContain('/v1/traces');
    expect(told.join('\n')).toContain('/api/v1/submissions/:submission');
    expect(told.join('\n')).not.toMatch(/Ada|@example\.org/);
  });
});
