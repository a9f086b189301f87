import { dirname } from 'node:path';
import {
  otherNetworks,
  runSubmission,
  type Engine,
  type Running,
  type RunRequest,
} from '@tensormark/code-review';
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

/** What came of the network of a file, and of others in it that stand by themselves. */
export interface RanNetworks {
  readonly running: Running;
  readonly others: readonly OtherNetwork[];
}

export interface OtherNetwork {
  /** As the file names it. */
  readonly name: string;
  readonly running: Running;
}

const MOST_OTHERS = 3;
/** Less is too little to begin with another. */
const LEAST_MS = 2000;

/**
 * The body of a process that reads a file, has its networks run in a further one that can be killed, and sends what came of
 * it. All of them share the time.
 */
async function answer(asked: ToExecution): Promise<RanNetworks> {
  const { text, file, folders, inputs, classes, batch, device, milliseconds } = asked;
  const runner = new ExecutionRunner({ device });
  const end = performance.now() + milliseconds;
  const program = { text, filename: file, resolver: importPath([...folders, dirname(file)]) };
  const sized = { ...program, ...(batch !== undefined && { batch }) };
  try {
    // The device opens while this process still loads what reads code.
    void runner.device();
    const engine: Engine = {
      code: await openReader(),
      programs: openProgramReader(),
      prepare: prepareExecution,
      run: (job) => runner.run(job),
      device: () => runner.device(),
    };
    const given = inputs.length > 0 && { inputs };
    const running = await attempt(
      {
        ...sized,
        ...given,
        ...(classes !== undefined && { classes }),
        budgets: { milliseconds },
      },
      engine,
    );
    const others: OtherNetwork[] = [];
    for (const call of otherNetworks({ ...program, ...given }, engine).slice(0, MOST_OTHERS)) {
      const left = end - performance.now();
      const other: Running =
        left < LEAST_MS
          ? { kind: 'not-run', why: 'the time for this file ran out before' }
          : await attempt({ ...sized, call, budgets: { milliseconds: left } }, engine);
      others.push({ name: call, running: other });
    }
    return { running, others };
  } catch (error) {
    return { running: faultOf(error), others: [] };
  } finally {
    runner.close();
  }
}

async function attempt(request: Omit<RunRequest, 'device'>, engine: Engine): Promise<Running> {
  return runSubmission(request, engine).catch(faultOf);
}

function faultOf(error: unknown): Extract<Running, { readonly kind: 'fault' }> {
  return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
}

process.once('message', (asked: ToExecution) => {
  void answer(asked).then((ran) => process.send?.(ran, () => process.exit(0)));
});
