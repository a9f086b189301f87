import { PyClass, PyDict, PyFunction, PyTuple, simpleNamespaceClass } from '@tensormark/python';
import type { Interpreter, PyValue, Runtime } from '@tensormark/python';
import type { TensorType } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import type { ModuleObject } from '../../torch/nn/module-object.js';
import { TensorObject } from '../../torch/tensor/tensor.js';
import type { ProgramEvent } from '../events.js';
import type { Supposed } from '../probe.js';
import type { Recorder } from '../recorder.js';
import { Value } from '../value.js';
import { formsWanted, partsUsed } from './asked.js';
import { firstOf, formsByName, otherPictures } from './forms.js';
import type { Form, Together } from './forms.js';
import { wantedOf } from './traced-back.js';
import { madeUp } from './made-up.js';
import type { Asked, Workshop } from './made-up.js';
import type { World } from './world.js';

/** Forms of what a network takes that are tried. */
const MOST_FORMS = 8;
/** Calls that go through, of forms that differ in more than who comes first. */
const MOST_WHOLE = 2;
/** Calls followed for one case, beyond which it is given up. */
const MOST_WORK = 1_500;
/** Events that are looked at for which layer is given what. */
const MOST_SEEN = 500;
/** Steps of Python for making a network or for one call of it. */
const MOST_STEPS = 20_000;

/** What comes of calling a network that was made up for a case on what its layers take. */
export interface Calls {
  readonly world: World;
  /** Those that went through. */
  readonly whole: readonly Supposed[];
  /** Else the one that got furthest, where all that it was given is what a layer takes. */
  readonly furthest: Supposed | undefined;
}

/** Makes a network of a class in a supposed case, and calls it. */
export function callsIn(python: Interpreter, workshop: Workshop, cls: PyClass, world: World): Calls {
  const { recorder } = workshop;
  const nothing: Calls = { world, whole: [], furthest: undefined };
  const end = recorder.work + MOST_WORK;
  const forward = cls.lookup('forward');
  if (!(forward instanceof PyFunction)) return nothing;
  const object = ownOf(recorder, cls) ?? made(python, workshop, cls, world);
  if (object === undefined) return nothing;
  const names = argumentsNeeded(forward);
  const call = (types: readonly (Form | undefined)[]): readonly ProgramEvent[] | undefined => {
    if (recorder.work > end) return undefined;
    const run = python.run(
      (rt) =>
        aside(recorder, world, rt, () =>
          rt.call(
            object,
            types.map((type, at) => given(recorder, rt, names[at] ?? '', type)),
          ),
        ),
      MOST_STEPS,
    );
    return run.kind === 'finished' ? run.value.events : undefined;
  };
  const asked =
    workshop.asked.get(object) ?? askedBefore(recorder, object, names.length) ?? askedNow(names, call);
  if (asked === undefined || names.length === 0) return nothing;
  workshop.asked.set(object, asked);
  const wanted = wantedOf(asked, names, world);
  const used = partsUsed(asked, names);
  const taken = wanted.map((each, at) => formsWanted(each, used[at] ?? new Map()));
  const forms = taken.map((each, at) => {
    const name = names[at] ?? '';
    return each.length > 0 || NO_ROWS.test(name)
      ? each
      : formsByName(name, world, usualWidth(recorder, object));
  });
  const isTold = wanted.every(
    (each, at) => (each.length > 0 && each.every(({ isExact }) => isExact)) || NO_ROWS.test(names[at] ?? ''),
  );
  const calls = callsOn(forms, call);
  const picture = taken.map(([first]) => first).find(isPicture);
  if (!calls.some(isWhole) && picture !== undefined)
    for (const other of otherPictures(picture)) {
      const larger = callsOn(
        forms.map((each) => (isPicture(each[0]) ? [other] : each)),
        call,
      );
      calls.push(...larger);
      if (larger.some(isWhole)) break;
    }
  const whole = calls.filter(isWhole);
  const furthest = calls.toSorted((a, b) => stepsOf(b) - stepsOf(a))[0];
  return { world, whole, furthest: whole.length === 0 && isTold ? furthest : undefined };
}

/** The arguments that a network cannot do without, or the first where it can do without all. */
function argumentsNeeded({ signature }: PyFunction): readonly string[] {
  const own = signature.parameters.slice(1).filter(({ kind }) => kind === 'ordinary');
  const needed = own.filter(({ fallback }) => fallback === undefined);
  return (needed.length > 0 ? needed : own.slice(0, 1)).map(({ name }) => name);
}

/** How wide what the first layer of a network takes is. */
function usualWidth({ values }: Recorder, object: ModuleObject): number {
  for (const { module } of values.moduleOf(object).modules)
    for (const name of ['in_features', 'in_channels', 'input_size', 'num_features', 'embed_dim', 'd_model']) {
      const width = module.layer?.config[name];
      if (typeof width === 'number') return width;
    }
  return 64;
}

/** What the program's own last call of a network shows, where it was given things nobody knows. */
function askedBefore({ events }: Recorder, object: ModuleObject, count: number): Asked | undefined {
  const at = events.findLastIndex(
    (event) =>
      event.kind === 'module-call' &&
      event.module.object === object &&
      event.args.positional.length >= count &&
      event.args.positional.slice(0, count).every((one) => one instanceof Value),
  );
  const call = events[at];
  if (call?.kind !== 'module-call') return undefined;
  return {
    events: events.slice(at + 1, at + 1 + MOST_SEEN),
    isGiven: (value, place) => call.args.positional[place] === value,
  };
}

