import type { Job } from 'bullmq';
import type { Channels } from './channels.js';
import type { PartToMark, Processors, RunContext, SubmissionWork } from './jobs.js';
import { EXECUTION, type JobIds, jobIdsOf, PARTS, RETRIES, RUN_RETRIES } from './names.js';

/** Splits a submission and puts what it has into the queue, part by part; or, once all of them are done, finishes it. */
export async function runSubmission(
  channels: Channels,
  processors: Processors,
  job: Job<SubmissionWork>,
  run: RunContext,
): Promise<void> {
  if (job.name === 'finish') return processors.finish(job.data, run);
  const found = await processors.split(job.data, run);
  const ids = jobIdsOf(job.data);
  for (const { part } of found) {
    const earlier = await channels.parts.getJob(ids.part(part));
    if (earlier && (await earlier.isFailed())) await earlier.remove({ removeChildren: false });
    const earlierRun = await channels.runs.getJob(ids.run(part));
    if (earlierRun && (await earlierRun.isFailed())) await earlierRun.remove();
  }
  // Finishing waits for this job, so it cannot begin before it also waits for the parts.
  await channels.parts.addBulk(
    found
      .filter(({ needsRun }) => !needsRun)
      .map((part) => ({
        name: 'mark-part',
        data: { ...job.data, ...part },
        opts: partOptions(channels, ids, part),
      })),
  );
  for (const part of found.filter(({ needsRun }) => needsRun)) {
    const data = { ...job.data, ...part };
    await channels.flow.add({
      name: 'mark-part',
      queueName: PARTS,
      data,
      opts: partOptions(channels, ids, part),
      children: [
        {
          name: 'run',
          queueName: EXECUTION,
          data,
          // The part is told, whatever became of its run.
          opts: {
            jobId: ids.run(part.part),
            removeOnComplete: true,
            ignoreDependencyOnFailure: true,
            ...RUN_RETRIES,
          },
        },
      ],
    });
  }
}

function partOptions({ submissions }: Channels, ids: JobIds, { part }: PartToMark) {
  return {
    jobId: ids.part(part),
    parent: { id: ids.finish, queue: submissions.qualifiedName },
    removeOnComplete: true,
    ignoreDependencyOnFailure: true,
    ...RETRIES,
  };
}
