import { PyClass, PyFunction } from '@tensormark/python';
import type { Interpreter, PyModule, PyValue, tree } from '@tensormark/python';
import type { TensorType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { ModuleObject } from '../../torch/nn/module-object.js';
import { TensorObject } from '../../torch/tensor/tensor.js';
import type { ProgramEvent } from '../events.js';
import { namesIn } from '../nodes.js';
import type { Supposed } from '../probe.js';
import type { Recorder } from '../recorder.js';
import { Value } from '../value.js';
import type { Datum } from '../value.js';
import { formsByName, formsFor, otherPictures } from './forms.js';
import { isOwnNetwork, madeUp } from './made-up.js';
import type { Workshop } from './made-up.js';
import { ALIKE, APART, World } from './world.js';
import type { Plan } from './world.js';

/** Classes of one file that are tried, and forms of what one takes in one case. */
const MOST_CLASSES = 8;
const MOST_FORMS = 6;
/** Calls followed for all of them together, beyond which no further one is tried. */
const MOST_WORK = 12_000;

/**
 * What would happen in networks of which the program shows neither sizes nor inputs, made and called in several cases that have no
 * size in common. Only calls that go through whole are given: what is refused may be another's doing.
 */
export function supposedRuns(
  python: Interpreter,
  recorder: Recorder,
  module: PyModule,
  nodes: ReadonlyMap<object, tree.FunctionDefinition>,
  seen: Set<PyClass>,
): readonly (readonly Supposed[])[] {
  const workshop: Workshop = { recorder, module, nodes };
  const end = recorder.work + MOST_WORK;
  const found: (readonly Supposed[])[] = [];
  let tried = 0;
  for (const cls of outermostFirst(module, nodes)) {
    if (seen.has(cls) || tried >= MOST_CLASSES || recorder.work > end) continue;
    tried++;
    const runs = runsIn(python, workshop, cls, APART) ?? runsIn(python, workshop, cls, ALIKE);
    if (runs === undefined) continue;
    found.push(runs);
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

/** What happens in all cases; undefined where one of them does not go through whole. */
function runsIn(
  python: Interpreter,
  workshop: Workshop,
  cls: PyClass,
  plans: readonly Plan[],
): readonly Supposed[] | undefined {
  const all: Supposed[] = [];
  for (const plan of plans) {
    const runs = runsInWorld(python, workshop, cls, new World(plan));
    if (runs.length === 0) return undefined;
    all.push(...runs);
  }
  return all;
}

function runsInWorld(
  python: Interpreter,
  workshop: Workshop,
  cls: PyClass,
  world: World,
): readonly Supposed[] {
  const { recorder } = workshop;
  const outcome = python.run((rt) => {
    const made = asides(recorder, readingOf(rt), () =>
      recorder.supposing(world, () => madeUp(rt, workshop, cls, world)),
    );
    return made;
  });
  const made = outcome.kind === 'finished' ? outcome.value : undefined;
  if (made?.value === undefined || made.events.some(isError)) return [];
  const object = made.value;
  const forward = cls.lookup('forward');
  if (!(forward instanceof PyFunction)) return [];
  const names = forward.signature.parameters
    .slice(1)
    .filter(({ kind, fallback }) => kind === 'ordinary' && fallback === undefined)
    .map(({ name }) => name);
  const called = (args: readonly (TensorType | undefined)[]): readonly ProgramEvent[] | undefined => {
    const run = python.run((rt) =>
      asides(recorder, readingOf(rt), () =>
        recorder.supposing(world, () =>
          rt.call(
            object,
            args.map((type, at) => given(recorder, rt, names[at] ?? '', type)),
          ),
        ),
      ),
    );
    return run.kind === 'finished' ? run.value.events : undefined;
  };
  const asked = called(names.map(() => undefined));
  if (asked === undefined || names.length === 0) return [];
  const taken = names.map((name) => formsOf(asked, name, world));
  const forms = taken.map((each, at) =>
    each.length > 0 || NOT_GIVEN.test(names[at] ?? '') ? each : formsByName(names[at] ?? '', world),
  );
  const wholeOf = (each: readonly (readonly TensorType[])[]): readonly Supposed[] => {
    const count = Math.min(MOST_FORMS, Math.max(...each.map(({ length }) => length)));
    return Array.from({ length: count }, (_, at) =>
      each.map((types) => types[Math.min(at, types.length - 1)]),
    ).flatMap((types) => {
      const events = called(types);
      const shown = types.find((type) => type !== undefined);
      return events === undefined || shown === undefined || events.some(isError)
        ? []
        : [{ input: shown.shape, events }];
    });
  };
  const whole = wholeOf(forms);
  if (whole.length > 0) return whole;
  const [picture] = taken.find(([first]) => first?.shape.length === 4) ?? [];
  if (picture === undefined) return [];
  for (const other of otherPictures(picture)) {
    const runs = wholeOf(forms.map((each) => (each[0]?.shape.length === 4 ? [other] : each)));
    if (runs.length > 0) return runs;
  }
  return [];
}

/** Arguments that are no rows of numbers. */
const NOT_GIVEN = /mask|len|label|target|edge|adj|step|epoch|training|mode|device|index|idx/i;

function given(
  { values }: Recorder,
  rt: Parameters<Parameters<Interpreter['run']>[0]>[0],
  name: string,
  type: TensorType | undefined,
): PyValue {
  const made = { kind: 'argument', name, role: 'other' } as const;
  if (type === undefined) return values.unknown(rt, `the argument ${name} of a network`, made, []);
  const tensor = new TensorObject(type);
  values.set(rt, tensor, made, []);
  return tensor;
}

/** Runs something that is no part of the program: what happens is given, and nothing of it is kept. */
function asides<T>(
  recorder: Recorder,
  reading: { readonly warnings: unknown[] },
  run: () => T,
): { readonly value: T; readonly events: readonly ProgramEvent[] } {
  const [before, warned] = [recorder.events.length, reading.warnings.length];
  try {
    const value = recorder.values.setAside(run);
    return { value, events: recorder.events.slice(before) };
  } finally {
    recorder.events.length = before;
    reading.warnings.length = warned;
  }
}

function isError(event: ProgramEvent): boolean {
  return event.kind === 'error';
}

/** The forms of an argument that the layer takes which is given it first. */
function formsOf(events: readonly ProgramEvent[], name: string, world: World): readonly TensorType[] {
  for (const event of events) {
    if (event.kind !== 'module-call') continue;
    const { layer } = event.module;
    const [first] = event.args.positional;
    if (layer === undefined || !isArgument(first, name)) continue;
    const forms = formsFor(layer.type, layer.config, world);
    if (forms.length > 0) return forms;
  }
  return [];
}

/** Operations that leave the shape of what they are given. */
const KEEPING =
  /^(relu|tanh|sigmoid|dropout|float|to|cuda|cpu|contiguous|clone|detach|mul|div|add|sub|neg|Dropout|ReLU|LayerNorm|BatchNorm[12]d|Identity|long)$/;

function isArgument(datum: Datum | undefined, name: string, depth = 0): boolean {
  if (!(datum instanceof Value) || depth > 8) return false;
  const { made } = datum;
  if (made.kind === 'argument') return made.name === name;
  if (made.kind !== 'operation' && made.kind !== 'layer') return false;
  return KEEPING.test(made.name) && isArgument(datum.inputs[0], name, depth + 1);
}
