import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { givenIn, namesGivenAt } from './targets.js';
import { torchCalls, writtenArgument } from './torch-calls.js';
import { classesOf, holds, methodOf, statementsIn } from './tree.js';

/** An encoding of positions that is added along one dimension, and attention that has its sequence in another. */
export interface Crossed {
  /** The sum of the input and the encoding. */
  readonly sum: Span;
  /** Along which dimension positions are counted. */
  readonly along: 0 | 1;
  /** The attention that takes the sum. */
  readonly layer: Span;
}

interface Sum {
  readonly sum: Span;
  readonly along: 0 | 1;
}

/** What turns the dimensions of what it is given. */
const TURNS = /\b(transpose|permute|swapaxes|swapdims|movedim|rearrange|einsum|t\(\))/;

/** What gives back what it is called on, or its like. */
const SAME = /^(requires_grad_|detach|to|clone|cuda|type_as|contiguous)$/;

/**
 * Encodings whose sums go into attention with the sequence elsewhere, as both are written: whether the network is ever made or not, and
 * whichever way the data lie.
 */
export function crossedEncodings(program: Program): Crossed[] {
  if (!/Transformer/.test(program.source)) return [];
  const classes = classesOf(program);
  const encodings = new Map<string, Sum>();
  for (const one of classes) {
    const forward = methodOf(one, 'forward');
    if (forward === undefined || TURNS.test(forward.span.text)) continue;
    const [sum, ...others] = sumsIn(forward);
    if (sum !== undefined && others.length === 0) encodings.set(one.name, sum);
  }
  return classes.flatMap((one) => crossedIn(program, one, encodings));
}

function crossedIn(
  program: Program,
  definition: tree.ClassDefinition,
  encodings: ReadonlyMap<string, Sum>,
): Crossed[] {
  const parts = new Map<string, tree.Expression[]>();
  const methods = definition.body.filter((one) => one.kind === 'FunctionDef');
  const statements = methods.flatMap(({ body }) => statementsIn(body));
  for (const { target, value } of statements.flatMap((statement) => givenIn(statement)))
    parts.set(target.span.text, [...(parts.get(target.span.text) ?? []), value]);
  const layers = new Map<string, { readonly at: Span; readonly isBatchFirst: boolean }>();
  const adding = new Map<string, Sum>();
  for (const [name, [value, ...others]] of parts) {
    if (value?.kind !== 'Call' || others.length > 0 || !name.startsWith('self.')) continue;
    const sum = encodings.get(value.callee.span.text);
    if (sum !== undefined) adding.set(name, sum);
    const isBatchFirst = takesBatchFirst(program, value, parts);
    if (isBatchFirst !== undefined) layers.set(name, { at: value.span, isBatchFirst });
  }
  if (layers.size === 0) return [];
  const found: Crossed[] = [];
  for (const method of methods) {
    if (method.name === '__init__') continue;
    eachNode(method, (node) => {
      const layer = node.kind === 'Call' ? layers.get(node.callee.span.text) : undefined;
      if (node.kind !== 'Call' || layer === undefined) return;
      const [given] = node.args;
      const sum = given && sumBehind(given, method, adding);
      if (sum !== undefined && (sum.along === 0) === layer.isBatchFirst)
        found.push({ ...sum, layer: layer.at });
    });
  }
  return found;
}

/** Whether an encoder has the batch first; undefined for what is none, or is not told. */
function takesBatchFirst(
  program: Program,
  call: tree.Call,
  parts: ReadonlyMap<string, readonly tree.Expression[]>,
): boolean | undefined {
  const paths = new Map<tree.Expression, string>(torchCalls(program).map((one) => [one.call, one.path]));
  const path = paths.get(call);
  if (path === 'torch.nn.Transformer') return batchFirstOf(call, 12);
  if (path !== 'torch.nn.TransformerEncoder') return undefined;
  const written = writtenArgument(call, 0, 'encoder_layer');
  const [layer, ...others] =
    written?.kind === 'Call' ? [written] : (parts.get(written?.span.text ?? '') ?? []);
  if (layer?.kind !== 'Call' || others.length > 0) return undefined;
  return paths.get(layer) === 'torch.nn.TransformerEncoderLayer' ? batchFirstOf(layer, 6) : undefined;
}

