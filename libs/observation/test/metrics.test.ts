import { describe, expect, it } from '@jest/globals';
import { listenForObservers, openMetrics } from '@tensormark/observation';

describe('metrics', () => {
  it('requests-are-counted-by-route-and-status', async () => {
    const metrics = openMetrics();
    metrics.answered({ method: 'GET', route: '/api/v1/exams/:exam', status: 200, seconds: 0.02 });
    metrics.answered({ method: 'GET', route: '/api/v1/exams/:exam', status: 200, seconds: 3 });
    const { content } = await metrics.text();
    const of = 'method="GET",route="/api/v1/exams/:exam",status="200"';
    expect(content).toContain(`tensormark_request_seconds_count{${of}} 2`);
    expect(content).toContain(`tensormark_request_seconds_bucket{le="2",${of}} 1`);
  });

  it('tasks-are-counted-by-how-they-ended', async () => {
    const metrics = openMetrics();
    metrics.ended('mark-part', 'failed', 0.1);
    metrics.ended('mark-part', 'done', 0.1);
    metrics.fault('mark-part');
    const { content } = await metrics.text();
    expect(content).toContain('tensormark_task_seconds_count{task="mark-part",outcome="failed"} 1');
    expect(content).toContain('tensormark_task_seconds_count{task="mark-part",outcome="done"} 1');
    expect(content).toContain('tensormark_faults_total{task="mark-part"} 1');
  });

  it('a-gauge-shows-what-is-so-now-and-nothing-where-it-cannot-be-read', async () => {
    const metrics = openMetrics();
    let read: () => Promise<Record<string, number>> = async () => ({ received: 3, failed: 1 });
    metrics.gauge({ name: 'some_submissions', help: 'of some kind', label: 'state' }, () => read());
    expect((await metrics.text()).content).toContain('some_submissions{state="received"} 3');
    read = async () => ({ received: 2 });
    const later = (await metrics.text()).content;
    expect(later).toContain('some_submissions{state="received"} 2');
    expect(later).not.toContain('some_submissions{state="failed"}');
    read = () => Promise.reject(new Error('the database does not answer'));
    await metrics.text();
    const unread = (await metrics.text()).content;
    expect(unread).not.toMatch(/^some_submissions\{/m);
    expect(unread).toContain('tensormark_unreadable_total{metric="some_submissions"}');
  });

  it('processes-do-not-share-numbers', async () => {
    const [one, other] = [openMetrics(), openMetrics()];
    one.fault('split');
    expect((await other.text()).content).not.toContain('tensormark_faults_total{task="split"}');
  });
});

describe('the port for observers', () => {
  it('answers-metrics-and-health-and-nothing-else', async () => {
    let works = true;
    const listener = await listenForObservers({
      host: '127.0.0.1',
      port: 0,
      metrics: openMetrics(),
      ready: () => (works ? Promise.resolve() : Promise.reject(new Error('away'))),
    });
    const at = (path: string, method = 'GET') =>
      fetch(`http://127.0.0.1:${listener.port}${path}`, { method });
    try {
      const metrics = await at('/metrics');
      expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=/);
      expect(await metrics.text()).toContain('process_cpu_user_seconds_total');
      expect((await at('/health/live')).status).toBe(200);
      expect((await at('/health/ready')).status).toBe(200);
      works = false;
      expect((await at('/health/ready')).status).toBe(503);
      expect((await at('/health/live')).status).toBe(200);
      expect((await at('/metrics', 'POST')).status).toBe(405);
      expect((await at('/api/v1/exams')).status).toBe(404);
    } finally {
      await listener.close();
    }
  });

  it('a-port-that-is-taken-is-an-error', async () => {
    const given = { host: '127.0.0.1', metrics: openMetrics(), ready: async () => undefined };
    const first = await listenForObservers({ ...given, port: 0 });
    try {
      await expect(listenForObservers({ ...given, port: first.port })).rejects.toThrow(/EADDRINUSE/);
    } finally {
      await first.close();
    }
  });
});
