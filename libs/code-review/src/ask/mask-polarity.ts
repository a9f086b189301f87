import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { writtenArgument } from './torch-calls.js';
import { callsOf, functionsAround, statementsIn, targetsOf } from './tree.js';

/**
 * What a mask is true of: of what is to be seen, or of what is to be left out; or of a triangle the wrong way round, a place and all after
 * it, or all before it.
 */
export type Polarity = 'seen' | 'left out' | 'ahead' | 'behind';

/** The last statement before, in the same function, that gives a name its value; undefined where there are several. */
export function madeAt(program: Program, node: tree.Expression): tree.Assign | undefined {
  if (node.kind !== 'Name') return undefined;
  const home = functionsAround(program, node.span).at(-1);
  const body = home?.body ?? program.body;
  const before = statementsIn(body).filter(
    (one) => one.span.end <= node.span.start && targetsOf(one).includes(node.id),
  );
  const last = before.at(-1);
  // Under a condition of its own it may not have been made here.
  return last?.kind === 'Assign' && last.targets.length === 1 && body.includes(last) ? last : undefined;
}

/** Methods and functions that leave what a mask is true of. */
const SAME =
  /^(unsqueeze|squeeze|view|reshape|expand|expand_as|repeat|repeat_interleave|to|bool|byte|float|int|long|type|cuda|transpose|permute|unfold|rearrange|clone|contiguous|flatten|detach)$/;

/** What a mask is true of, by how it is made; undefined where that is not known. */
export function polarityOf(program: Program, node: tree.Expression, depth = 0): Polarity | undefined {
  if (depth > 12) return undefined;
  const of = (one: tree.Expression | undefined): Polarity | undefined =>
    one && polarityOf(program, one, depth + 1);
  if (node.kind === 'Compare') return ofComparison(node, of);
  if (node.kind === 'UnaryOp') return node.operator === '~' ? turned(of(node.operand)) : undefined;
  if (node.kind === 'BinOp') {
    if (node.operator === '-' && /^1(\.0?)?$/.test(node.left.span.text)) return turned(of(node.right));
    const [one, other] = [of(node.left), of(node.right)];
    return (node.operator === '&' || node.operator === '*' || node.operator === '|') && one === other
      ? one
      : undefined;
  }
  if (node.kind === 'Subscript') return /None|:/.test(node.index.span.text) ? of(node.value) : undefined;
  if (node.kind === 'Name') return of(madeAt(program, node)?.value) ?? common(givenFor(program, node), of);
  if (node.kind === 'Attribute')
    return /^m?T$/.test(node.attribute) ? mirrored(of(node.value)) : of(bufferOf(program, node));
  if (node.kind !== 'Call') return undefined;
  const triangle = /^(?:torch|np)\.(tril|triu)$/.exec(node.callee.span.text)?.[1];
  if (triangle !== undefined) return ofTriangle(program, triangle, node);
  const [first] = node.args;
  if (node.callee.kind === 'Attribute') {
    const { attribute, value } = node.callee;
    const isFunction = value.kind === 'Name' && /^(torch|F|einops|np)$/.test(value.id);
    const subject = isFunction ? first : value;
    if (attribute === 'logical_not') return turned(of(subject));
    if (attribute === 'ne' || attribute === 'eq')
      return ofEquality(subject, isFunction ? node.args[1] : first, attribute === 'eq', of);
    // Places of a picture that is laid out with zeros around it.
    if (attribute === 'unfold' && subject !== undefined && isOnes(program, subject)) return 'seen';
    if (/^(transpose|permute|t|swapaxes)$/.test(attribute)) return mirrored(of(subject));
    return SAME.test(attribute) ? of(subject) : undefined;
  }
  if (SAME.test(node.callee.span.text)) return of(first);
  const given = node.callee.kind === 'Name' ? onlyGiven(program, node.callee.id) : undefined;
  return of(given);
}

/** What all of them are, where they are one. */
function common(
  nodes: readonly tree.Expression[],
  of: (one: tree.Expression) => Polarity | undefined,
): Polarity | undefined {
  const [first, ...others] = nodes.map(of);
  return others.every((one) => one === first) ? first : undefined;
}

/** What a parameter of a function of the program is given wherever that is called; nothing where some call cannot be told. */
function givenFor(program: Program, { id, span }: tree.Name): readonly tree.Expression[] {
  const home = functionsAround(program, span).at(-1);
  const place = home?.parameters.findIndex(({ name }) => name === id) ?? -1;
  if (home === undefined || place < 0 || !program.body.includes(home)) return [];
  if (statementsIn(home.body).some((one) => targetsOf(one).includes(id))) return [];
  const calls = callsOf(program).filter(({ callee }) => callee.span.text === home.name);
  const given = calls.flatMap((call) => writtenArgument(call, place, id) ?? []);
  return given.length === calls.length ? given : [];
}

