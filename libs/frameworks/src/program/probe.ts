import type { Interpreter, PyModule } from '@tensormark/python';
import { tensorType } from '@tensormark/network';
import type { Layer, TensorType } from '@tensormark/network';
import type { GivenInput } from '../reader/model-reading.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import type { ErrorRaised, ProgramEvent } from './events.js';
import type { ProgramModule } from './objects.js';
import type { Recorder } from './recorder.js';
import { Value } from './value.js';
import type { Datum } from './value.js';

const BATCH = 4;
const MOST_NETWORKS = 6;

/**
 * What would happen in a network that is called on an input its first layer takes, up to what is not known. It may not be
 * what the network is meant for: only what holds with all such inputs is to be said.
 */
export interface Supposed {
  readonly input: readonly number[];
  readonly events: readonly ProgramEvent[];
}

/**
 * Calls networks that the file never calls on a tensor of known shape. Where the caller says what the network takes, what
 * happens then is part of the program. Else the inputs are those that its first layer takes, in the usual forms; errors that
 * come with all of them are kept as the program's, and what happened is given.
 */
export function probeNetworks(
  python: Interpreter,
  recorder: Recorder,
  module: PyModule,
  inputs: readonly GivenInput[] | undefined,
): readonly (readonly Supposed[])[] {
  const networks = unseenNetworks(recorder, module);
  const [only] = networks;
  if (inputs !== undefined && only !== undefined && networks.length === 1) {
    call(
      python,
      recorder,
      only,
      inputs.map((input) => typeOf(input, takesIndices(only))),
    );
    return [];
  }
  return networks.slice(0, MOST_NETWORKS).flatMap((network) => {
    const first = firstLayer(network);
    if (first === undefined || !(network.object instanceof ModuleObject)) return [];
    const runs = runsOnUsual(python, recorder, network, first);
    if (runs.length < 2) return [];
    for (const error of errorsOfAll(runs, first)) recorder.record(error);
    // Where some go through whole, those that don't are not what the network is meant for.
    const whole = runs.filter(({ events }) => !events.some(({ kind }) => kind === 'error'));
    return [
      (whole.length < 2 ? runs : whole).map(({ type, events }) => ({
        input: type.shape,
        events: events.slice(0, knownUpTo(events)),
      })),
    ];
  });
}

/** Networks of the file that no other is made of, and that were never called on a tensor of known shape. */
function unseenNetworks(recorder: Recorder, module: PyModule): ProgramModule[] {
  const seen = new Set<string>();
  for (const event of recorder.events) {
    if (event.kind !== 'module-call') continue;
    const [first] = event.args.positional;
    if (first instanceof Value && first.shape !== undefined) seen.add(keyOf(event.module));
  }
  const found = new Map<string, ProgramModule>();
  for (const network of recorder.values.modules) {
    const isOwn = network.object.cls.module === module.name || network.type === 'Sequential';
    if (!isOwn || network.layer !== undefined || !network.isReadable) continue;
    if (network.parents.length > 0 || network.children.length === 0) continue;
    const key = keyOf(network);
    if (!seen.has(key) && !found.has(key)) found.set(key, network);
  }
  return [...found.values()];
}

/** One network of a class stands for all; each `Sequential` is its own. */
function keyOf({ type, isNative, id }: ProgramModule): string {
  return isNative ? `${id}` : type;
}

function typeOf(input: GivenInput, indices: boolean): TensorType {
  if ('shape' in input) return tensorType([BATCH, ...input.shape], input.dtype);
  return tensorType([BATCH, ...input], indices ? 'int64' : 'float32');
}

/** The layer with parameters that a network has first, and what is known of its arguments. */
interface First {
  readonly module: ProgramModule;
  readonly type: string;
  readonly config: Layer['config'];
}

function firstLayer({ modules }: ProgramModule): First | undefined {
  for (const { module } of modules) {
    const { layer } = module;
    if (!hasParameters(module)) continue;
    return { module, type: layer?.type ?? module.type, config: layer?.config ?? {} };
  }
  return undefined;
}

/** Whether it is a layer with parameters, all of its sizes known or all but the one that has no part in what it gives. */
function hasParameters({ layer, object }: ProgramModule): boolean {
  return layer === undefined ? object.sizedFor !== undefined : layer.parameters.length > 0;
}

function takesIndices(network: ProgramModule): boolean {
  return firstLayer(network)?.type.startsWith('Embedding') === true;
}

function call(
  python: Interpreter,
  recorder: Recorder,
  { object }: ProgramModule,
  types: readonly TensorType[],
): readonly ProgramEvent[] {
  const before = recorder.events.length;
  python.run((rt) => {
    const values = types.map((type) => {
      const tensor = new TensorObject(type);
      recorder.values.set(rt, tensor, { kind: 'argument', name: 'x', role: 'other' }, []);
      return tensor;
    });
    return rt.call(object, values);
  });
  return recorder.events.slice(before);
}

interface Run {
  readonly type: TensorType;
  readonly events: readonly ProgramEvent[];
}

/** The network called on every input that its first layer takes; what is tried out is no part of the program. */
function runsOnUsual(python: Interpreter, recorder: Recorder, network: ProgramModule, first: First): Run[] {
  return inputsFor(first).flatMap((type) => {
    const before = recorder.events.length;
    const events = call(python, recorder, network, [type]);
    recorder.events.length = before;
    return isTaken(events, first) ? [{ type, events }] : [];
  });
}

