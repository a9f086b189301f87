import { builtinClass } from './classes.js';
import { PyObject } from './object.js';
import type { Keywords, PyClass, PyValue, Runtime } from './object.js';
import type { Place } from '../source/text.js';

export { UNKNOWN_BASE } from './unknown-base.js';

export const unknownClass = builtinClass('unknown');

/**
 * A value that cannot be known by reading. It flows on: any operation, attribute or call on it is the same
 * unknown again, so that a program's unknowns are traced to where they came from.
 */
export class PyUnknown extends PyObject {
  /** What a watcher knows of where it comes from. */
  provenance: object | undefined = undefined;

  /** Whether it settled anything: which way a branch or loop went, or what native code made or was given. */
  weighed = false;
  /** Whether it arose while a module was imported, before the importer made anything of it. */
  imported = false;
  /** The class it is known to be of, though not its value: what such an object lacks, it lacks. */
  ofClass: PyClass | undefined = undefined;

  constructor(
    readonly reason: string,
    /** Where it arose: a piece of the source, or whatever else has a place. */
    private readonly at: { readonly place: Place },
  ) {
    super(unknownClass);
  }

  /** Worked out when someone asks: most unknowns are passed on and never told of. */
  get place(): Place {
    return this.at.place;
  }

  /** What every object has, it may have otherwise: `cls.__init__(self)` of a class that is not known. */
  override get hidesMethods(): boolean {
    return true;
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    return rt.watcher?.derived(rt, { kind: 'call', callee: this, args, keywords }) ?? this;
  }
}

/** An unknown that arises where the program stands, as what it is: a runtime gives nothing else. */
export function unknownArising(rt: Runtime, reason: string): PyUnknown {
  const unknown = rt.unknown(reason);
  if (unknown instanceof PyUnknown) return unknown;
  throw new TypeError(`a runtime gave ${unknown.cls.name} for an unknown`);
}

/** An unknown that settles what another settles, being that one in some part. */
class PartlyUnknown extends PyUnknown {
  constructor(readonly origin: PyUnknown) {
    super(origin.reason, origin);
    Object.defineProperty(this, 'weighed', {
      get: () => origin.weighed,
      set: (weighed: boolean) => {
        origin.weighed = weighed;
      },
    });
  }
}

/** What a list, dict or set of the program has become that nobody knows the items of any more. */
export class UnknownContents extends PartlyUnknown {}

/** Stands among the arguments of a call for `*unknown` or `**unknown`: it may give any parameter that nothing else gives. */
export class UnknownArguments extends PartlyUnknown {}

/**
 * Keywords of a call that nobody wrote, as it may be: none is there, and whatever is asked for without a default is the unknown.
 */
export class OpenKeywords extends Map<string, PyValue> {
  constructor(
    readonly others: PyUnknown,
    known: Iterable<readonly [string, PyValue]> = [],
  ) {
    super(known);
  }
}

/** The name under which `**unknown` comes among keywords. */
export const UNKNOWN_KEYWORDS = '\0unknown keywords';
