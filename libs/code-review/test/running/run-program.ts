import { fileURLToPath } from 'node:url';
import { ExecutionRunner, prepareExecution } from '@tensormark/execution';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { runSubmission, type Engine, type Running, type RunRequest } from '../../src/index.js';

const SCRIPT = fileURLToPath(new URL('../../../execution/src/jobs/child.ts', import.meta.url));
const HOOKS = new URL('../../../execution/test/typescript-hooks.mjs', import.meta.url).href;

export interface RunningPlace {
  run(request: Omit<RunRequest, 'device'>): Promise<Running>;
  close(): void;
}

/** Runs programs on WebAssembly in a process of its own. */
export async function openRunning(): Promise<RunningPlace> {
  const runner = new ExecutionRunner({
    script: SCRIPT,
    execArgv: ['--import', HOOKS],
    device: { only: 'wasm' },
  });
  const engine: Engine = {
    code: await openReader(),
    programs: openProgramReader(),
    prepare: prepareExecution,
    run: (job) => runner.run(job),
    device: () => runner.device(),
  };
  return {
    run: (request) => runSubmission(request, engine),
    close: () => runner.close(),
  };
}
