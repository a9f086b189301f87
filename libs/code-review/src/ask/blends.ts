import { entriesOf, isValue, ProgramModule } from '@tensormark/frameworks';
import type { Datum, Moment, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { makerOf } from './ancestry.js';
import { eventsOf } from './events.js';
import { oncePerProgram } from './once.js';

/** A parameter that becomes a share of itself and a share of another one: `t.data = 0.99 * t.data + 0.01 * p.data`. */
export interface Blend {
  readonly changed: number;
  readonly other: number;
  /** What it keeps of itself, and what it takes of the other. */
  readonly kept: number;
  readonly taken: number;
  readonly moment: Moment;
  readonly at: Span;
}

/** How much of which parameter is in a sum. */
type Shares = ReadonlyMap<number, number>;

/** The blends of a program, those of each place once. */
export const blendsOf = oncePerProgram((program): readonly Blend[] => {
  if (!/parameters\(|state_dict\(/.test(program.source)) return [];
  const settled = new Map<Value, number>();
  const found = new Map<string, Blend>();
  const changes = [...eventsOf(program, 'call'), ...eventsOf(program, 'tensor-set')].toSorted(
    (one, another) => one.moment.at - another.moment.at,
  );
  for (const event of changes) {
    for (const change of changesOf(event)) {
      const shares = sharesIn(change.becomes, settled, change.isKept);
      const changed = change.id ?? (change.isKept ? copyIn(shares) : idOf(change.of, settled));
      if (changed === undefined) continue;
      if (isValue(change.result)) settled.set(change.result, changed);
      const at = change.at ?? event.moment.span;
      const blend = blendIn(program, changed, shares, event.moment, at);
      const key = `${at?.start ?? -1}:${changed}`;
      if (blend !== undefined && !found.has(key)) found.set(key, blend);
    }
  }
  return [...found.values()];
});

function blendIn(
  { file }: Program,
  changed: number,
  shares: Shares | undefined,
  moment: Moment,
  at: Span | undefined,
): Blend | undefined {
  const [other, ...more] = [...(shares?.keys() ?? [])].filter((id) => id !== changed);
  const [kept, taken] = [shares?.get(changed), other === undefined ? undefined : shares?.get(other)];
  if (kept === undefined || taken === undefined || other === undefined || more.length > 0) return undefined;
  return at?.source.file === file ? { changed, other, kept, taken, moment, at } : undefined;
}

interface Change {
  /** Which parameter is changed, where that is known by its name. */
  readonly id?: number;
  readonly at?: Span | undefined;
  /** Whether it is put into a container, where a copy of the parameter was. */
  readonly isKept?: boolean;
  readonly of: Datum | undefined;
  readonly becomes: Datum | undefined;
  readonly result: Datum | undefined;
}

/** What an event puts into tensors, where the whole of each is another value then. */
function changesOf(event: Program['events'][number]): Change[] {
  if (event.kind === 'tensor-set')
    return event.name === 'data' ? [{ of: event.of, becomes: event.value, result: event.value }] : [];
  if (event.kind !== 'call') return [];
  const [of, given] = event.args.positional;
  if (event.name === 'load_state_dict') return of instanceof ProgramModule ? changesByName(of, given) : [];
  if (event.name === 'copy_') return [{ of, becomes: given, result: event.result }];
  if (event.name === '__setitem__' && event.owner === 'dict')
    return [{ of: undefined, becomes: event.args.positional[2], result: undefined, isKept: true }];
  // A product alone is half of a blend: `t.mul_(0.99).add_(p, alpha=0.01)`.
  return /^(add_|sub_|lerp_|__iadd__|__isub__)$/.test(event.name)
    ? [{ of, becomes: event.result, result: event.result }]
    : [];
}

/** The entries of a state that a module is given. */
function changesByName({ parameters }: ProgramModule, state: Datum | undefined): Change[] {
  return (entriesOf(state) ?? []).flatMap(([key, value]) => {
    const own = parameters.find(({ path }) => path === key);
    if (own === undefined || !isValue(value)) return [];
    return [{ id: own.id, at: value.span, of: undefined, becomes: value, result: undefined }];
  });
}

const SAME = /^(data|detach|clone|float|to|cpu|cuda)$/;

/** The copy among what a sum is made of, where there is one. */
function copyIn(shares: Shares | undefined): number | undefined {
  return [...(shares?.keys() ?? [])].find((id) => id < 0);
}

/** Which parameter a value is, past what was put into it before. */
function idOf(datum: Datum | undefined, settled: ReadonlyMap<Value, number>): number | undefined {
  let current = isValue(datum) ? datum : undefined;
  for (let depth = 0; depth < 8 && current !== undefined; depth++) {
    const known = settled.get(current);
    if (known !== undefined) return known;
    if (current.made.kind === 'parameter') return current.made.id;
    if (!SAME.test(makerOf(current)) && makerOf(current) !== 'mul') return undefined;
    [current] = current.inputs;
  }
  return undefined;
}

/** Shares of parameters; where copies count apart, one of a parameter as it was has a number below 0. */
function sharesIn(
  datum: Datum | undefined,
  settled: ReadonlyMap<Value, number>,
  isApart = false,
  depth = 0,
): Shares | undefined {
  if (!isValue(datum) || depth > 12) return undefined;
  const known = settled.get(datum);
  if (known !== undefined) return new Map([[known, 1]]);
  const { made } = datum;
  if (made.kind === 'parameter') return new Map([[made.id, 1]]);
  if (made.kind !== 'operation') return undefined;
  const [first, second, third] = made.args.positional;
  const of = (one: Datum | undefined): Shares | undefined => sharesIn(one, settled, isApart, depth + 1);
  if (isApart && made.name === 'clone' && isValue(first) && idOf(first, settled) !== undefined)
    return new Map([[-datum.id, 1]]);
  if (SAME.test(made.name)) return of(first);
  if (made.name === 'mul') return isValue(first) ? scaled(of(first), second) : scaled(of(second), first);
  if (made.name === 'div') return scaled(of(first), typeof second === 'number' ? 1 / second : undefined);
  if (made.name === 'lerp')
    return typeof third === 'number'
      ? sum(scaled(of(first), 1 - third), scaled(of(second), third))
      : undefined;
  if (made.name !== 'add' && made.name !== 'sub') return undefined;
  // `t.add_(alpha, p)`, as it once was.
  const [added, factor] = third === undefined ? [second, made.args.named.get('alpha') ?? 1] : [third, second];
  const sign = made.name === 'sub' ? -1 : 1;
  return sum(of(first), scaled(scaled(of(added), factor), sign));
}

function scaled(shares: Shares | undefined, by: Datum | undefined): Shares | undefined {
  if (shares === undefined || (typeof by !== 'number' && typeof by !== 'bigint')) return undefined;
  return new Map([...shares].map(([id, share]) => [id, share * Number(by)]));
}

function sum(one: Shares | undefined, other: Shares | undefined): Shares | undefined {
  if (one === undefined || other === undefined) return undefined;
  const found = new Map(one);
  for (const [id, share] of other) found.set(id, (found.get(id) ?? 0) + share);
  return found;
}
