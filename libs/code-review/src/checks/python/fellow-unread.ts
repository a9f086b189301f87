import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { nodesOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

/** What is made with the sizes of something takes one of them twice for good reasons. */
const OF_SIZES =
  /(^|[._])(zeros|ones|rand|randn|randint|empty|full|eye|tril|triu|view|reshape|expand|repeat|range|size|Size|Linear|Conv\w+|\w*Norm\w*|max|min|print|format)$/;

/** What is given one thing twice for good reasons: what learns to give back what it is given, attention of a thing to itself, grids. */
const OF_ITSELF =
  /(^|\.)(fit|train_on_batch|test_on_batch|evaluate|TensorDataset|from_tensor_slices|meshgrid)$|att(entio)?n|mha/i;

/**
 * `criterion(za, za, label)` or `self.once(a), self.once(a)`, where zb (or the argument b) is read nowhere: names that differ in one letter,
 * of which one was taken for both.
 */
export function* fellowUnread(program: Program): Generator<Found> {
  const functions = statementsOf(program).filter(
    (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef',
  );
  const twins = twinsIn(program);
  if (twins.length === 0 || /\b(locals|globals|vars|exec)\(/.test(program.source)) return;
  for (const home of functions) {
    if (!twins.some((at) => at >= home.span.start && at < home.span.end)) continue;
    const isOverriding =
      home.parameters[0]?.name === 'self' && !/^(forward|__call__|__getitem__|\w*loss\w*)$/.test(home.name);
    const given = isOverriding
      ? []
      : home.parameters.filter(({ name }) => name !== 'self').map(({ name }) => name);
    const bound = statementsOf(program).filter(
      ({ span }) => span.start >= home.span.start && span.end <= home.span.end,
    );
    yield* twiceIn(home.body, [...given, ...bound.flatMap(targetsOf)], readsIn(home.body));
  }
  if (twins.every((at) => functions.some(({ span }) => at >= span.start && at < span.end))) return;
  const outside = statementsOf(program).filter(
    ({ span }) => !functions.some((one) => span.start >= one.span.start && span.end <= one.span.end),
  );
  yield* twiceIn(
    outside.filter(({ kind }) => kind === 'Assign' || kind === 'Expr' || kind === 'Return'),
    outside.flatMap(targetsOf),
    readsOutside(program, functions),
  );
}

/** Where something is taken twice: most functions do so nowhere, and need no count of what they read. */
function twinsIn(program: Program): readonly number[] {
  return (['Call', 'Tuple', 'List'] as const)
    .flatMap((kind): readonly (tree.Expression | tree.Statement)[] => nodesOf(program, kind))
    .flatMap((node) => (twinOf(node) === undefined ? [] : [node.span.start]));
}

/** The first of two arguments or items that are written alike. */
function twinOf(node: tree.Expression | tree.Statement): tree.Expression | undefined {
  if (node.kind !== 'Call' && node.kind !== 'Tuple' && node.kind !== 'List') return undefined;
  const [one, two] = node.kind === 'Call' ? node.args : node.items;
  if (one === undefined || two?.kind !== one.kind) return undefined;
  if (one.kind !== 'Name' && one.kind !== 'Call' && one.kind !== 'Subscript') return undefined;
  if (node.kind === 'Tuple' && one.kind === 'Name') return undefined;
  if (one.span.text.replaceAll(/\s/g, '') !== two.span.text.replaceAll(/\s/g, '')) return undefined;
  const callee = node.kind === 'Call' ? node.callee.span.text : '';
  return OF_SIZES.test(callee) || OF_ITSELF.test(callee) ? undefined : one;
}

/** Names that are read outside of functions, and in those that neither bind them nor are handed them. */
function readsOutside(
  program: Program,
  functions: readonly tree.FunctionDefinition[],
): ReadonlyMap<string, number> {
  const reads = new Map(readsIn(program.body));
  for (const home of functions) {
    const own = new Set([
      ...home.parameters.map(({ name }) => name),
      ...statementsIn(home.body).flatMap(targetsOf),
    ]);
    for (const [name, count] of readsIn(home.body))
      if (own.has(name)) reads.set(name, (reads.get(name) ?? 0) - count);
  }
  for (const [name, count] of reads) if (count <= 0) reads.delete(name);
  return reads;
}

function* twiceIn(
  body: readonly tree.Statement[],
  names: readonly string[],
  reads: ReadonlyMap<string, number>,
): Generator<Found> {
  const unread = new Set(names.filter((name) => /^[a-zA-Z]\w*$/.test(name) && !reads.has(name)));
  if (unread.size === 0) return;
  const bound = new Set(names);
  const found = new Map<number, { readonly at: Span; readonly name: string; readonly other: string }>();
  eachNode(body, (node) => {
    const one = twinOf(node);
    if (one === undefined) return;
    const name = namesRead(one).find(
      (word) => bound.has(word) && [...unread].some((other) => areAlike(word, other)),
    );
    const other = [...unread].find((word) => name !== undefined && areAlike(name, word));
    if (name !== undefined && other !== undefined) found.set(node.span.start, { at: node.span, name, other });
  });
  for (const { at, name, other } of found.values())
    yield { at, message: `Both are of ${name}, and ${other} is read nowhere.`, evidence: [] };
}

function namesRead(root: tree.Expression): string[] {
  const found: string[] = [];
  eachNode(root, (node) => {
    if (node.kind === 'Name') found.push(node.id);
  });
  return found;
}

interface Pair {
  readonly target: tree.Expression;
  readonly value: tree.Expression;
}

/** What is given to what: `a, b = x, y` one by one. */
function pairsOf({ targets, value }: tree.Assign): readonly Pair[] {
  const [target] = targets;
  if (target === undefined || targets.length > 1) return [];
  if (target.kind !== 'Tuple' || value.kind !== 'Tuple') return [{ target, value }];
  return target.items.flatMap((one, at) => {
    const given = value.items[at];
    return given === undefined ? [] : [{ target: one, value: given }];
  });
}

/** The name that something is moved from: `x.cuda()`, `x.to(device)`, `Variable(x)`. */
function movedBy(value: tree.Expression): tree.Name | undefined {
  if (value.kind !== 'Call') return undefined;
  const { callee, args } = value;
  const of =
    callee.kind === 'Attribute' && /^(cuda|to|float|long|cpu|double)$/.test(callee.attribute)
      ? callee.value
      : callee.span.text === 'Variable'
        ? args[0]
        : undefined;
  return of?.kind === 'Name' ? of : of && movedBy(of);
}

/** Names that are read, how often: stores are no reads. */
function readsIn(body: readonly tree.Statement[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const stored = new Set<object>();
  // What only moves something to a device, under its own name, makes no use of it.
  eachNode(body, (node) => {
    if (node.kind !== 'Assign') return;
    for (const { target, value } of pairsOf(node)) {
      const moved = target.kind === 'Name' ? movedBy(value) : undefined;
      if (moved !== undefined && target.kind === 'Name' && moved.id === target.id) stored.add(moved);
    }
  });
  eachNode(body, (node) => {
    const targets = node.kind === 'Assign' ? node.targets : node.kind === 'For' ? [node.target] : [];
    for (const target of targets)
      eachNode(target, (leaf) => {
        if (leaf.kind === 'Name') stored.add(leaf);
      });
    // What is kept at a place reads the names of the place.
    for (const target of targets)
      eachNode(target, (leaf) => {
        if (leaf.kind === 'Subscript' || leaf.kind === 'Attribute')
          eachNode(leaf, (part) => {
            if (part.kind === 'Name') stored.delete(part);
          });
      });
    if (node.kind === 'Name' && !stored.has(node)) found.set(node.id, (found.get(node.id) ?? 0) + 1);
  });
  return found;
}

/** One sign apart, a digit or neighbouring letters: `za` and `zb`, `h1` and `h2`; x and y are examples and their labels. */
function areAlike(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const apart = [...one].flatMap((sign, at) => (sign === other[at] ? [] : [`${sign}${other[at] ?? ''}`]));
  const [pair = ''] = apart;
  return apart.length === 1 && /^(\d\d|ab|ba|pq|qp|uv|vu|AB|BA)$/.test(pair);
}
