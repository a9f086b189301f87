import type { Program, ProgramEvent } from '@tensormark/frameworks';

type Kind = ProgramEvent['kind'];
type Of<K extends Kind> = Extract<ProgramEvent, { kind: K }>;

const indices = new WeakMap<Program, ReadonlyMap<Kind, readonly ProgramEvent[]>>();

/** Whether a list that holds events of one kind holds those of this one. */
function areOf<K extends Kind>(events: readonly ProgramEvent[], kind: K): events is readonly Of<K>[] {
  return events.length === 0 || events[0]?.kind === kind;
}

function indexOf(program: Program): ReadonlyMap<Kind, readonly ProgramEvent[]> {
  let index = indices.get(program);
  if (index === undefined) {
    index = grouped(program.events);
    indices.set(program, index);
  }
  return index;
}

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
