import { builtinClass } from '../../objects/classes.js';
import { PyList } from '../../objects/containers.js';
import { exceptionClass, PyRaise, raise } from '../../objects/exceptions.js';
import { PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { plainInteger } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';
import { includes } from '../../operations/comparison.js';
import { leaveWithError } from './leaving.js';

/** `argparse.SUPPRESS` */
export const SUPPRESS = '==SUPPRESS==';
/** `argparse.BooleanOptionalAction` */
export const booleanOptionalAction = builtinClass('BooleanOptionalAction', { module: 'argparse' });

export type ActionKind =
  | 'store'
  | 'store_const'
  | 'store_true'
  | 'store_false'
  | 'append'
  | 'append_const'
  | 'extend'
  | 'count'
  | 'help'
  | 'version'
  | 'boolean'
  | 'subcommand'
  | 'own';

const KINDS: ReadonlySet<string> = new Set([
  'store',
  'store_const',
  'store_true',
  'store_false',
  'append',
  'append_const',
  'extend',
  'count',
  'help',
  'version',
]);

/** One argument of a parser. */
export class PyAction extends PyObject {
  constructor(
    /** Empty for a positional argument. */
    readonly flags: readonly string[],
    readonly dest: string,
    readonly kind: ActionKind,
    readonly settings: ReadonlyMap<string, PyValue>,
  ) {
    super(actionClass);
  }

  setting(name: string): PyValue {
    return this.settings.get(name) ?? null;
  }

  get isPositional(): boolean {
    return this.flags.length === 0;
  }

  /** Whether the command line has to name it. */
  required(rt: Runtime): boolean {
    const { nargs } = this;
    if (this.isPositional) return nargs !== '?' && nargs !== '*';
    return rt.truth(this.setting('required'));
  }

  get nargs(): PyValue {
    return this.setting('nargs');
  }

  get takesNothing(): boolean {
    return !['store', 'append', 'extend', 'own'].includes(this.kind);
  }

  /** The value without any command line. */
  fallback(rt: Runtime): PyValue {
    const given = this.settings.get('default');
    if (given === undefined) {
      if (this.kind === 'store_true') return false;
      if (this.kind === 'store_false') return true;
      return null;
    }
    return typeof given === 'string' && given !== SUPPRESS ? this.convert(rt, given) : given;
  }

  /** A text from the command line (or a default that is one) as the argument's type makes it. */
  convert(rt: Runtime, text: PyValue): PyValue {
    const type = this.setting('type');
    if (type === null || this.takesNothing) return text;
    try {
      return rt.call(type, [text]);
    } catch (thrown) {
      if (!(thrown instanceof PyRaise)) throw thrown;
      const { cls } = thrown.exception;
      if (!cls.isSubclassOf(exceptionClass('ValueError')) && !cls.isSubclassOf(exceptionClass('TypeError')))
        throw thrown;
      return leaveWithError(rt, `argument ${this.label}: invalid value: ${rt.show(text)}`);
    }
  }

  /** What the texts after the flag give. */
  take(rt: Runtime, texts: readonly string[], before: PyValue): PyValue {
    const { nargs } = this;
    const values = texts.map((text) => this.convert(rt, text));
    const choices = this.setting('choices');
    if (choices !== null) {
      const allowed = toArray(rt, choices);
      for (const value of values) {
        if (includes(rt, allowed, value) === false)
          leaveWithError(rt, `argument ${this.label}: invalid choice: ${rt.show(value)}`);
      }
    }
    const single = nargs === null || nargs === '?';
    const whole: PyValue = single ? (values[0] ?? this.setting('const')) : new PyList(values);
    const earlier = before instanceof PyList ? before.items : [];
    switch (this.kind) {
      case 'store_true':
        return true;
      case 'store_false':
        return false;
      case 'store_const':
        return this.setting('const');
      case 'append':
        return new PyList([...earlier, whole]);
      case 'append_const':
        return new PyList([...earlier, this.setting('const')]);
      case 'extend':
        return new PyList([...earlier, ...(single ? [whole] : values)]);
      case 'count':
        return (plainInteger(before) ?? 0n) + 1n;
      case 'own':
        return rt.unknown(`what the action of ${this.label} makes is not known here`);
      default:
        return whole;
    }
  }

  get label(): string {
    return this.isPositional ? this.dest : this.flags.join('/');
  }
}

export const actionClass = builtinClass('Action', { module: 'argparse' });
actionClass.open = true;

/** `add_argument(*flags, **settings)` */
export function makeAction(
  rt: Runtime,
  names: readonly string[],
  settings: ReadonlyMap<string, PyValue>,
): PyAction {
  const optional = names.some((name) => name.startsWith('-'));
  const given = settings.get('dest');
  const long = names.find((name) => name.startsWith('--')) ?? names[0];
  const derived = optional ? (long ?? '').replace(/^-+/, '').replaceAll('-', '_') : (names[0] ?? '');
  const dest = typeof given === 'string' ? given : derived;
  if (dest === '') return raise('TypeError', 'dest= is required for options like ' + rt.show(names[0] ?? ''));
  const action = settings.get('action') ?? 'store';
  const kind: ActionKind =
    action === booleanOptionalAction ? 'boolean' : typeof action === 'string' ? kindFrom(action) : 'own';
  const flags =
    kind === 'boolean'
      ? names.flatMap((name) => (name.startsWith('--') ? [name, `--no-${name.slice(2)}`] : [name]))
      : names;
  return new PyAction(optional ? flags : [], dest, kind, settings);
}

function isKind(text: string): text is ActionKind {
  return KINDS.has(text);
}

function kindFrom(text: string): ActionKind {
  return isKind(text) ? text : raise('ValueError', `unknown action "${text}"`);
}