function askedNow(
  names: readonly string[],
  call: (types: readonly undefined[]) => readonly ProgramEvent[] | undefined,
): Asked | undefined {
  const events = call(names.map(() => undefined));
  return (
    events && {
      events,
      isGiven: ({ made }, place) => made.kind === 'argument' && made.name === names[place],
    }
  );
}

function isPicture(form: Form | undefined): form is TensorType {
  return isOne(form) && form.shape.length === 4;
}

/** Arguments that are no rows of numbers. */
const NO_ROWS = /mask|len|label|target|edge|adj|step|epoch|training|mode|device|index|idx/i;

/** A network of the class that the program has made itself, where all of it is known. */
export function ownOf({ values }: Recorder, cls: PyClass): ModuleObject | undefined {
  const own = values.modules.findLast(({ object }) => object.cls === cls);
  return own?.modules.every(({ module }) => module.isReadable) === true ? own.object : undefined;
}

function made(python: Interpreter, workshop: Workshop, cls: PyClass, world: World): ModuleObject | undefined {
  const { recorder } = workshop;
  const making = python.run(
    (rt) => aside(recorder, world, rt, () => madeUp(rt, workshop, cls, world)),
    MOST_STEPS,
  );
  return making.kind !== 'finished' || making.value.events.some(isError) ? undefined : making.value.value;
}

function callsOn(
  forms: readonly (readonly Form[])[],
  call: (types: readonly (Form | undefined)[]) => readonly ProgramEvent[] | undefined,
): Supposed[] {
  const count = Math.min(MOST_FORMS, Math.max(...forms.map(({ length }) => length)));
  const rows = Array.from({ length: count }, (_, at) =>
    forms.map((types) => types[Math.min(at, types.length - 1)]),
  );
  const calls: Supposed[] = [];
  for (const types of rows) {
    const whole = calls.filter(isWhole);
    const shown = types.map(firstOf).find((type) => type !== undefined);
    // Indices are the same whichever of two dimensions comes first.
    const areMore = whole.length > 0 && shown?.dtype === 'int64';
    if (shown === undefined || areMore || whole.length >= MOST_WHOLE) break;
    const events = call(types);
    if (events !== undefined && !events.some((event) => isLookedUpWithFloats(event) || isSpread(event)))
      calls.push({ input: shown.shape, events, isWhole: !events.some(isError) });
  }
  return calls;
}

/** Whether maps were laid out to rows of which there are not as many as examples: the network takes pictures of another size. */
function isSpread(event: ProgramEvent): boolean {
  if (event.kind !== 'call' || !/^(view|reshape)$/.test(event.name)) return false;
  const [of, rows] = event.args.positional;
  if (rows !== -1n || !(of instanceof Value) || !(event.result instanceof Value)) return false;
  return of.shape?.length === 4 && event.result.shape?.length === 2 && of.shape[0] !== event.result.shape[0];
}

/** Whether what was thought to be rows of numbers are indices. */
function isLookedUpWithFloats(event: ProgramEvent): boolean {
  if (event.kind !== 'module-call' || event.module.layer?.type.startsWith('Embedding') !== true) return false;
  const [indices] = event.args.positional;
  return indices instanceof Value && indices.dtype?.startsWith('float') === true;
}

function isWhole({ isWhole: whole }: Supposed): boolean {
  return whole;
}

/** How many modules were called before anything was refused. */
function stepsOf({ events }: Supposed): number {
  const end = events.findIndex(isError);
  return events.slice(0, end).filter(({ kind }) => kind === 'module-call').length;
}

function isError(event: ProgramEvent): boolean {
  return event.kind === 'error';
}

function isOne(form: Form | undefined): form is TensorType {
  return form !== undefined && 'shape' in form;
}

function given(recorder: Recorder, rt: Runtime, name: string, type: Form | undefined): PyValue {
  const { values } = recorder;
  const made = { kind: 'argument', name, role: 'other' } as const;
  if (type === undefined) return values.unknown(rt, `the argument ${name} of a network`, made, []);
  if (!isOne(type)) return together(recorder, rt, name, type);
  const tensor = new TensorObject(type);
  values.set(rt, tensor, made, []);
  return tensor;
}

function together(recorder: Recorder, rt: Runtime, name: string, form: Together): PyValue {
  const { by, parts, count, others = [] } = form;
  const part = (key: number | string): PyValue =>
    given(recorder, rt, typeof key === 'string' ? key : name, parts.get(key));
  if (by === 'index') return new PyTuple(Array.from({ length: count }, (_, at) => part(at)));
  const keys = new Set([...parts.keys(), ...others]);
  if (by === 'key') {
    const dict = new PyDict();
    for (const key of keys) dict.set(rt, `${key}`, part(key));
    return dict;
  }
  const named = new Map([...keys].map((key) => [`${key}`, part(key)] as const));
  return rt.call(simpleNamespaceClass, [], named);
}

/** Runs something that is no part of the program: what happens is given, and nothing of it is kept. */
function aside<T>(
  recorder: Recorder,
  world: World,
  rt: Runtime,
  run: () => T,
): { readonly value: T; readonly events: readonly ProgramEvent[] } {
  const { warnings } = readingOf(rt);
  const [before, warned] = [recorder.events.length, warnings.length];
  try {
    const value = recorder.values.setAside(() => recorder.suppositions.during(world, run));
    return { value, events: recorder.events.slice(before) };
  } finally {
    recorder.events.length = before;
    warnings.length = warned;
  }
}
