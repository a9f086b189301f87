import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DeviceChoice } from '../backends/backend.js';
import type { DeviceSearch } from '../open-device.js';
import type { FromChild, ToChild } from './child.js';
import { EXECUTION_BUDGETS, type ExecutionJob } from './job.js';
import type { ExecutionReport } from './report.js';

export interface RunnerOptions {
  /** The compiled `child.js`, where it does not stand beside this file. */
  readonly script?: string;
  readonly device?: DeviceChoice;
  readonly environment?: NodeJS.ProcessEnv;
  /** Arguments for Node itself. */
  readonly execArgv?: readonly string[];
  /** Memory of the process, past which it is killed. */
  readonly bytes?: number;
  /** A process serves so many jobs, then makes way for a fresh one. */
  readonly jobsPerProcess?: number;
  /** What starting a process and opening its device may take, beside the job's own time. */
  readonly startMilliseconds?: number;
}

const BYTES = 4_000_000_000;
const JOBS_PER_PROCESS = 50;
const START_MS = 30_000;
const WATCH_MS = 200;

/**
 * Runs jobs one at a time in a process of their own, which is killed at its deadline or when it grows too large, and
 * replaced after any fault.
 */
export class ExecutionRunner {
  #child: ChildProcess | undefined;
  #served = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: RunnerOptions = {}) {}

  /** Never rejects: what fails is a report of a fault. Jobs given at once wait for each other. */
  run(job: ExecutionJob): Promise<ExecutionReport> {
    const mine = this.#turn.then(() => this.#serve(job));
    this.#turn = mine;
    return mine;
  }

  /**
   * The device that jobs will run on, opened where it is not open yet: what is planned for it is planned by this. Never
   * rejects; a device that does not come up is none, and a job's own report says why.
   */
  device(): Promise<DeviceSearch> {
    const mine = this.#turn.then(() => this.#open());
    this.#turn = mine;
    return mine;
  }

  /** Ends the process, whatever it is doing. */
  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async #open(): Promise<DeviceSearch> {
    const told = await this.#ask(this.#process());
    if (told.kind === 'opened') return told.search;
    this.close();
    const why = told.report.kind === 'fault' ? told.report.message : 'it told of no device';
    return { kind: 'none', passedOver: [{ backend: this.options.device?.only ?? 'cpu', why }] };
  }

  async #serve(job: ExecutionJob): Promise<ExecutionReport> {
    const told = await this.#ask(this.#process(), job);
    const report: ExecutionReport =
      told.kind === 'report'
        ? told.report
        : { kind: 'fault', fault: 'crash', message: 'the process told of its device instead of the job' };
    this.#served += 1;
    const most = this.options.jobsPerProcess ?? JOBS_PER_PROCESS;
    if (report.kind === 'fault' || report.kind === 'unsupported' || this.#served >= most) this.close();
    return report;
  }

  #process(): ChildProcess {
    if (this.#child?.connected) return this.#child;
    const { script, environment, execArgv } = this.options;
    this.#served = 0;
    this.#child = fork(script ?? fileURLToPath(new URL('./child.js', import.meta.url)), {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      ...(environment && { env: environment }),
      ...(execArgv && { execArgv: [...execArgv] }),
    });
    // An idle process must not keep its parent alive.
    this.#child.unref();
    this.#child.channel?.unref();
    return this.#child;
  }

  #ask(child: ChildProcess, job?: ExecutionJob): Promise<FromChild> {
    const milliseconds =
      job === undefined ? 0 : (job.budgets?.milliseconds ?? EXECUTION_BUDGETS.milliseconds);
    const deadline = milliseconds + (this.options.startMilliseconds ?? START_MS);
    return new Promise((resolve) => {
      let watch: NodeJS.Timeout | undefined;
      const settle = (told: FromChild): void => {
        clearTimeout(timer);
        clearInterval(watch);
        child.removeAllListeners();
        resolve(told);
      };
      const fault = (fault: 'deadline' | 'memory' | 'crash', message: string): void => {
        child.kill('SIGKILL');
        settle({ kind: 'report', report: { kind: 'fault', fault, message } });
      };
      const timer = setTimeout(() => fault('deadline', `no answer within ${deadline / 1000} s`), deadline);
      const most = this.options.bytes ?? BYTES;
      const weigh = async (): Promise<void> => {
        const bytes = await residentBytes(child.pid);
        if (bytes !== undefined && bytes > most)
          fault('memory', `the process grew past ${Math.round(most / 1e6)} MB`);
      };
      watch = setInterval(() => {
        void weigh();
      }, WATCH_MS);
      child.once('message', (message) => settle(toldIn(message)));
      child.once('error', (error) => fault('crash', error.message));
      child.once('exit', (code, signal) => fault('crash', `the process ended by itself (${signal ?? code})`));
      const request: ToChild = { ...(job && { job }), device: this.options.device ?? {} };
      child.send(request, (error) => {
        if (error) fault('crash', error.message);
      });
    });
  }
}

/** What a process of ours sends; anything else is no answer. */
function toldIn(message: unknown): FromChild {
  if (typeof message === 'object' && message !== null && ('report' in message || 'search' in message))
    return message as FromChild;
  return {
    kind: 'report',
    report: { kind: 'fault', fault: 'crash', message: 'the process sent something else than a report' },
  };
}

const PAGE_BYTES = 4096;

/** Resident memory of a process, where the system tells (Linux). */
async function residentBytes(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined) return undefined;
  try {
    const [, resident] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
    return resident === undefined ? undefined : Number(resident) * PAGE_BYTES;
  } catch {
    return undefined;
  }
}
