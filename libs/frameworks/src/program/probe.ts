import type { Interpreter, PyClass, PyModule } from '@tensormark/python';
import { tensorType } from '@tensormark/network';
import type { TensorType } from '@tensormark/network';
import type { GivenInput } from '../reader/model-reading.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { errorsOfAll, errorsOfOwn, knownUpTo } from './common-errors.js';
import type { Run } from './common-errors.js';
import type { ErrorRaised, ProgramEvent } from './events.js';
import type { ProgramModule } from './objects.js';
import type { Recorder } from './recorder.js';
import { judgeOf, lossesOf } from './judge.js';
import type { Judge } from './judge.js';
import { batchAt, firstLayer, isLearnedLayer, inputsFor, largerFor, typeOfGiven } from './usual-inputs.js';
import type { First } from './usual-inputs.js';
import { Value } from './value.js';
import type { Datum } from './value.js';
import { visionDataOf } from './vision-data.js';

const MOST_NETWORKS = 6;

/** A network that is tried out, and the loss of what it gives then. */
interface Tried {
  readonly network: ProgramModule;
  readonly first: First;
  readonly judge?: Judge;
}

/**
 * What would happen in a network that is called on an input its first layer takes, up to what is not known. It may not be
 * what the network is meant for: only what holds with all such inputs is to be said.
 */
export interface Supposed {
  readonly input: readonly number[];
  readonly events: readonly ProgramEvent[];
  /** Whether all of it went through. */
  readonly isWhole: boolean;
  /**
   * The same in another case, of other sizes and another batch, worked out when it is asked for: nothing where the network does not take
   * that.
   */
  readonly again?: () => readonly Supposed[];
  /** The sizes that stand for what the network is made with, where the program does not show any. */
  readonly sizes?: ReadonlyMap<string, bigint>;
  /** Two of these sizes that would have to be the same for what is refused to be taken. */
  readonly alike?: readonly [one: string, other: string];
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
      inputs.map((input) => typeOfGiven(input, only)),
    );
    return [];
  }
  return networks.slice(0, MOST_NETWORKS).flatMap((network) => {
    const first = firstLayer(network);
    if (first === undefined || !(network.object instanceof ModuleObject)) return [];
    // Of a size that nobody knows, networks are made up elsewhere.
    if (inputsFor(first).some(({ shape }) => shape.includes(0))) return [];
    const own = networks.length === 1 ? picturesOf(recorder, first) : undefined;
    const judge = networks.length === 1 ? judgeOf(recorder) : undefined;
    const runsOn = runsOnIn(python, recorder, { network, first, ...(judge && { judge }) });
    const runs = own === undefined ? runsOnUsual(runsOn, first) : runsOn(own);
    if (runs.length < 2) return [];
    for (const error of own === undefined ? errorsOfAll(runs, first) : errorsOfOwn(runs))
      recorder.record(error);
    // Where some go through whole, those that don't are not what the network is meant for.
    const whole = runs.filter(isWhole);
    // A network for pictures of one size: those of another batch are as well.
    const [only] = whole;
    if (only !== undefined && whole.length === 1)
      whole.push(...runsOn([withLargerBatch(only.type, first)]).filter(isWhole));
    return [
      (whole.length < 2 ? runs : whole).map(({ type, events }) => ({
        input: type.shape,
        events: events.slice(0, knownUpTo(events)),
        isWhole: knownUpTo(events) === events.length,
      })),
    ];
  });
}

/**
 * Two batches of the pictures that every loader of the file gives, where they are known and have the channels that the first
 * layer takes: the one network of the file is for them, whoever calls it.
 */
function picturesOf(recorder: Recorder, { type, config }: First): readonly TensorType[] | undefined {
  if (type !== 'Conv2d') return undefined;
  let own: string | undefined;
  let shape: readonly number[] = [];
  for (const { dataset } of recorder.values.loaders) {
    const { kind, channels, height, width } = visionDataOf(dataset)?.picture ?? {};
    if (kind !== 'tensor' || channels === undefined || height === undefined || width === undefined)
      return undefined;
    shape = [channels, height, width];
    if (own !== undefined && own !== shape.join()) return undefined;
    own = shape.join();
  }
  if (own === undefined || shape[0] !== config['in_channels']) return undefined;
  return [4, 5].map((batch) => tensorType([batch, ...shape], 'float32'));
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

/** Classes of which a network was called on a tensor of known shape. */
export function calledOnKnown(events: readonly ProgramEvent[]): readonly PyClass[] {
  return events.flatMap((event) => {
    if (event.kind !== 'module-call') return [];
    const [first] = event.args.positional;
    return first instanceof Value && first.shape !== undefined ? [event.module.object.cls] : [];
  });
}

/** One network of a class stands for all; each `Sequential` is its own. */
function keyOf({ type, isNative, id }: ProgramModule): string {
  return isNative ? `${id}` : type;
}

function call(
  python: Interpreter,
  recorder: Recorder,
  { object }: ProgramModule,
  types: readonly TensorType[],
  judge?: Judge,
): readonly ProgramEvent[] {
  const before = recorder.events.length;
  const outcome = python.run((rt) => {
    const values = types.map((type) => {
      const tensor = new TensorObject(type);
      recorder.values.set(rt, tensor, { kind: 'argument', name: 'x', role: 'other' }, []);
      return tensor;
    });
    return rt.call(object, values);
  });
  const events = recorder.events.slice(before);
  const batch = types[0]?.shape[0];
  if (judge === undefined || outcome.kind !== 'finished' || batch === undefined) return events;
  return [...events, ...lossesOf(python, recorder, judge, { given: outcome.value, batch })];
}

type RunsOn = (types: readonly TensorType[]) => Run[];

/** Calls the network on inputs; what is tried out is no part of the program. */
function runsOnIn(python: Interpreter, recorder: Recorder, { network, first, judge }: Tried): RunsOn {
  return (types) =>
    types.flatMap((type) => {
      const before = recorder.events.length;
      const events = call(python, recorder, network, [type], judge);
      recorder.events.length = before;
      return isTaken(events, first) ? [{ type, events }] : [];
    });
}

/** The network called on every input that its first layer takes. */
function runsOnUsual(runsOn: RunsOn, first: First): Run[] {
  const runs = runsOn(inputsFor(first));
  if (!runs.some(isTooSmall)) return runs;
  // A network for larger pictures: what is left over from small ones says nothing.
  const fitting = runs.filter((run) => !isTooSmall(run));
  const larger = runsOn(largerFor(first)).filter((run) => !isTooSmall(run));
  return larger.length === 0 ? runs : [...fitting, ...larger];
}

function isWhole({ events }: Run): boolean {
  return !events.some(({ kind }) => kind === 'error');
}

/** The same input with a larger batch. */
function withLargerBatch({ shape, dtype }: TensorType, first: First): TensorType {
  const at = batchAt(first);
  return tensorType(shape.with(at, (shape[at] ?? 0) + 3), dtype);
}

/** Whether a kernel or window was larger than what was left of the picture by then. */
function isTooSmall({ events }: Run): boolean {
  return events.some(
    (event) =>
      event.kind === 'error' &&
      /Kernel size can't be greater than actual input size|Output size is too small|Padding size should be less than/.test(
        event.message,
      ),
  );
}

/**
 * Whether the input was what the network takes: the layer thought to be its first was called first, and went well, and no
 * shape was taken apart that has another number of dimensions.
 */
function isTaken(events: readonly ProgramEvent[], first: First): boolean {
  const called = events.find((event) => event.kind === 'module-call' && isLearnedLayer(event.module));
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
