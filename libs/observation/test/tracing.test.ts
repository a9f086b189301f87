import { afterEach, describe, expect, it } from '@jest/globals';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { note, openTracing, type Tracing } from '@tensormark/observation';

const opened: Tracing[] = [];
afterEach(async () => {
  for (const tracing of opened.splice(0)) await tracing.close();
});

/** Keeps what was told when it is shut down, which the one of the library forgets. */
class Kept extends InMemorySpanExporter {
  override shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function open(): { tracing: Tracing; exporter: Kept } {
  const exporter = new Kept();
  const tracing = openTracing({}, 'worker', exporter);
  opened.push(tracing);
  return { tracing, exporter };
}

describe('traces', () => {
  it('a-span-carries-what-was-noted-within-it', async () => {
    const { tracing, exporter } = open();
    const result = await tracing.span('mark-part', { 'tensormark.part': '1.a' }, async () => {
      await Promise.resolve();
      note({ 'tensormark.submission': 's1' });
      return 7;
    });
    await tracing.close();
    expect(result).toBe(7);
    const [span] = exporter.getFinishedSpans();
    expect(span?.name).toBe('mark-part');
    expect(span?.attributes).toEqual({ 'tensormark.part': '1.a', 'tensormark.submission': 's1' });
    expect(span?.resource.attributes['tensormark.room']).toBe('worker');
  });

  it('an-error-is-told-by-its-kind-and-never-in-its-words', async () => {
    const { tracing, exporter } = open();
    const work = () => Promise.reject(new TypeError('what a student wrote'));
    await expect(tracing.span('split', {}, work)).rejects.toThrow(TypeError);
    await tracing.close();
    const [span] = exporter.getFinishedSpans();
    expect(span?.status).toEqual({ code: 2, message: 'TypeError' });
    expect(span?.events).toEqual([]);
  });

  it('a-request-goes-on-in-the-trace-of-its-caller', async () => {
    const { tracing, exporter } = open();
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const span = tracing.request({ traceparent: `00-${trace}-00f067aa0ba902b7-01` }, 'GET');
    span.within(() => note({ 'tensormark.submission': 's1' }));
    span.answered('/api/v1/submissions/:submission', 200);
    await tracing.close();
    const [told] = exporter.getFinishedSpans();
    expect(told?.name).toBe('GET /api/v1/submissions/:submission');
    expect(told?.spanContext().traceId).toBe(trace);
    expect(told?.attributes).toMatchObject({
      'http.response.status_code': 200,
      'tensormark.submission': 's1',
    });
  });

  it('without-a-collector-nothing-is-told-and-work-is-done', async () => {
    const tracing = openTracing({}, 'api');
    opened.push(tracing);
    expect(await tracing.span('split', {}, async () => 1)).toBe(1);
    let ran = false;
    tracing.request({}, 'GET').within(() => {
      ran = true;
    });
    expect(ran).toBe(true);
  });
});
