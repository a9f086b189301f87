import type { Called } from '../../program/events.js';
import { armsOf } from '../../program/moment.js';
import type { Program } from '../../program/program.js';
import { foreignName } from '../../program/called-name.js';
import { Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { isOffered } from '../../surface/surface.js';

/** What only looks at what it is handed, by its name. */
const LOOKS = /summar|plot|print|show|draw|visual|save|flops|count|log|report/i;

const DEEP = 40;

/** What is handed to something that nobody knows, which may change it: layers are added, a network is compiled, a table is adapted. */
export function handedOn({ owner, name, args }: Called): readonly Datum[] {
  if (owner !== 'unknown') return [];
  const [by, ...given] = args.positional;
  if (!(by instanceof Value) || isOfKnownLibrary(by)) return [];
  const called = name === 'call' ? (foreignName(by) ?? by.span?.text ?? '') : name;
  return LOOKS.test(called.split('.').at(-1) ?? '') ? [] : [...given, ...args.named.values()];
}

/** Whether something comes of a library whose functions are known. */
function isOfKnownLibrary(value: Value): boolean {
  let current: Datum | undefined = value;
  for (let depth = 0; depth < DEEP && current instanceof Value; depth++) {
    const name = foreignName(current);
    if (name !== undefined) return isOffered(name);
    const { made, inputs }: Value = current;
    current = made.kind === 'operation' ? made.args.positional[0] : inputs[0];
  }
  return false;
}

/**
 * What is done to the layers of each network, by the identity of its value: `add`, `pop`, and what it is handed to before it is
 * compiled, all in order.
 */
export function changesIn(program: Program): ReadonlyMap<number, readonly Called[]> {
  const changes = new Map<number, Called[]>();
  const settled = new Set<number>();
  const change = (of: Value, event: Called): void => {
    const so = changes.get(of.id);
    if (so === undefined) changes.set(of.id, [event]);
    else so.push(event);
  };
  for (const event of program.events) {
    if (event.kind !== 'call') continue;
    const [to] = event.args.positional;
    if (to instanceof Value && (event.name === 'add' || event.name === 'pop')) change(to, event);
    else if (to instanceof Value && (event.name === 'compile' || event.name === 'fit')) settled.add(to.id);
    else
      for (const given of handedOn(event))
        if (given instanceof Value && !settled.has(given.id)) change(given, event);
  }
  return changes;
}

/** Of the changes under conditions that are not known, those that one run may make: what stands under `else` is another's. */
export function inOneRun(changes: readonly Called[]): readonly Called[] {
  const held = new Set(
    changes.flatMap(({ moment }) =>
      armsOf(moment).flatMap(({ holds, condition }) => (holds ? [condition] : [])),
    ),
  );
  return changes.filter(({ moment }) =>
    armsOf(moment).every(({ holds, condition }) => holds || !held.has(condition)),
  );
}
