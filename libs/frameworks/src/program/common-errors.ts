import type { TensorType } from '@tensormark/network';
import type { ErrorRaised, ProgramEvent } from './events.js';
import { batchAt } from './usual-inputs.js';
import type { First } from './usual-inputs.js';
import { Value } from './value.js';

/** A network called on an input that its first layer takes. */
export interface Run {
  readonly type: TensorType;
  readonly events: readonly ProgramEvent[];
}

/** Errors that come with all of them, where all was known up to the first. */
export function errorsOfAll(runs: readonly Run[], first: First): ErrorRaised[] {
  let common: Map<string, ErrorRaised> | undefined;
  for (const { type, events } of runs) {
    if (!isFollowed(events)) return [];
    const errors = new Map(
      events.flatMap((event) =>
        event.kind === 'error' && event.from === 'torch' && !hangsOnSize(event)
          ? [[placeOf(event, type.shape[batchAt(first)] ?? 0), event] as const]
          : [],
      ),
    );
    common = common === undefined ? errors : new Map([...common].filter(([place]) => errors.has(place)));
    if (common.size === 0) return [];
  }
  return [...(common ?? [])].map(([, error]) => toldAt(error));
}

/** The errors of a network on batches of the data that it is for, where all was known up to the first. */
export function errorsOfOwn(runs: readonly Run[]): ErrorRaised[] {
  if (!runs.every(({ events }) => isFollowed(events))) return [];
  const [first = [], ...others] = runs.map(({ events }) =>
    events.flatMap((event) => (event.kind === 'error' && event.from === 'torch' ? [toldAt(event)] : [])),
  );
  return first.filter((error) =>
    others.every((errors) => errors.some(({ moment }) => moment.span?.start === error.moment.span?.start)),
  );
}

/** Layers in a row have no call of their own in the program: what they refuse is told where they are made. */
function toldAt(error: ErrorRaised): ErrorRaised {
  return { ...error, moment: { ...error.moment, span: error.moment.span ?? error.module?.span } };
}

/** Whether all was known up to the first error: where something was not, what comes after may not be as it seems. */
export function isFollowed(events: readonly ProgramEvent[]): boolean {
  const end = knownUpTo(events);
  const last = events[end];
  return last === undefined || (last.kind === 'error' && last.from === 'torch');
}

/** How many events come before the first error, and the first that is not known. */
export function knownUpTo(events: readonly ProgramEvent[]): number {
  const at = events.findIndex(
    (event) =>
      event.kind === 'error' ||
      (event.kind === 'call' && event.owner === 'unknown') ||
      (event.kind === 'module-call' && !isShaped(event)),
  );
  return at === -1 ? events.length : at;
}

/** Whether what a module gives has a shape, read or not. */
function isShaped({ module, result }: Extract<ProgramEvent, { kind: 'module-call' }>): boolean {
  return module.isReadable || (result instanceof Value && result.shape !== undefined);
}

/**
 * What an error says but for the sizes of the guess: rows, pictures' sides, the batch of a state. Two guesses of other
 * sizes give the same only where neither length nor batch has to do with it.
 */
function placeOf({ moment, message, type, module, args }: ErrorRaised, batch: number): string {
  const [input] = args?.positional ?? [];
  // What was never flattened has the map's width last, which is another with every picture.
  const wanted = module?.layer?.config['in_features'];
  const isMap =
    input instanceof Value &&
    (input.shape?.length === 4 || (typeof wanted === 'number' && isOfNoMap(input, wanted)));
  const said = message
    .replace(isMap ? /\(\d+x\d+ and/ : /\(\d+x(?=\d+ and)/, '(')
    .replace(/\binput\[[^\]]*\]/, 'input[#]')
    .replaceAll(new RegExp(String.raw`([(\[]\d+, )${batch}(, \d+[)\]])`, 'g'), '$1#$2');
  return `${(moment.span ?? module?.span)?.start ?? -1}:${type}:${said}`;
}

/** Whether another height and width could be what is wanted: a linear layer after flattening. */
export function hangsOnSize({ message, module, args }: ErrorRaised): boolean {
  if (!message.startsWith('mat1 and mat2')) return /shape '.*' is invalid for input/.test(message);
  const [input] = args?.positional ?? [];
  const wanted = module?.layer?.config['in_features'];
  if (!(input instanceof Value) || typeof wanted !== 'number') return true;
  if (!comesOfMap(input)) return false;
  if (isOfNoMap(input, wanted)) return false;
  const [, channels = 0] = input.shape ?? [];
  // Not flattened at all: as many features as a map of several pixels would have.
  return !(input.shape?.length === 4 && wanted % channels === 0 && wanted >= channels * 4);
}

/** Whether no height and width at all would give as many features as a layer wants: the flattened maps have other channels. */
function isOfNoMap(input: Value, wanted: number): boolean {
  const map = flattenedMap(input);
  const channels = map?.shape?.[1];
  return channels !== undefined && wanted % channels !== 0;
}

/** The maps that were flattened to a row for each example, by nothing else than that. */
function flattenedMap(input: Value): Value | undefined {
  let current: Value | undefined = input;
  for (let depth = 0; current !== undefined && depth < 6; depth++) {
    const { made, shape, inputs }: Value = current;
    const name = made.kind === 'layer' || made.kind === 'operation' ? made.name : '';
    if (shape?.length === 4)
      return made.kind === 'layer' || /^(relu|leaky_relu|max_pool2d|avg_pool2d|tanh|sigmoid)$/.test(name)
        ? current
        : undefined;
    if (!/^(Flatten|flatten|view|reshape|Dropout|dropout)$/.test(name)) return undefined;
    [current] = inputs;
  }
  return undefined;
}

function comesOfMap(value: Value): boolean {
  let current: Value | undefined = value;
  for (let depth = 0; current !== undefined && depth < 40; depth++) {
    if ((current.shape?.length ?? 0) >= 4) return true;
    if (current.made.kind === 'layer' && /^(Conv|ConvTranspose)[123]d$/.test(current.made.name)) return true;
    if (current.made.kind === 'layer' && /^(Linear|LSTM|GRU|RNN)$/.test(current.made.name)) return false;
    [current] = current.inputs;
  }
  return false;
}
