import { Value } from '../value.js';
import type { Datum } from '../value.js';
import { firstOf } from './forms.js';
import type { Form } from './forms.js';
import type { Asked } from './made-up.js';
import type { Part, Wanted } from './traced-back.js';

/** Parts of what a network is given that it makes use of. */
export type Used = ReadonlyMap<number | string, Part>;

const MOST_DEPTH = 6;

/** Which parts of each argument are made use of, in a call on things that nobody knows: `batch.text`, `batch['image']`. */
export function partsUsed({ events, isGiven }: Asked, names: readonly string[]): readonly Used[] {
  const used = names.map(() => new Map<number | string, Part>());
  const seen = new Set<Value>();
  const look = (datum: Datum | undefined, depth: number): void => {
    if (Array.isArray(datum) && depth < MOST_DEPTH) datum.forEach((one: Datum) => look(one, depth + 1));
    if (!(datum instanceof Value) || seen.has(datum) || depth > MOST_DEPTH) return;
    seen.add(datum);
    const part = partOf(datum);
    const [of] = datum.inputs;
    const place = part === undefined || of === undefined ? -1 : names.findIndex((_, at) => isGiven(of, at));
    if (part !== undefined && place !== -1) used[place]?.set(part.key, part);
    for (const input of datum.inputs) look(input, depth + 1);
  };
  for (const event of events)
    if (event.kind === 'call' || event.kind === 'module-call') {
      for (const one of event.args.positional) look(one, 0);
      for (const one of event.args.named.values()) look(one, 0);
    }
  return used;
}

function partOf({ made }: Value): Part | undefined {
  if (made.kind === 'attribute') return { by: 'attribute', key: made.name };
  if (made.kind !== 'operation') return undefined;
  const [, key] = made.args.positional;
  if (made.name === 'unpacked' && typeof key === 'bigint') return { by: 'index', key: Number(key) };
  return made.name === 'getitem' && typeof key === 'string' ? { by: 'key', key } : undefined;
}

/** The forms of an argument of which layers take what is told, itself or its parts. */
export function formsWanted(wanted: readonly Wanted[], used: Used): readonly Form[] {
  const whole = wanted.find(({ path }) => path.length === 0);
  if (whole !== undefined) return whole.forms;
  const [by] = wanted.map(({ path: [part] }) => part?.by);
  if (by === undefined) return [];
  const inner = new Map<number | string, Wanted[]>();
  for (const { path, ...rest } of wanted) {
    const [part, ...more] = path;
    if (part?.by !== by) continue;
    inner.set(part.key, [...(inner.get(part.key) ?? []), { ...rest, path: more }]);
  }
  const parts = [...inner].map(([key, each]) => [key, formsWanted(each, new Map())] as const);
  const indices = [...parts.map(([key]) => key), ...used.keys()].filter((key) => typeof key === 'number');
  const count = Math.max(2, ...indices.map((key) => key + 1));
  const others = [...used.values()].filter((part) => part.by === by).map(({ key }) => key);
  return Array.from({ length: Math.max(...parts.map(([, forms]) => forms.length)) }, (_, at) => ({
    by,
    count,
    others,
    parts: new Map(
      parts.flatMap(([key, forms]) => {
        const form = forms[Math.min(at, forms.length - 1)];
        return form === undefined ? [] : [[key, form] as const];
      }),
    ),
  })).filter((form) => firstOf(form) !== undefined);
}
