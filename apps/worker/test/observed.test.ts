import { describe, expect, it } from '@jest/globals';
import { openMetrics, openTracing } from '@tensormark/observation';
import type { PartWork, Processors } from '@tensormark/queue';
import { observed } from '../src/processors/observed.js';

const WORK: PartWork = {
  submissionId: 's',
  examVersionId: 'v',
  engineVersion: '1',
  schemeHash: 'h',
  answerId: 'a',
  readingId: 'r',
  part: '1.a',
  needsRun: false,
};
const RUN = { attempt: 1, maxAttempts: 4, signal: new AbortController().signal };

describe('observed processors', () => {
  it('come-to-the-same-and-are-counted', async () => {
    const given: Processors = {
      split: async () => [{ part: '1.a', answerId: 'a', readingId: 'r', needsRun: false }],
      run: async () => undefined,
      markPart: () => Promise.reject(new Error('the database went away')),
      finish: async () => undefined,
      partFailed: async () => undefined,
      submissionFailed: async () => undefined,
    };
    const metrics = openMetrics();
    const watched = observed(given, metrics, openTracing({}, 'worker'));
    expect(await watched.split(WORK, RUN)).toEqual([
      { part: '1.a', answerId: 'a', readingId: 'r', needsRun: false },
    ]);
    await expect(watched.markPart(WORK, RUN)).rejects.toThrow('the database went away');
    await watched.partFailed(WORK, 'four times');
    const { content } = await metrics.text();
    expect(content).toContain('tensormark_task_seconds_count{task="split",outcome="done"} 1');
    expect(content).toContain('tensormark_task_seconds_count{task="mark-part",outcome="failed"} 1');
    expect(content).toContain('tensormark_faults_total{task="mark-part"} 1');
  });
});
