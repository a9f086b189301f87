import type { Output } from './terminal/output.js';

/** 0 done; 1 findings, or input that was refused; 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** A verb of the `tensormark` command, complete in its own file. */
export interface Command {
  /** What follows the verb, such as "EXAM.yaml ANSWERS [--json]". */
  readonly usage: string;
  /** The text of `tensormark VERB --help`, after the usage line. */
  readonly help: string;
  run(args: readonly string[], output: Output): Promise<ExitCode>;
}

/** Arguments that do not fit a command: its usage is shown and the exit code is 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Input that was refused, with what, where and what to do: shown without a stack, exit code 1. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Told by name: a verb that is not in the command's bundle brings classes of its own. */
export function isWrongUsage(error: unknown): error is WrongUsage {
  return error instanceof Error && error.name === 'WrongUsage';
}

export function isRefused(error: unknown): error is Refused {
  return error instanceof Error && error.name === 'Refused';
}