/** What a function of the program gives that does nothing else: `return torch.tril(torch.ones(n, n))`. */
function onlyGiven(program: Program, name: string): tree.Expression | undefined {
  const home = program.body.find((one) => one.kind === 'FunctionDef' && one.name === name);
  if (home?.kind !== 'FunctionDef' || home.body.length !== 1) return undefined;
  const [only] = home.body;
  return only?.kind === 'Return' ? only.value : undefined;
}

/** The lower triangle of ones is of what came before and is there to be seen, the upper without the diagonal of what is to come. */
function ofTriangle(program: Program, triangle: string, { args, keywords }: tree.Call): Polarity | undefined {
  const [ones] = args;
  const diagonal = (args[1] ?? keywords.find(({ name }) => name === 'diagonal' || name === 'k')?.value)?.span
    .text;
  if (ones === undefined || !isOnes(program, ones)) return undefined;
  const isWhole = diagonal === undefined || diagonal === '0';
  if (triangle === 'tril') return isWhole ? 'seen' : diagonal === '-1' ? 'behind' : undefined;
  return isWhole ? 'ahead' : diagonal === '1' ? 'left out' : undefined;
}

/** What a buffer was registered with that a module has under one name: `self.tril`. */
function bufferOf(program: Program, { span: { text } }: tree.Expression): tree.Expression | undefined {
  const name = /^self\.(\w+)$/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const made: tree.Expression[] = [];
  eachNode(program.body, (node) => {
    if (node.kind === 'Call' && node.callee.span.text === 'self.register_buffer') {
      const [key, value] = node.args;
      if (value !== undefined && key?.span.text.slice(1, -1) === name) made.push(value);
    }
    if (node.kind === 'Assign' && targetsOf(node).includes(text)) made.push(node.value);
  });
  return made.length === 1 ? made[0] : undefined;
}

const TURNED: Readonly<Record<Polarity, Polarity>> = {
  seen: 'left out',
  'left out': 'seen',
  ahead: 'behind',
  behind: 'ahead',
};

/** A triangle with rows and columns exchanged is the other one. */
function mirrored(polarity: Polarity | undefined): Polarity | undefined {
  return polarity === 'ahead' ? 'seen' : polarity === 'behind' ? 'left out' : polarity;
}

function turned(polarity: Polarity | undefined): Polarity | undefined {
  return polarity && TURNED[polarity];
}

function ofComparison(
  { left, operators, comparators }: tree.Comparison,
  of: (one: tree.Expression | undefined) => Polarity | undefined,
): Polarity | undefined {
  const [operator] = operators;
  const [right] = comparators;
  if (operators.length !== 1 || right === undefined) return undefined;
  if (operator === '!=' || operator === '==') return ofEquality(left, right, operator === '==', of);
  // Positions before the end of each sequence.
  if (/arange\(/.test(left.span.text) && /len/i.test(right.span.text))
    return operator === '<' ? 'seen' : operator === '>=' ? 'left out' : undefined;
  return undefined;
}

/** Of `left == right`, or of `left != right`. */
function ofEquality(
  left: tree.Expression | undefined,
  right: tree.Expression | undefined,
  isEqual: boolean,
  of: (one: tree.Expression | undefined) => Polarity | undefined,
): Polarity | undefined {
  if (left === undefined || right === undefined) return undefined;
  // Tokens themselves, compared with what pads them.
  if (isPadding(right) || isPadding(left)) return isEqual ? 'left out' : 'seen';
  if (!/^(0|1|False|True)(\.0?)?$/.test(right.span.text)) return undefined;
  const known = of(left);
  const isZero = /^(0|False)/.test(right.span.text);
  if (known !== undefined) return isEqual === isZero ? turned(known) : known;
  return isZero && isTokens(left) ? (isEqual ? 'left out' : 'seen') : undefined;
}

function isPadding({ span: { text } }: tree.Expression): boolean {
  return /^(self\.|\w+\.)*\w*pad(ding)?(_?(idx|id|index|token|token_id|value))?(\(\))?$/i.test(text);
}

function isTokens({ span: { text } }: tree.Expression): boolean {
  return /^(self\.)?(src|tgt|trg|tokens?|input_ids|token_ids|words|sentences?)$/i.test(text);
}

function isOnes(program: Program, node: tree.Expression): boolean {
  const value = node.kind === 'Name' ? madeAt(program, node)?.value : node;
  return value !== undefined && value.span.text.startsWith('torch.ones(');
}
