import type { Metrics, Tracing } from '@tensormark/observation';
import type { Processors, RunContext, SubmissionWork } from '@tensormark/queue';

/** The processors, timed and traced: what they did, for which submission, and how it ended. */
export function observed(processors: Processors, metrics: Metrics, tracing: Tracing): Processors {
  const watched =
    <Work extends SubmissionWork, Result>(
      task: string,
      run: (work: Work, context: RunContext) => Promise<Result>,
    ) =>
    (work: Work, context: RunContext): Promise<Result> =>
      tracing.span(task, attributesOf(work, context), async () => {
        const began = performance.now();
        const end = (outcome: 'done' | 'failed') =>
          metrics.ended(task, outcome, (performance.now() - began) / 1000);
        try {
          const result = await run(work, context);
          end('done');
          return result;
        } catch (error) {
          end('failed');
          throw error;
        }
      });
  return {
    split: watched('split', processors.split),
    run: watched('run', processors.run),
    markPart: watched('mark-part', processors.markPart),
    finish: watched('finish', processors.finish),
    partFailed: async (work, reason) => {
      await processors.partFailed(work, reason);
      metrics.fault('mark-part');
    },
    submissionFailed: async (work, reason) => {
      await processors.submissionFailed(work, reason);
      metrics.fault('submission');
    },
  };
}

function attributesOf(
  work: SubmissionWork & { readonly part?: string },
  { attempt }: RunContext,
): Record<string, string | number> {
  return {
    'tensormark.submission': work.submissionId,
    'tensormark.attempt': attempt,
    ...(work.part === undefined ? {} : { 'tensormark.part': work.part }),
  };
}
