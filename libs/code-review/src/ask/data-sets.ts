import { argument, visionDataOf } from '@tensormark/frameworks';
import type { Called, Datum, Program, ProgramLoader, VisionData } from '@tensormark/frameworks';
import { comesOf } from './ancestry.js';
import { eventsOf } from './events.js';
import { backwardsOf } from './training.js';

/** The data set of torchvision's that a loader goes over. */
export function dataOf(loader: ProgramLoader): VisionData | undefined {
  return visionDataOf(loader.dataset);
}

/** Whether a loss that gradients are computed of comes of a loader's batches. */
export function isLearnedFrom(program: Program, loader: ProgramLoader): boolean {
  return backwardsOf(program).some(
    ({ on }) =>
      on !== undefined && comesOf(on, ({ made }) => made.kind === 'batch' && made.loader === loader),
  );
}

/** The same in a loop that keeps gradients: not where features are first computed of them, to be learned from later. */
export function isTrainedOn(program: Program, loader: ProgramLoader): boolean {
  return backwardsOf(program).some(
    ({ on }) =>
      on !== undefined &&
      comesOf(on, ({ made, gradients }) => gradients && made.kind === 'batch' && made.loader === loader),
  );
}

/** The call that made a loader. */
export function makingOf(program: Program, { made }: ProgramLoader): Called | undefined {
  return eventsOf(program, 'call').find(({ moment }) => moment === made);
}

/** One of the arguments that a loader was made with, by name or place. */
export function loaderArgument(
  program: Program,
  loader: ProgramLoader,
  name: string,
  position: number,
): Datum | undefined {
  const call = makingOf(program, loader);
  return call === undefined ? loader.named.get(name) : argument(call.args, name, position + 1);
}
