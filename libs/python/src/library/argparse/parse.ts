import type { PyValue, Runtime } from '../../objects/object.js';
import { varying } from '../../operations/open-lists.js';
import { leaveWithError } from './leaving.js';
import { SUPPRESS } from './actions.js';
import type { PyAction } from './actions.js';

/** What a command line gives: the values by name, and what no argument took. */
export interface Parsed {
  readonly values: Map<string, PyValue>;
  readonly extras: readonly string[];
}

/** The values without a command line; what the command line would have to give is unknown. */
export function defaults(
  rt: Runtime,
  actions: readonly PyAction[],
  own: ReadonlyMap<string, PyValue>,
  unknownIfRequired: boolean,
): Map<string, PyValue> {
  const values = new Map<string, PyValue>();
  for (const action of actions) {
    if (action.kind === 'help' || action.kind === 'version' || action.setting('default') === SUPPRESS)
      continue;
    const required = unknownIfRequired && action.required(rt);
    const fallback = own.get(action.dest);
    if (required) values.set(action.dest, rt.unknown(`the command line gives ${action.label}`));
    else if (fallback !== undefined) values.set(action.dest, fallback);
    else if (unknownIfRequired && rt.watcher !== undefined && isLeftToGive(action))
      values.set(action.dest, varying(rt, `the command line may give ${action.label}`));
    else if (!values.has(action.dest)) values.set(action.dest, emptyStar(rt, action));
  }
  for (const [name, value] of own) if (!values.has(name)) values.set(name, value);
  return values;
}

/** An option that has no value of its own is there to be given one. */
function isLeftToGive(action: PyAction): boolean {
  return !action.isPositional && action.kind === 'store' && !action.settings.has('default');
}

/** `nargs='*'` without a default is an empty list for a positional argument. */
function emptyStar(rt: Runtime, action: PyAction): PyValue {
  if (action.isPositional && action.nargs === '*' && !action.settings.has('default'))
    return action.take(rt, [], null);
  return action.fallback(rt);
}

function looksLikeOption(text: string, flags: ReadonlySet<string>): boolean {
  if (!text.startsWith('-') || text === '-') return false;
  return flags.has(text) || !/^-\d+$|^-\d*\.\d+$/.test(text);
}

function find(actions: readonly PyAction[], flag: string): PyAction | undefined {
  const exact = actions.find((action) => action.flags.includes(flag));
  if (exact !== undefined || !flag.startsWith('--')) return exact;
  const close = actions.filter((action) => action.flags.some((name) => name.startsWith(flag)));
  return close.length === 1 ? close[0] : undefined;
}

/** How many texts an argument takes of those at hand. */
function take(rt: Runtime, action: PyAction, available: readonly string[]): readonly string[] {
  const { nargs } = action;
  if (action.takesNothing) return [];
  if (nargs === '*') return available;
  if (nargs === '?') return available.slice(0, 1);
  const count = typeof nargs === 'bigint' ? Number(nargs) : 1;
  if (available.length < count) {
    const wanted =
      nargs === '+' ? 'at least one argument' : count === 1 ? 'one argument' : `${count} arguments`;
    return leaveWithError(rt, `argument ${action.label}: expected ${wanted}`);
  }
  return nargs === '+' ? available : available.slice(0, count);
}

/** Reads a command line that the program itself spells out. */
export function parseTexts(
  rt: Runtime,
  actions: readonly PyAction[],
  own: ReadonlyMap<string, PyValue>,
  texts: readonly string[],
): Parsed {
  const values = defaults(rt, actions, own, false);
  const extras: string[] = [];
  const loose: string[] = [];
  const seen = new Set<PyAction>();
  const flags = new Set(actions.flatMap((action) => action.flags));
  for (let index = 0; index < texts.length; index++) {
    rt.step();
    const text = texts[index] ?? '';
    if (text === '--') {
      loose.push(...texts.slice(index + 1));
      break;
    }
    if (!looksLikeOption(text, flags)) {
      loose.push(text);
      continue;
    }
    const equals = text.indexOf('=');
    const attached = text.startsWith('--') ? equals > 0 : !flags.has(text) && text.length > 2;
    const name = !attached ? text : text.startsWith('--') ? text.slice(0, equals) : text.slice(0, 2);
    const action = find(actions, name);
    if (action === undefined) {
      extras.push(text);
      continue;
    }
    seen.add(action);
    let end = index + 1;
    while (end < texts.length && !looksLikeOption(texts[end] ?? '', flags)) end++;
    const inline = text.startsWith('--') ? text.slice(equals + 1) : text.slice(2).replace(/^=/, '');
    const taken = attached ? [inline] : take(rt, action, texts.slice(index + 1, end));
    if (!attached) index += taken.length;
    const before = values.get(action.dest) ?? null;
    values.set(
      action.dest,
      action.kind === 'boolean' ? !name.startsWith('--no-') : action.take(rt, taken, before),
    );
  }
  placePositionals(rt, actions, values, loose, extras);
  const missing = actions.filter(
    (action) => !action.isPositional && action.required(rt) && !seen.has(action),
  );
  if (missing.length > 0)
    leaveWithError(
      rt,
      `the following arguments are required: ${missing.map((action) => action.label).join(', ')}`,
    );
  return { values, extras };
}

function fewest(action: PyAction): number {
  const { nargs } = action;
  if (nargs === '?' || nargs === '*') return 0;
  return typeof nargs === 'bigint' ? Number(nargs) : 1;
}

function placePositionals(
  rt: Runtime,
  actions: readonly PyAction[],
  values: Map<string, PyValue>,
  loose: readonly string[],
  extras: string[],
): void {
  const positionals = actions.filter((action) => action.isPositional);
  let left = loose;
  for (const [index, action] of positionals.entries()) {
    const later = positionals.slice(index + 1).reduce((sum, next) => sum + fewest(next), 0);
    if (left.length < fewest(action))
      leaveWithError(rt, `the following arguments are required: ${action.dest}`);
    const taken =
      action.kind === 'subcommand'
        ? left.slice(0, 1)
        : take(rt, action, left.slice(0, Math.max(0, left.length - later)));
    if (taken.length > 0) values.set(action.dest, action.take(rt, taken, null));
    left = left.slice(taken.length);
  }
  extras.push(...left);
}
