import { dirname } from 'node:path';
import { runSubmission, type Running } from '@tensormark/code-review';
import { ExecutionRunner, prepareExecution, type DeviceChoice } from '@tensormark/execution';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { importPath } from './import-path.js';

/** What `tensormark review` asks its other process. */
export interface ToExecution {
  readonly text: string;
  readonly file: string;
  readonly folders: readonly string[];
  readonly inputs: readonly (readonly number[])[];
  readonly classes: number | undefined;
  readonly batch: number | undefined;
  readonly device: DeviceChoice;
  readonly milliseconds: number;
}

/**
 * The body of a process that reads a file, has its network run in a further one that can be killed, and sends what came
 * of it.
 */
async function answer({
  text,
  file,
  folders,
  inputs,
  classes,
  batch,
  device,
  milliseconds,
}: ToExecution): Promise<Running> {
  const runner = new ExecutionRunner({ device });
  try {
    // The device opens while this process still loads what reads code.
    void runner.device();
    return await runSubmission(
      {
        text,
        filename: file,
        resolver: importPath([...folders, dirname(file)]),
        ...(inputs.length > 0 && { inputs }),
        ...(classes !== undefined && { classes }),
        ...(batch !== undefined && { batch }),
        budgets: { milliseconds },
      },
      {
        code: await openReader(),
        programs: openProgramReader(),
        prepare: prepareExecution,
        run: (job) => runner.run(job),
        device: () => runner.device(),
      },
    );
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  } finally {
    runner.close();
  }
}

process.once('message', (asked: ToExecution) => {
  void answer(asked).then((running) => process.send?.(running, () => process.exit(0)));
});
