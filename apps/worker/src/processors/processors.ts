import type { Processors } from '@tensormark/queue';
import { partFailed, submissionFailed } from './failures.js';
import { finish } from './finish.js';
import { markPart } from './mark-part.js';
import { runPart } from './run-part.js';
import { split } from './split.js';
import type { Tools } from './tools.js';

/** The steps of marking a submission, for the queue to run. Each may run again and comes to the same. */
export function processors(tools: Tools): Processors {
  return {
    split: (work, run) => split(tools, work, run),
    run: (work, run) => runPart(tools, work, run),
    markPart: (work, run) => markPart(tools, work, run),
    finish: (work, run) => finish(tools, work, run),
    partFailed: (work, reason) => partFailed(tools, work, reason),
    submissionFailed: (work, reason) => submissionFailed(tools, work, reason),
  };
}
