import { PyUnknown } from '@tensormark/python';
import type { Derivation, PyValue } from '@tensormark/python';
import { Value } from '../value.js';
import type { Datum } from '../value.js';
import type { World } from './world.js';

const MOST_DEPTH = 8;

/** What is supposed of things that nobody knows, while something runs that is only supposed; nothing otherwise. */
export class Suppositions {
  #world: World | undefined;

  /** Runs something in a supposed case: settings that nobody knows are numbers there. */
  during<T>(world: World, run: () => T): T {
    const outer = this.#world;
    this.#world = world;
    try {
      return run();
    } finally {
      this.#world = outer;
    }
  }

  /** What a setting of something unknown is, by its name: `args.hidden_size`, `config['n_heads']`. */
  setting(from: Derivation): PyValue | undefined {
    if (this.#world === undefined) return undefined;
    if (from.kind === 'attribute') return isSettings(from.of) ? this.#world.named(from.name) : undefined;
    if (from.kind !== 'item' || typeof from.key !== 'string' || !isSettings(from.of)) return undefined;
    return this.#world.named(from.key);
  }

  /** What a call is given: sizes that nobody knows are the numbers that their names stand for. */
  given(args: readonly PyValue[]): readonly PyValue[] {
    const world = this.#world;
    if (world === undefined || !args.some((one) => one instanceof PyUnknown)) return args;
    return args.map((one) => (one instanceof PyUnknown ? (numberOf(world, one) ?? one) : one));
  }
}

/** Whether something unknown may hold settings: it is not what a network is given. */
function isSettings(of: PyValue): boolean {
  if (!(of instanceof PyUnknown)) return false;
  const { provenance } = of;
  if (!(provenance instanceof Value)) return true;
  const { made } = provenance;
  if (made.kind === 'argument') return !isGiven(provenance);
  return made.kind === 'unknown' || (made.kind === 'attribute' && /conf|cfg|args|opt|param/i.test(made.name));
}

function numberOf(world: World, { provenance, reason }: PyUnknown): PyValue | undefined {
  const name = /^the name (\w+) is not defined/.exec(reason)?.[1];
  if (name !== undefined && (!(provenance instanceof Value) || provenance.made.kind === 'unknown'))
    return world.named(name);
  return provenance instanceof Value ? sizeIn(world, provenance) : undefined;
}

/** Whether it is what a function is given, which is not called as settings are. */
function isGiven({ made }: Value): boolean {
  return made.kind === 'argument' && !/conf|cfg|args|opt|param|setting|flags/i.test(made.name);
}

/** The size that a value is, where it is a setting or reckoned from some. */
function sizeIn(world: World, datum: Datum | undefined, depth = 0): PyValue | undefined {
  if (typeof datum === 'bigint') return datum;
  if (!(datum instanceof Value) || depth > MOST_DEPTH) return undefined;
  const { made } = datum;
  if (made.kind === 'attribute') return isOfSettings(datum) ? world.named(made.name) : undefined;
  if (made.kind !== 'operation') return undefined;
  const [one, other] = made.args.positional;
  if (made.name === 'len') return world.sizeOf(datum.span?.text ?? 'len');
  if (made.name === 'int') return sizeIn(world, one, depth + 1);
  if (made.name === 'getitem' && typeof other === 'string')
    return one instanceof Value && isGiven(one) ? undefined : world.named(other);
  const reckon = Object.hasOwn(RECKONED, made.name) ? RECKONED[made.name] : undefined;
  if (reckon === undefined) return undefined;
  const [left, right] = [sizeIn(world, one, depth + 1), sizeIn(world, other, depth + 1)];
  return typeof left === 'bigint' && typeof right === 'bigint' ? reckon(left, right) : undefined;
}

/** Attributes of what a network is given are none. */
function isOfSettings({ inputs: [of] }: Value): boolean {
  return (
    of === undefined ||
    of.made.kind === 'unknown' ||
    of.made.kind === 'attribute' ||
    of.made.kind === 'operation'
  );
}

const RECKONED: Readonly<Record<string, (one: bigint, other: bigint) => bigint | undefined>> = {
  add: (one, other) => one + other,
  sub: (one, other) => one - other,
  mul: (one, other) => one * other,
  floor_divide: (one, other) => (other === 0n ? undefined : one / other),
};
