import { PyClass, PyFunction } from '@tensormark/python';
import type { Interpreter, PyModule, tree } from '@tensormark/python';
import type { ProgramEvent } from '../events.js';
import { namesIn } from '../nodes.js';
import type { Supposed } from '../probe.js';
import type { Recorder } from '../recorder.js';
import { callsIn, ownOf } from './calls.js';
import type { Calls } from './calls.js';
import { isOwnNetwork } from './made-up.js';
import type { Workshop } from './made-up.js';
import { isRefused, mayBeMended, needAlike, refusal } from './refusals.js';
import type { Refusal } from './refusals.js';
import { ALIKE, APART, World } from './world.js';
import type { Plan } from './world.js';

/** Classes of one file that are tried. */
const MOST_CLASSES = 8;
/** Other sizes that are tried for what is refused. */
const MOST_TRIED = 40;
/** Calls followed for all of them together, beyond which no further one is tried. */
const MOST_WORK = 4_000;

/**
 * What would happen in networks of which the program shows neither sizes nor inputs, made and called in several cases that have no
 * size in common. Calls that go through whole are given; of what is refused, only what is so whatever the sizes are.
 */
export function supposedRuns(
  python: Interpreter,
  recorder: Recorder,
  module: PyModule,
  nodes: ReadonlyMap<object, tree.FunctionDefinition>,
  seen: Set<PyClass>,
): readonly (readonly Supposed[])[] {
  const workshop: Workshop = { recorder, module, nodes, asked: new Map() };
  const end = recorder.work + MOST_WORK;
  const found: (readonly Supposed[])[] = [];
  let tried = 0;
  for (const cls of outermostFirst(module, nodes)) {
    if (seen.has(cls) || tried >= MOST_CLASSES || recorder.work > end) continue;
    tried++;
    const runs = runsOf(python, workshop, cls);
    if (runs.length === 0) continue;
    const whole = runs.filter(({ alike }) => alike === undefined);
    found.push(
      ...[whole, runs.filter(({ alike }) => alike !== undefined)].filter(({ length }) => length > 0),
    );
    for (const { events } of runs)
      for (const event of events) if (event.kind === 'module-call') seen.add(event.module.object.cls);
  }
  return found;
}

/** The networks' classes of the file, those first that no other speaks of. */
function outermostFirst(
  module: PyModule,
  nodes: ReadonlyMap<object, tree.FunctionDefinition>,
): readonly PyClass[] {
  const classes = [...new Set(module.namespace.values())].filter((value): value is PyClass =>
    isOwnNetwork(value, module),
  );
  const spoken = classes.map((cls) => {
    const init = cls.namespace.get('__init__');
    const node = init instanceof PyFunction ? nodes.get(init.code.span) : undefined;
    return node === undefined ? new Set<string>() : namesIn(node.body);
  });
  const isOuter = (cls: PyClass): boolean =>
    cls.subclasses.length === 0 && !spoken.some((names, at) => classes[at] !== cls && names.has(cls.name));
  const fit = classes.filter(({ name }) => !/loss|criterion|metric/i.test(name));
  return [...fit.filter(isOuter), ...fit.filter((cls) => !isOuter(cls))];
}

/** What goes through whole in all cases, else what is refused in all of them; nothing where neither is so. */
function runsOf(python: Interpreter, workshop: Workshop, cls: PyClass): readonly Supposed[] {
  const inPlan = (plan: Plan): Calls => callsIn(python, workshop, cls, new World(plan));
  const [first, second] = APART;
  if (first === undefined || second === undefined) return [];
  const once = inPlan(first);
  if (isWhole(once)) {
    let others: readonly Supposed[] | undefined;
    const again = (): readonly Supposed[] => (others ??= wholeOf(inPlan(second)));
    return wholeOf(once).map((run) => ({ ...run, again }));
  }
  const apart = [once, inPlan(second)];
  const isOwn = ownOf(workshop.recorder, cls) !== undefined;
  const alike = isOwn ? [] : ALIKE.map(inPlan);
  const again: Again = (sizes, plan = first) => callsIn(python, workshop, cls, new World(plan, sizes));
  if (!isOwn && alike.every(isWhole)) return [...alike.flatMap(wholeOf), ...refusedApart(apart, again)];
  const refused = refusedInAll([...apart, ...alike], again);
  const side = pictureSide(cls);
  return refused.length > 0 || side === undefined ? refused : refusedAsTold(inPlan({ ...first, side }));
}

