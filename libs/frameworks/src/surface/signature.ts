/** What a function or class takes, as the tables of libraries have it. */
export interface Signature {
  /** By place, in order. */
  readonly placed: readonly Parameter[];
  /** By name alone. */
  readonly named: readonly Parameter[];
  /** Whether it takes any number by place. */
  readonly takesMore: boolean;
  /** Whether it takes arguments of any name; or those of a family (`layer`) beside its own. */
  readonly takesNamed: boolean | string;
}

export interface Parameter {
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether another form of the call has something else in this place. */
  readonly isLoose: boolean;
  /** The words that it may be, where it is a word; none where nobody knows. */
  readonly words: readonly string[];
}

/** The arguments of a call as they are written. */
export interface Given {
  readonly count: number;
  readonly names: readonly string[];
  /** Whether there are more that nobody knows: `*args`, `**options`. */
  readonly hasMorePlaced: boolean;
  readonly hasMoreNamed: boolean;
}

/** Why an argument that is not among its own is taken: by all of a family, or by versions that there have been. */
export type Beside = 'family' | 'former';

/** What is wrong with a call. */
export type Misfit =
  | { readonly kind: 'unknown'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'too-many'; readonly most: number }
  | { readonly kind: 'missing'; readonly names: readonly string[] }
  | { readonly kind: 'twice'; readonly name: string };

/**
 * Reads `(input,size=,*,mode=,**layer)`: `=` where an argument may be left out, `?` where its place may be another's, `:a|b` before words that it may be, `*` for any number by place, `|` before what goes by
 * name alone, `**` for any name, with a word behind it for those of a family.
 */
export function readSignature(text: string): Signature {
  const placed: Parameter[] = [];
  const named: Parameter[] = [];
  let into = placed;
  let takesMore = false;
  let takesNamed: boolean | string = false;
  for (const word of text.slice(1, -1).split(',')) {
    if (word === '') continue;
    if (word.startsWith('**')) takesNamed = word.length === 2 || word.slice(2);
    else if (word === '*' || word === '|') {
      takesMore ||= word === '*';
      into = named;
    } else {
      const [, name = '', marks = '', words] = /^(\w+)([=?]*)(?::(.*))?$/.exec(word) ?? [];
      into.push({
        name,
        isRequired: !marks.startsWith('='),
        isLoose: marks.endsWith('?'),
        words: words?.split('|') ?? [],
      });
    }
  }
  return { placed, named, takesMore, takesNamed };
}

/** What is wrong with a call of something that has one of several signatures; undefined where one of them takes it. */
export function misfit(
  signatures: readonly Signature[],
  given: Given,
  alsoTakes: (name: string, family: string | undefined) => Beside | undefined,
): Misfit | undefined {
  const found: Misfit[] = [];
  for (const signature of signatures) {
    const one = misfitOf(signature, given, alsoTakes);
    if (one === undefined) return undefined;
    found.push(one);
  }
  const known = signatures.flatMap(namesOf);
  const [first] = found;
  // What is unknown to one version may be known to the next, which lacks something else: that is no certain mistake.
  if (found.some((one) => one.kind !== first?.kind)) return undefined;
  if (first?.kind === 'unknown')
    return found.every((one) => one.kind === 'unknown' && one.name === first.name)
      ? { ...first, known: [...new Set(known)] }
      : undefined;
  if (first?.kind === 'too-many')
    return { kind: 'too-many', most: Math.max(...signatures.map(({ placed }) => placed.length)) };
  return first;
}

function namesOf({ placed, named }: Signature): string[] {
  return [...placed, ...named].map(({ name }) => name);
}

function misfitOf(
  signature: Signature,
  { count, names, hasMorePlaced, hasMoreNamed }: Given,
  alsoTakes: (name: string, family: string | undefined) => Beside | undefined,
): Misfit | undefined {
  const { placed, named, takesMore, takesNamed } = signature;
  const known = new Set(namesOf(signature));
  for (const name of takesNamed === true ? [] : names) {
    if (known.has(name)) continue;
    const beside = alsoTakes(name, typeof takesNamed === 'string' ? takesNamed : undefined);
    if (beside === undefined) return { kind: 'unknown', name, known: [...known] };
    // What has a name from before may have places from before too.
    if (beside === 'former') return undefined;
  }
  if (count > placed.length && !takesMore) return { kind: 'too-many', most: placed.length };
  const twice = placed.slice(0, count).find(({ name, isLoose }) => !isLoose && names.includes(name));
  if (twice !== undefined && !takesMore) return { kind: 'twice', name: twice.name };
  if (hasMoreNamed) return undefined;
  const missing = [...(hasMorePlaced ? [] : placed.slice(count)), ...named].filter(
    ({ name, isRequired }) => isRequired && !names.includes(name),
  );
  return missing.length === 0 ? undefined : { kind: 'missing', names: missing.map(({ name }) => name) };
}
