import { FORMER } from './former.js';
import { readSignature } from './signature.js';
import type { Signature } from './signature.js';
import { KERAS } from './text/keras.js';
import { MATPLOTLIB } from './text/matplotlib.js';
import { NUMPY } from './text/numpy.js';
import { PANDAS } from './text/pandas.js';
import { SKLEARN } from './text/sklearn.js';
import { TENSORFLOW } from './text/tensorflow.js';
import { TORCH } from './text/torch.js';
import { TORCHVISION } from './text/torchvision.js';

/** A name that a library has: of what else it is called with nothing is known where there are no signatures. */
export interface Offer {
  readonly name: string;
  readonly isModule: boolean;
  /** Of the versions there have been; none where nobody knows. */
  readonly signatures: readonly Signature[];
}

/** A module of a library with all the names that any usual version of it has had. */
export interface Offering {
  readonly path: string;
  readonly names: ReadonlyMap<string, Offer>;
}

/** A name whose signatures are read when somebody first asks for them: most of a module's are never asked for. */
class Named implements Offer {
  #signatures: readonly Signature[] | undefined = undefined;

  constructor(
    readonly name: string,
    readonly isModule: boolean,
    readonly texts: readonly string[],
  ) {}

  get signatures(): readonly Signature[] {
    this.#signatures ??= this.texts.map(readSignature);
    return this.#signatures;
  }
}

/** What is known of each library: a line for each of its modules, read when a program first asks for it. */
const TEXTS: Readonly<Record<string, string>> = {
  torch: TORCH,
  torchvision: TORCHVISION,
  keras: KERAS,
  tensorflow: TENSORFLOW,
  numpy: NUMPY,
  pandas: PANDAS,
  sklearn: SKLEARN,
  matplotlib: MATPLOTLIB,
};

/** Names under which the same has gone, and what it is here. */
const ROOTS: readonly (readonly [RegExp, string])[] = [
  [/^tensorflow\.compat\.v[12](?=\.|$)/, 'tensorflow'],
  [/^tensorflow\.(?:python\.)?keras(?=\.|$)/, 'keras'],
  [/^tf_keras(?=\.|$)/, 'keras'],
  // What the modules of layers themselves took of the library was found there too.
  [/^keras\.layers\.(activations|initializers|regularizers|constraints)(?=\.|$)/, 'keras.$1'],
  [/^keras\.layers\.K(?=\.|$)/, 'keras.backend'],
  // Layers, networks and utilities have been in modules of their own within these.
  [
    /^(keras\.(?:layers|applications|utils|optimizers|models|callbacks))\.(?!schedules|legacy)[a-z]\w*(?=\.)/,
    '$1',
  ],
];

/** The name that something has in the tables: `keras.layers.Dense`. */
export function plainPath(path: string): string {
  let plain = path;
  for (const [pattern, now] of ROOTS) plain = plain.replace(pattern, now);
  return plain;
}

/** Whether there is a table of a library at all. */
export function isOffered(path: string): boolean {
  return Object.hasOwn(TEXTS, plainPath(path).split('.')[0] ?? '');
}

/** The lines of each library by the module they are of. */
const indexed = new Map<string, ReadonlyMap<string, readonly string[]>>();
const read = new Map<string, Offering>();

function linesOf(library: string): ReadonlyMap<string, readonly string[]> | undefined {
  const text = Object.hasOwn(TEXTS, library) ? TEXTS[library] : undefined;
  if (text === undefined) return undefined;
  let lines = indexed.get(library);
  if (lines === undefined) {
    const found = new Map<string, string[]>();
    for (const line of [...text.split('\n'), ...FORMER.split('\n')]) {
      const [path = ''] = line.split(' ', 1);
      if (path !== library && !path.startsWith(`${library}.`)) continue;
      found.set(path, [...(found.get(path) ?? []), line.slice(path.length + 1)]);
    }
    lines = found;
    indexed.set(library, lines);
  }
  return lines;
}

/** The modules of a library that are known. */
export function modulesOf(library: string): readonly string[] {
  return [...(linesOf(library)?.keys() ?? [])];
}

/** What a module offers; undefined where it is not known as a whole. */
export function offeringOf(path: string): Offering | undefined {
  const kept = read.get(path);
  if (kept !== undefined) return kept;
  const lines = linesOf(path.split('.')[0] ?? '')?.get(path);
  if (lines === undefined) return undefined;
  const names = new Map<string, Named>();
  for (const word of lines.flatMap((line) => line.split(' '))) {
    const [name = ''] = word.split(/[(/~]/, 1);
    const rest = word.slice(name.length);
    const texts = rest.startsWith('~') ? names.get(rest.slice(1))?.texts : rest.startsWith('(') ? [rest] : [];
    const before = names.get(name);
    // A name alone says that there has been such a thing, and nothing of what it takes.
    if (before === undefined) names.set(name, new Named(name, rest === '/', texts ?? []));
    else if (before.texts.length > 0 && texts !== undefined && texts.length > 0)
      names.set(name, new Named(name, before.isModule, [...before.texts, ...texts]));
    else if (rest === '/' && !before.isModule) names.set(name, new Named(name, true, before.texts));
  }
  const offering = { path, names };
  read.set(path, offering);
  return offering;
}
