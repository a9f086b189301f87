import type { Program, ProgramEvent } from '@tensormark/frameworks';

type Kind = ProgramEvent['kind'];
type Of<K extends Kind> = Extract<ProgramEvent, { kind: K }>;

const indices = new WeakMap<Program, Map<Kind, ProgramEvent[]>>();

function isOf<K extends Kind>(event: ProgramEvent, kind: K): event is Of<K> {
  return event.kind === kind;
}

function indexOf(program: Program): Map<Kind, ProgramEvent[]> {
  let index = indices.get(program);
  if (index === undefined) {
    index = new Map();
    for (const event of program.events) {
      const list = index.get(event.kind);
      if (list === undefined) index.set(event.kind, [event]);
      else list.push(event);
    }
    indices.set(program, index);
  }
  return index;
}

/** The events of one kind, in order. */
export function eventsOf<K extends Kind>(program: Program, kind: K): Of<K>[] {
  return (indexOf(program).get(kind) ?? []).filter((event): event is Of<K> => isOf(event, kind));
}
