import type { ExecutionReport, Prepared, Preparation, Retrace } from '@tensormark/execution';
import type { CodeReader, ProgramReader, ReadOptions } from '@tensormark/frameworks';
import { readSource } from '../sources/read-source.js';
import { judgedRun } from './judge.js';
import { planRun } from './plan-run.js';
import { notRun, type Running } from './running.js';

export interface RunRequest {
  readonly text: string;
  readonly filename: string;
  readonly resolver?: ReadOptions['resolver'];
  readonly inputs?: readonly (readonly number[])[];
  readonly classes?: number;
  readonly budgets?: Preparation['budgets'];
  readonly device?: Preparation['device'];
}

/** What runs networks: this room reads and judges, and has no process of its own. */
export interface Engine {
  readonly code: CodeReader;
  readonly programs: ProgramReader;
  prepare(retrace: Retrace, preparation: Preparation): Prepared;
  run(job: Extract<Prepared, { readonly kind: 'job' }>['job']): Promise<ExecutionReport>;
}

/** Runs the network that a file describes, and judges what was measured. Never rejects for what is in the file. */
export async function runSubmission(request: RunRequest, engine: Engine): Promise<Running> {
  const { filename, resolver, inputs, classes, budgets, device } = request;
  const { python } = readSource(request.text, filename);
  const read = { filename, ...(resolver && { resolver }) };
  const program = engine.programs.read(python, { ...read, ...(inputs && { inputs }) });
  const plan = planRun(engine.code, python, program, {
    read,
    ...(inputs && { inputs }),
    ...(classes !== undefined && { classes }),
  });
  if (plan.kind === 'not-run') return plan;
  const prepared = engine.prepare(plan.retrace, {
    ...plan.preparation,
    ...(budgets && { budgets }),
    ...(device && { device }),
  });
  if (prepared.kind !== 'job') return notRun(prepared);
  const report = await engine.run(prepared.job);
  if (report.kind !== 'ran') return notRun(report);
  const findings = judgedRun(report, plan, program.file);
  return { kind: 'ran', report, inputs: plan.inputs, findings };
}
