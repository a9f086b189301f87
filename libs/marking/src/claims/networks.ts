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
    const alone = (): ModelReading => reader.read(code, { filename: 'given.py', call: name });
    const reading = readAsCalled(code, { name, type }, program, reader) ?? alone();
    return { names: [name, type], reading };
  });
}

/**
 * A network read with what the program itself calls it on; undefined where that is not seen or does not go through, for
 * sizes that only stand for unknown ones may fit nowhere.
 */
export function readAsCalled(
  code: string,
  { name, type }: { readonly name: string; readonly type: string },
  program: Program,
  reader: Instruments['reader'],
): ModelReading | undefined {
  const inputs = inputsSeen(type, program);
  if (inputs === undefined) return undefined;
  const reading = reader.read(code, { filename: 'given.py', call: name, inputs });
  return reading.traced && reading.errors.length === 0 ? reading : undefined;
}

/** What the program calls a network of that class on, without the batch; undefined where it is not seen. */
function inputsSeen(type: string, program: Program): (readonly number[])[] | undefined {
  for (const event of program.events) {
    if (event.kind !== 'module-call' || event.module.type !== type || event.depth > 0) continue;
    const { positional, named } = event.args;
    const shapes = positional.map((datum) => (isValue(datum) ? datum.shape?.slice(1) : undefined));
    const known = shapes.filter((shape) => shape !== undefined);
    if (known.length > 0 && known.length === shapes.length && named.size === 0) return known;
  }
  return undefined;
}