/** Errors that come with all of them, where all was known up to the first. */
function errorsOfAll(runs: readonly Run[], first: First): ErrorRaised[] {
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
  // Layers in a row have no call of their own in the program: what they refuse is told where they are made.
  return [...(common ?? [])].map(([, error]) => ({
    ...error,
    moment: { ...error.moment, span: error.moment.span ?? error.module?.span },
  }));
}

/**
 * Whether the input was what the network takes: the layer thought to be its first was called first, and went well, and no
 * shape was taken apart that has another number of dimensions.
 */
function isTaken(events: readonly ProgramEvent[], first: First): boolean {
  const called = events.find((event) => event.kind === 'module-call' && hasParameters(event.module));
  if (called?.kind !== 'module-call' || called.module !== first.module) return false;
  if (called.args.positional.some(isOneOfSeveral)) return false;
  return !events.some(
    (event) =>
      event.kind === 'error' &&
      (isOfRank(event) || event.module === called.module || event.moment.at < called.moment.at),
  );
}

function isOfRank({ from, type, message }: ErrorRaised): boolean {
  return from === 'python' && type === 'ValueError' && /values to unpack/.test(message);
}

/** One that a number picks out of the input: the network takes a list of tensors, which the guess is not. */
function isOneOfSeveral(datum: Datum): boolean {
  if (!(datum instanceof Value) || datum.made.kind !== 'operation') return false;
  const { name, args } = datum.made;
  return name === 'unpacked' || (name === 'getitem' && typeof args.positional[1] === 'bigint');
}

/** Whether all was known up to the first error: where something was not, what comes after may not be as it seems. */
function isFollowed(events: readonly ProgramEvent[]): boolean {
  const end = knownUpTo(events);
  const last = events[end];
  return last === undefined || (last.kind === 'error' && last.from === 'torch');
}

/** How many events come before the first error, and the first that is not known. */
function knownUpTo(events: readonly ProgramEvent[]): number {
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
  const isMap = input instanceof Value && input.shape?.length === 4;
  const said = message
    .replace(isMap ? /\(\d+x\d+ and/ : /\(\d+x(?=\d+ and)/, '(')
    .replace(/\binput\[[^\]]*\]/, 'input[#]')
    .replaceAll(new RegExp(String.raw`([(\[]\d+, )${batch}(, \d+[)\]])`, 'g'), '$1#$2');
  return `${(moment.span ?? module?.span)?.start ?? -1}:${type}:${said}`;
}

/** Whether another height and width could be what is wanted: a linear layer after flattening. */
function hangsOnSize({ message, module, args }: ErrorRaised): boolean {
  if (!message.startsWith('mat1 and mat2')) return /shape '.*' is invalid for input/.test(message);
  const [input] = args?.positional ?? [];
  const wanted = module?.layer?.config['in_features'];
  if (!(input instanceof Value) || typeof wanted !== 'number') return true;
  if (!comesOfMap(input)) return false;
  const [, channels = 0] = input.shape ?? [];
  // Not flattened at all: as many features as a map of several pixels would have.
  return !(input.shape?.length === 4 && wanted % channels === 0 && wanted >= channels * 4);
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

/** Which dimension of a guess is the batch. */
function batchAt({ type, config }: First): number {
  return /^(RNN|LSTM|GRU)$/.test(type) && config['batch_first'] !== true ? 1 : 0;
}

/** The forms in which data come to a layer, likeliest first; each with two batches and two lengths. */
function inputsFor({ type, config }: First): TensorType[] {
  const size = (name: string): number => Number(config[name] ?? 0);
  const forms = (shapes: (batch: number, length: number) => readonly (readonly number[])[]): number[][] =>
    [shapes(BATCH, 12), shapes(BATCH + 1, 20)].flat().map((shape) => [...shape]);
  const floats = (shapes: readonly number[][]): TensorType[] =>
    shapes.map((shape) => tensorType(shape, 'float32'));
  switch (type) {
    case 'Linear': {
      const features = size('in_features');
      const side = Math.sqrt(features);
      const picture = Number.isInteger(side) ? [[BATCH, 1, side, side]] : [];
      return floats([
        ...forms((batch, length) => [
          [batch, features],
          [batch, length, features],
        ]),
        [features],
        ...picture,
      ]);
    }
    case 'Conv1d': {
      const channels = size('in_channels');
      return floats([
        ...[64, 128, 1000, 12].map((length, at) => [BATCH + (at % 2), channels, length]),
        [BATCH, 64, channels],
        [BATCH, 64],
      ]);
    }
    case 'Conv2d': {
      const channels = size('in_channels');
      const pictures = [32, 64, 28, 224].map((side, at) => [BATCH + (at % 2), channels, side, side]);
      const grey =
        channels === 1
          ? [
              [BATCH, 28, 28],
              [BATCH, 784],
            ]
          : [];
      return floats([...pictures, [BATCH, 32, 32, channels], ...grey]);
    }
    case 'Embedding':
      return forms((batch, length) => [[batch, length], [batch], [length], [1]]).map((shape) =>
        tensorType(shape, 'int64'),
      );
    case 'RNN':
    case 'LSTM':
    case 'GRU': {
      const features = size('input_size');
      return floats(
        forms((batch, length) =>
          config['batch_first'] === true
            ? [
                [batch, length, features],
                [batch, features],
                [batch, length],
              ]
            : [
                [length, batch, features],
                [batch, features],
                [length, batch],
              ],
        ),
      );
    }
    default:
      return [];
  }
}
