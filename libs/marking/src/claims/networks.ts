import { isValue, type ModelReading, type Program } from '@tensormark/frameworks';
import type { Layer } from '@tensormark/network';
import { isOutside } from './facts.js';
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

/** Sides of pictures to try: what is made for one of them fits no other. */
const SIDES = [28, 32, 64, 96, 128, 224, 256];
const STEPS = 16;

/**
 * A network called on something that its first layer takes; undefined where nothing that is tried goes through. Its order is
 * that of the program, its sizes are not.
 */
export function readAsTried(
  code: string,
  { chosen, network }: ModelReading,
  reader: Instruments['reader'],
): ModelReading | undefined {
  const first = [...(network?.modules.values() ?? [])].find(({ layer }) => layer !== undefined)?.layer;
  if (chosen === undefined || chosen.kind === 'call' || first === undefined) return undefined;
  const call = chosen.name;
  for (const input of inputsFor(first)) {
    const reading = reader.read(code, { filename: 'given.py', call, inputs: [input] });
    if (
      reading.traced &&
      !reading.gaps.forward &&
      reading.errors.every(({ place }) => isOutside(code, place.line))
    )
      return reading;
  }
  return undefined;
}

/** What a layer could take, without the batch. */
function inputsFor({ type, config }: Layer): readonly (readonly number[])[] {
  const number = (name: string): number | undefined =>
    typeof config[name] === 'number' ? config[name] : undefined;
  if (type === 'Embedding') return [[STEPS]];
  const [features, channels, width] = [number('in_features'), number('in_channels'), number('input_size')];
  if (type === 'Linear' && features !== undefined) return [[features]];
  if (type === 'Conv2d' && channels !== undefined) return SIDES.map((side) => [channels, side, side]);
  if (type === 'Conv1d' && channels !== undefined) return SIDES.map((side) => [channels, side]);
  return width === undefined ? [] : [[STEPS, width]];
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