function batchFirstOf(call: tree.Call, at: number): boolean | undefined {
  if (call.keywords.some(({ name }) => name === undefined)) return undefined;
  if (call.args.some(({ kind }) => kind === 'Starred')) return undefined;
  const written = writtenArgument(call, at, 'batch_first');
  if (written === undefined) return false;
  return written.span.text === 'True' ? true : written.span.text === 'False' ? false : undefined;
}

/** The sum that attention is given, by itself or under a name that nothing has turned since. */
function sumBehind(
  given: tree.Expression,
  method: tree.FunctionDefinition,
  adding: ReadonlyMap<string, Sum>,
): Sum | undefined {
  if (given.kind === 'Call') return adding.get(given.callee.span.text);
  if (given.kind !== 'Name') return undefined;
  const before = statementsIn(method.body).filter(
    (one) => one.span.start < given.span.start && !holds(one.span, given.span),
  );
  for (const statement of before.toReversed()) {
    if (!namesGivenAt(statement).some(({ id }) => id === given.id)) continue;
    if (statement.kind === 'AugAssign') return sumOf(statement);
    if (statement.kind !== 'Assign') return undefined;
    const { value } = statement;
    const own = value.kind === 'Call' ? adding.get(value.callee.span.text) : sumOf(value);
    if (own !== undefined) return own;
    // `x = self.dropout(x)` leaves the dimensions where they are.
    if (value.kind !== 'Call' || !/^self\.\w*(drop|norm|ln)\w*$/i.test(value.callee.span.text))
      return undefined;
    if (value.args.length !== 1 || value.args[0]?.span.text !== given.id) return undefined;
  }
  return undefined;
}

function sumsIn(method: tree.FunctionDefinition): Sum[] {
  const found: Sum[] = [];
  eachNode(method, (node) => {
    const sum = sumOf(node);
    if (sum !== undefined) found.push(sum);
  });
  return found;
}

/** `x + self.pe[:, :x.size(1)]`, by whichever of the two dimensions. */
function sumOf(node: tree.Expression | tree.Statement): Sum | undefined {
  const sides =
    node.kind === 'BinOp' && node.operator === '+'
      ? [node.left, node.right]
      : node.kind === 'AugAssign' && node.operator === '+'
        ? [node.target, node.value]
        : [];
  const [one, other] = sides;
  if (one === undefined || other === undefined) return undefined;
  const along = cutAlong(other, one) ?? cutAlong(one, other);
  return along === undefined ? undefined : { sum: node.span, along };
}

/** Along which dimension a table of the module's is cut to the size of what it is added to. */
function cutAlong(table: tree.Expression, input: tree.Expression): 0 | 1 | undefined {
  let cut = table;
  while (cut.kind === 'Call') {
    const { callee, args } = cut;
    const [wrapped] = args;
    if (callee.kind === 'Attribute' && SAME.test(callee.attribute)) cut = callee.value;
    else if (/(^|\.)Variable$/.test(callee.span.text) && wrapped !== undefined) cut = wrapped;
    else return undefined;
  }
  if (cut.kind !== 'Subscript' || !/^self\.\w+(\.\w+)?$/.test(cut.value.span.text)) return undefined;
  const [first, second] = cut.index.kind === 'Tuple' ? cut.index.items : [cut.index];
  const along = isWhole(first) && second !== undefined ? 1 : 0;
  const bounded = along === 1 ? second : first;
  if (along === 0 && second !== undefined && !isWhole(second)) return undefined;
  if (bounded?.kind !== 'Slice' || bounded.lower !== undefined || bounded.upper === undefined)
    return undefined;
  const [, name = '', asked = ''] =
    /^(\w+)\.(?:size\((\d)\)|shape\[\d\])$/.exec(bounded.upper.span.text.replaceAll(/\s/g, '')) ?? [];
  const dimension = asked === '' ? /\[(\d)\]$/.exec(bounded.upper.span.text)?.[1] : asked;
  if (dimension !== String(along) || !new RegExp(`\\b${name}\\b`).test(input.span.text)) return undefined;
  return along;
}

function isWhole(index: tree.Expression | undefined): boolean {
  return index?.kind === 'Slice' && index.lower === undefined && index.upper === undefined;
}
