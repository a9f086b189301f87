import type { Called, Program, ProgramEvent } from '@tensormark/frameworks';
import { oncePerProgram } from './once.js';

type Kind = ProgramEvent['kind'];
type Of<K extends Kind> = Extract<ProgramEvent, { kind: K }>;

/** Whether a list that holds events of one kind holds those of this one. */
function areOf<K extends Kind>(events: readonly ProgramEvent[], kind: K): events is readonly Of<K>[] {
  return events.length === 0 || events[0]?.kind === kind;
}

const indexOf = oncePerProgram((program): ReadonlyMap<Kind, readonly ProgramEvent[]> =>
  grouped(program.events),
);

function grouped(events: readonly ProgramEvent[]): ReadonlyMap<Kind, readonly ProgramEvent[]> {
  const index = new Map<Kind, ProgramEvent[]>();
  for (const event of events) {
    const list = index.get(event.kind);
    if (list === undefined) index.set(event.kind, [event]);
    else list.push(event);
  }
  return index;
}

/** The events of one kind, in order. */
export function eventsOf<K extends Kind>(program: Program, kind: K): readonly Of<K>[] {
  const events = indexOf(program).get(kind) ?? [];
  return areOf(events, kind) ? events : [];
}

interface Calls {
  readonly byName: ReadonlyMap<string, readonly Called[]>;
  readonly ofUnknown: readonly Called[];
}

const callsIn = oncePerProgram((program): Calls => {
  const byName = new Map<string, Called[]>();
  const ofUnknown: Called[] = [];
  for (const call of eventsOf(program, 'call')) {
    const list = byName.get(call.name);
    if (list === undefined) byName.set(call.name, [call]);
    else list.push(call);
    if (call.owner === 'unknown') ofUnknown.push(call);
  }
  return { byName, ofUnknown };
});

/** The lists under the given names, one after the other; the list itself where there is but one, as nearly always. */
export function joined<T>(index: ReadonlyMap<string, readonly T[]>, names: readonly string[]): readonly T[] {
  let only: readonly T[] | undefined;
  let all: T[] | undefined;
  for (const name of names) {
    const list = index.get(name);
    if (list === undefined) continue;
    if (only === undefined) only = list;
    else (all ??= [...only]).push(...list);
  }
  return all ?? only ?? [];
}

/** The calls of functions and methods of the given names, in order; sorted by name for the first check that asks. */
export function callsNamed(program: Program, ...names: readonly string[]): readonly Called[] {
  const { byName } = callsIn(program);
  const found = joined(byName, names);
  return names.length < 2 || names.some((name) => byName.get(name) === found)
    ? found
    : found.toSorted((one, other) => one.moment.at - other.moment.at);
}

/** The calls of functions and methods whose names are such, in order: the few names there are are looked at, not each call. */
export function callsMatching(program: Program, name: RegExp): readonly Called[] {
  return callsNamed(program, ...[...callsIn(program).byName.keys()].filter((one) => name.test(one)));
}

/** The calls of what is not known, in order. */
export function callsOfUnknown(program: Program): readonly Called[] {
  return callsIn(program).ofUnknown;
}