/** The side of the pictures that a network is made for, where it is told by a default: `image_size=32`. */
function pictureSide(cls: PyClass): number | undefined {
  const init = cls.lookup('__init__');
  if (!(init instanceof PyFunction)) return undefined;
  const told = init.signature.parameters.find(({ name }) =>
    /^(img|image)(_?(size|dim|side|res|resolution))?$/i.test(name),
  );
  const side = Number(told?.fallback ?? 0);
  return typeof told?.fallback === 'bigint' && side >= 8 && side <= 512 ? side : undefined;
}

/** What a network refuses that is made with its own defaults alone, and given pictures of the side that these tell. */
function refusedAsTold(calls: Calls): readonly Supposed[] {
  const isSo =
    calls.world.sizes.size === 0 && calls.whole.length === 0 && isRefused(calls.furthest?.events ?? []);
  return isSo ? upToError(calls) : [];
}

function isWhole({ whole }: Calls): boolean {
  return whole.length > 0;
}

function wholeOf({ whole, world }: Calls): readonly Supposed[] {
  return whole.map((each) => ({ ...each, sizes: world.sizes }));
}

/** Where a case comes to a refusal of sizes, none of its calls going through. */
function refusalOf({ whole, furthest }: Calls): Refusal | undefined {
  return whole.length > 0 || furthest === undefined ? undefined : refusal(furthest.events);
}

/** Where all come to the same refusal, and its numbers in the first. */
function commonRefusal(calls: readonly Calls[]): Refusal | undefined {
  const [first, ...others] = calls.map(refusalOf);
  return first !== undefined && others.every((other) => other?.start === first.start) ? first : undefined;
}

/** Makes and calls it with other sizes, in the first plan or another. */
type Again = (sizes: ReadonlyMap<string, bigint>, plan?: Plan) => Calls;

/** Whether it is refused in the same way where batch, length and pictures are of another size. */
function isOfItself({ world }: Calls, common: Refusal, again: Again): boolean {
  const other = refusalOf(again(world.sizes, APART[1]));
  return other?.start === common.start && other.numbers.join() === common.numbers.join();
}

/** Calls that all come to the same refusal, where no other size would be taken. */
function refusedInAll(calls: readonly Calls[], again: Again): readonly Supposed[] {
  const common = commonRefusal(calls);
  const [first] = calls;
  if (common === undefined || first === undefined || !isOfItself(first, common, again)) return [];
  let tried = 0;
  // What cannot be tried to its end is left alone.
  const isMended = mayBeMended(
    first.world,
    common.numbers,
    (sizes) => ++tried > MOST_TRIED || refusalOf(again(sizes))?.start !== common.start,
  );
  return isMended ? [] : calls.flatMap(upToError);
}

/** The same where all goes well as soon as all sizes are one: with the two that have to be. */
function refusedApart(calls: readonly Calls[], again: Again): readonly Supposed[] {
  const common = commonRefusal(calls);
  const [first] = calls;
  if (common === undefined || first === undefined || !isOfItself(first, common, again)) return [];
  const alike = needAlike(
    first.world,
    common.numbers,
    (sizes) => refusalOf(again(sizes))?.start !== common.start,
  );
  return alike === undefined ? [] : calls.flatMap(upToError).map((each) => ({ ...each, alike }));
}

function upToError({ furthest, world }: Calls): readonly Supposed[] {
  if (furthest === undefined) return [];
  const at = furthest.events.findIndex(({ kind }: ProgramEvent) => kind === 'error');
  return [
    { input: furthest.input, events: furthest.events.slice(0, at + 1), isWhole: false, sizes: world.sizes },
  ];
}
