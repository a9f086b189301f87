import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

/** Lines written after one another's pattern of which one took over too much: the part that it was for is read nowhere. */
export function* partUnread(program: Program): Generator<Found> {
  for (const one of statementsOf(program)) {
    if (one.kind !== 'FunctionDef') continue;
    yield* placesTwice(one);
    yield* madeOfFellow(one);
  }
  yield* masksOfWords(program);
}

/** What a name is given, or what is appended to a list. */
interface Taken {
  readonly into: string;
  readonly value: tree.Expression;
  readonly at: Span;
}

function takenIn(one: tree.Statement): Taken | undefined {
  if (one.kind === 'Assign' && one.targets.length === 1)
    return { into: targetsOf(one)[0] ?? '', value: one.value, at: one.span };
  if (one.kind !== 'Expr' || one.value.kind !== 'Call') return undefined;
  const { callee, args } = one.value;
  const [value, more] = args;
  if (
    callee.kind !== 'Attribute' ||
    callee.attribute !== 'append' ||
    value === undefined ||
    more !== undefined
  )
    return undefined;
  return { into: callee.value.span.text, value, at: one.span };
}

/** `ids.append(row[0])`, `types.append(row[0])`, `labels.append(row[2])`: of all places of the row one is read twice, and the next nowhere. */
function* placesTwice(home: tree.FunctionDefinition): Generator<Found> {
  const taken = statementsIn(home.body).flatMap((one) => takenIn(one) ?? []);
  if (taken.length < 3) return;
  for (const [at, one] of taken.entries()) {
    const before = taken[at - 1];
    if (before === undefined || before.into === one.into) continue;
    if (before.value.span.text !== one.value.span.text || !/\[\d\]/.test(one.value.span.text)) continue;
    const place = placeIn(one.value);
    if (place === undefined) continue;
    const read = placesRead(home, place.of);
    const next = place.index + 1;
    const last = Math.max(...read);
    const others = Array.from({ length: last + 1 }, (_, index) => index).filter((index) => index !== next);
    if (read.has(next) || last <= next || others.some((index) => !read.has(index))) continue;
    yield {
      at: one.at,
      message: `${place.of}[${place.index}] is taken a second time, and ${place.of}[${next}] is read nowhere.`,
      evidence: [places(['it is taken here first', before.at])],
    };
  }
}

interface Place {
  readonly of: string;
  readonly index: number;
}

function placeOf(node: tree.Expression): Place | undefined {
  if (node.kind !== 'Subscript' || node.value.kind !== 'Name' || !/^\d$/.test(node.index.span.text))
    return undefined;
  return { of: node.value.id, index: Number(node.index.span.text) };
}

function placeIn(value: tree.Expression): Place | undefined {
  let found: Place | undefined;
  eachNode([value], (node) => {
    if (node.kind === 'Subscript') found ??= placeOf(node);
  });
  return found;
}

/** Which places of a row are read in a function; none where it is read as a whole too. */
function placesRead(home: tree.FunctionDefinition, name: string): ReadonlySet<number> {
  const read = new Set<number>();
  const inPlaces = new Set<object>();
  let isWhole = false;
  eachNode(home.body, (node) => {
    if (node.kind !== 'Subscript') return;
    const place = placeOf(node);
    if (place?.of === name) {
      read.add(place.index);
      inPlaces.add(node.value);
    }
  });
  const bound = new Set<object>();
  eachNode(home.body, (node) => {
    if (node.kind === 'For') eachNode([node.target], (target) => bound.add(target));
    if (node.kind === 'Assign') for (const target of node.targets) bound.add(target);
  });
  eachNode(home.body, (node) => {
    isWhole ||= node.kind === 'Name' && node.id === name && !inPlaces.has(node) && !bound.has(node);
  });
  return isWhole ? new Set() : read;
}

/** `image = image.resize(size)` and `mask = image.resize(size)`, where the mask had a value that nothing has read. */
function* madeOfFellow(home: tree.FunctionDefinition): Generator<Found> {
  const own = statementsIn(home.body);
  for (const [at, one] of own.entries()) {
    const before = own[at - 1];
    const [first, second] = [before && selfMade(before), selfMade(one)];
    if (before === undefined || first === undefined || second === undefined) continue;
    if (
      first.into !== first.of ||
      second.of !== first.of ||
      second.into === second.of ||
      first.method !== second.method
    )
      continue;
    const { into } = second;
    const made = own.findLast(
      (other) => other.span.end <= before.span.start && targetsOf(other).includes(into),
    );
    const isGiven = home.parameters.some(({ name }) => name === into);
    if (
      made === undefined ? !isGiven : made.kind !== 'Assign' || /^(None|\[\]|0)$/.test(made.value.span.text)
    )
      continue;
    let reads = 0;
    eachNode(home.body, (node) => {
      if (node.kind === 'Name' && node.id === into && node.span.end <= one.span.start)
        if (node.span.start >= (made?.span.end ?? 0)) reads++;
    });
    if (reads > 0) continue;
    yield {
      at: one.span,
      message: `${into} is made of ${second.of} here, and what ${into} was before is read nowhere.`,
      evidence: [places(['what it was', made?.span], ['the line like it', before.span])],
    };
  }
}

interface SelfMade {
  readonly into: string;
  readonly of: string;
  readonly method: string;
}

function selfMade(one: tree.Statement): SelfMade | undefined {
  if (one.kind !== 'Assign' || one.targets.length !== 1 || one.value.kind !== 'Call') return undefined;
  const [target] = one.targets;
  const { callee } = one.value;
  if (target?.kind !== 'Name' || callee.kind !== 'Attribute' || callee.value.kind !== 'Name')
    return undefined;
  return { into: target.id, of: callee.value.id, method: callee.attribute };
}

/** `{'input_ids': words['input_ids'], 'attention_mask': words['input_ids']}`. */
function* masksOfWords(program: Program): Generator<Found> {
  if (!program.source.includes('input_ids')) return;
  const pairs: { readonly name: string; readonly value: tree.Expression }[] = [];
  for (const { entries } of nodesOf(program, 'Dict'))
    for (const { key, value } of entries)
      if (key?.kind === 'Constant') pairs.push({ name: key.span.text.replaceAll(/['"]/g, ''), value });
  for (const { keywords } of nodesOf(program, 'Call'))
    for (const { name, value } of keywords) if (name !== undefined) pairs.push({ name, value });
  for (const { name, value } of pairs) {
    if (!/^(attention_mask|token_type_ids|position_ids)$/.test(name)) continue;
    const { text } = value.span;
    if (!/(\.|\[['"])input_ids\b/.test(text) || /[!=<>]=|ne\(|like|_mask|cumsum|range/.test(text)) continue;
    yield { at: value.span, message: `${name} is given the words themselves, the input_ids.`, evidence: [] };
  }
}
