import { isValue, type ModelReading, type Program } from '@tensormark/frameworks';
import type { Instruments } from '../kinds/kind.js';

/** A network that code makes beside others, read by itself. */
export interface NetworkRead {
  readonly names: readonly string[];
  readonly reading: ModelReading;
}

/**
 * The networks of code that has several which stand by themselves, each read with what the program itself calls it on: a
 * generator and a discriminator. None where there is one alone.
 */
export function networksOf(
  { code, call }: { readonly code: string; readonly call?: string | undefined },
  { standalone, candidates }: ModelReading,
  program: Program,
  { reader }: Pick<Instruments, 'reader'>,
): NetworkRead[] {
  if (call !== undefined || standalone.length < 2) return [];
  return standalone.map((name) => {
    const made = candidates.find((each) => each.kind === 'instance' && each.name === name);
    const type = made?.kind === 'instance' ? made.type : name;
    const inputs = inputsSeen(type, program);
    const read = (given: typeof inputs): ModelReading =>
      reader.read(code, { filename: 'given.py', call: name, ...(given && { inputs: given }) });
    const traced = read(inputs);
    // Sizes that only stand for unknown ones may fit nowhere.
    const reading = inputs === undefined || traced.errors.length === 0 ? traced : read(undefined);
    return { names: [name, type], reading };
  });
}

/** What the program calls a network of that class on, without the batch; undefined where it is not seen. */
export function inputsSeen(type: string, program: Program): (readonly number[])[] | undefined {
  for (const event of program.events) {
    if (event.kind !== 'module-call' || event.module.type !== type || event.depth > 0) continue;
    const { positional, named } = event.args;
    const shapes = positional.map((datum) => (isValue(datum) ? datum.shape?.slice(1) : undefined));
    const known = shapes.filter((shape) => shape !== undefined);
    if (known.length > 0 && known.length === shapes.length && named.size === 0) return known;
  }
  return undefined;
}
