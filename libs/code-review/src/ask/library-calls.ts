import { isValue, offeringOf, plainPath } from '@tensormark/frameworks';
import type { Given, Program, Signature } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { eventsOf } from './events.js';
import { classOf, plainOwner } from './library-objects.js';
import { isGuarded, libraryNames, lookedUp } from './library-names.js';
import { oncePerProgram } from './once.js';
import { callsOf } from './tree.js';

/** A call of something that the tables know, as it is written. */
export interface LibraryCall {
  readonly call: tree.Call;
  /** The path by which the program has it; of a method that of its class, and the method behind `#`. */
  readonly path: string;
  /** The same as the tables have it. */
  readonly plain: string;
  readonly signatures: readonly Signature[];
}

/** Every call of a function, class or method of a library of which the tables know what it takes. */
export const libraryCalls = oncePerProgram((program): readonly LibraryCall[] => {
  const guarded = isGuarded(program);
  return [...callsByName(program), ...callsOfMethods(program)].filter(
    ({ call, signatures }) =>
      signatures.length > 0 && !guarded(call.span) && !call.args.some(({ kind }) => kind === 'Ellipsis'),
  );
});

function* callsByName(program: Program): Generator<LibraryCall> {
  const paths = new Map(libraryNames(program).used.map(({ node, path }) => [node, path]));
  if (paths.size === 0) return;
  for (const call of callsOf(program)) {
    const path = paths.get(call.callee);
    const offer = path === undefined ? undefined : lookedUp(path)?.offer;
    if (path !== undefined && offer !== undefined)
      yield { call, path, plain: plainPath(path), signatures: offer.signatures };
  }
}

function* callsOfMethods(program: Program): Generator<LibraryCall> {
  const written = new Map<string, tree.Call>();
  for (const event of eventsOf(program, 'call')) {
    const { result, moment, owner, name } = event;
    if (owner !== 'unknown' || name === '' || !isValue(result) || result.made.kind !== 'operation') continue;
    const [receiver] = result.made.args.positional;
    const { span } = moment;
    const made = result.made.name === name ? classOf(receiver) : undefined;
    if (made === undefined || span === undefined || span.source.file !== program.file) continue;
    const signatures = offeringOf(`${plainOwner(made)}#`)?.names.get(name)?.signatures ?? [];
    if (signatures.length === 0) continue;
    if (written.size === 0)
      for (const call of callsOf(program)) written.set(`${call.span.start} ${call.span.end}`, call);
    const call = written.get(`${span.start} ${span.end}`);
    if (call?.callee.kind !== 'Attribute' || call.callee.attribute !== name) continue;
    written.delete(`${span.start} ${span.end}`);
    yield { call, path: `${made}#${name}`, plain: `${plainOwner(made)}#${name}`, signatures };
  }
}

/** The arguments of a call as they are written. */
export function givenIn({ args, keywords }: tree.Call): Given {
  const names = keywords.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return {
    count: args.filter(({ kind }) => kind !== 'Starred').length,
    names,
    hasMorePlaced: args.some(({ kind }) => kind === 'Starred'),
    hasMoreNamed: names.length < keywords.length,
  };
}
