import type {
  DeviceSearch,
  ExecutionJob,
  ExecutionReport,
  Prepared,
  Preparation,
  Retrace,
} from '@tensormark/execution';
import type { CodeReader, ProgramReader, ReadOptions } from '@tensormark/frameworks';
import { readSource } from '../sources/read-source.js';
import { judgedRun } from './judge.js';
import { planRun, type RunPlan } from './plan-run.js';
import { notRun, type Running } from './running.js';

export interface RunRequest {
  readonly text: string;
  readonly filename: string;
  readonly resolver?: ReadOptions['resolver'];
  readonly inputs?: readonly (readonly number[])[];
  readonly call?: string;
  readonly classes?: number;
  /** What it is trained for where the program computes no loss: PyTorch's class name, or `likely` for a guess by its output. */
  readonly loss?: string;
  readonly budgets?: Preparation['budgets'];
  /** Rows of a batch, where the device takes so many; 8 by default. */
  readonly batch?: number;
  /** The device that was found; without one, a run is planned for a processor. */
  readonly device?: Preparation['device'];
}

/** What plans runs. Pure: nothing is run. */
export interface RunPlanner {
  readonly code: CodeReader;
  readonly programs: ProgramReader;
  prepare(retrace: Retrace, preparation: Preparation): Prepared;
}

/** What runs networks: this room reads and judges, and has no process of its own. */
export interface Engine extends RunPlanner {
  run(job: ExecutionJob): Promise<ExecutionReport>;
  /** The device that `run` runs on. */
  device(): Promise<DeviceSearch>;
}

/** A run that is ready to be made, or why there is none. */
export type PreparedRun =
  | { readonly kind: 'job'; readonly job: ExecutionJob; judge(report: ExecutionReport): Running }
  | Exclude<Running, { readonly kind: 'ran' }>;

/**
 * Networks of a file beside the one that is run, each a `call` to run it by: a generator and a discriminator stand by
 * themselves, and neither is part of the other.
 */
export function otherNetworks(
  { text, filename, resolver, inputs }: Pick<RunRequest, 'text' | 'filename' | 'resolver' | 'inputs'>,
  { code }: Pick<RunPlanner, 'code'>,
): readonly string[] {
  const { python } = readSource(text, filename);
  const { chosen, standalone } = code.read(python, {
    filename,
    ...(resolver && { resolver }),
    ...(inputs && { inputs }),
  });
  return chosen?.kind === 'instance' ? standalone.filter((name) => name !== chosen.name) : [];
}

/** Reads a file and plans how its network is run; the same file gives the same plan. */
export function prepareRun(request: RunRequest, { code, programs, prepare }: RunPlanner): PreparedRun {
  const { filename, resolver, inputs, call, classes, loss, budgets, batch, device } = request;
  const { python } = readSource(request.text, filename);
  const read = { filename, ...(resolver && { resolver }), ...(call !== undefined && { call }) };
  const program = programs.read(python, { ...read, ...(inputs && { inputs }) });
  const plan = planRun(code, python, program, {
    read,
    ...(inputs && { inputs }),
    ...(classes !== undefined && { classes }),
    ...(loss !== undefined && { loss }),
    ...(batch !== undefined && { batch }),
  });
  if (plan.kind === 'not-run') return plan;
  const prepared = prepare(plan.retrace, {
    ...plan.preparation,
    ...(budgets && { budgets }),
    ...(device && { device }),
  });
  if (prepared.kind !== 'job') return notRun(prepared);
  return { kind: 'job', job: prepared.job, judge: (report) => judged(report, plan, program.file) };
}

function judged(
  report: ExecutionReport,
  plan: Extract<RunPlan, { readonly kind: 'planned' }>,
  file: string,
): Running {
  if (report.kind !== 'ran') return notRun(report);
  const { task, inputs } = plan;
  const { objective, assumed, steered } = task;
  return {
    kind: 'ran',
    report,
    inputs,
    findings: judgedRun(report, plan, file),
    notes: plan.loads ? ['weights that the code loads are not here: all were drawn anew'] : [],
    ...(objective.kind === 'loss' && {
      training: { loss: objective.loss, assumed, own: task.optimiser !== undefined && !assumed && !steered },
    }),
  };
}

/** Runs the network that a file describes, and judges what was measured. Never rejects for what is in the file. */
export async function runSubmission(request: Omit<RunRequest, 'device'>, engine: Engine): Promise<Running> {
  const search = await engine.device();
  const prepared = prepareRun(
    { ...request, ...(search.kind === 'found' && { device: search.device }) },
    engine,
  );
  return prepared.kind === 'job' ? prepared.judge(await engine.run(prepared.job)) : prepared;
}
