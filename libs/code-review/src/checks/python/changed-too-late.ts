import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { loopsOf, holds, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const LEARN = (before: string, after: string): string => `
import torch

def learn(net, slow, batch, discount):
    s, a, r, s2, done = batch
    chosen = net(s).gather(1, a)
    best = slow(s2).max(1)[0].detach()
    ${before}
    goal = r + discount * best
    ${after}
    return torch.nn.functional.mse_loss(chosen.squeeze(1), goal)
`;

export const changedTooLate: Check = {
  id: 'changed-too-late',
  title: 'A tensor changed after what it is changed for was computed',
  severity: 'warning',
  why: 'What was worked out of it above has the values that it had then: the change reaches nothing.',
  instead: 'Change it first, and compute of it then.',
  needs:
    'A tensor computed in a function, read in a sum or the like, then written into in place (or multiplied by a mask), and read nowhere after.',
  wrong: [
    LEARN('', 'best[done] = 0.0  # <--'),
    LEARN('', 'best = best * (1 - done)  # <--'),
    `
import torch

def attend(q, k, v, mask):
    scores = q @ k.transpose(-2, -1) / 8
    weights = torch.softmax(scores, dim=-1)
    scores.masked_fill_(mask == 0, -1e9)  # <--
    return weights @ v
`,
  ],
  right: [
    LEARN('best[done] = 0.0', ''),
    `
import torch

def kept(net, x, rows):
    scores = net(x)
    again = scores.view(-1)
    total = scores.sum()
    scores[rows] = 0.0
    return again, total

def stored(net, x, store):
    state = store.latest()
    moved = state * 2
    state[0] = moved.mean()
    return moved

def turns(net, xs):
    state = net(xs[0]) * 2
    for x in xs:
        moved = state + x
        state[0] = 0.0
    return moved
`,
  ],
  *run(program) {
    if (!/\b\w+\[[^\]]+\] = |\w_\(|mask|done|termin/.test(program.source)) return;
    for (const home of statementsOf(program)) {
      if (home.kind !== 'FunctionDef' || /\b(nonlocal|global|locals\(|yield)\b/.test(home.span.text))
        continue;
      const own = statementsIn(home.body);
      for (const one of own) {
        const name = changedBy(one);
        if (name === undefined) continue;
        const made = own.findLast(
          (other) => other.span.end <= one.span.start && targetsOf(other).includes(name),
        );
        if (made?.kind !== 'Assign' || made.targets.length !== 1 || made.targets[0]?.kind !== 'Name')
          continue;
        if (!isComputed(made.value) || !isSameTurn(program, made, one)) continue;
        const reads = readsOf(home, name, one);
        if (reads.later > 0 || reads.within > 0 || reads.before.length === 0) continue;
        const [first] = reads.before;
        if (reads.before.some((read) => read === undefined) || first === undefined) continue;
        yield {
          at: one.span,
          message: `${name} is changed here and read nowhere after: what was computed of it has the values from before.`,
          evidence: [places(['it is computed here', made.span], ['it was read here', first.span])],
        };
      }
    }
  },
};

/** The name of what a statement changes: by writing into it, by a method in place, or by a mask. */
function changedBy(one: tree.Statement): string | undefined {
  if (one.kind === 'Assign' && one.targets.length === 1) {
    const [target] = one.targets;
    if (target?.kind === 'Subscript' && target.value.kind === 'Name') return target.value.id;
    const { value } = one;
    if (target?.kind !== 'Name') return undefined;
    const isMasked =
      value.kind === 'BinOp' &&
      value.operator === '*' &&
      value.left.span.text === target.id &&
      MASK.test(value.right.span.text);
    const isFilled = value.kind === 'Call' && value.callee.span.text === `${target.id}.masked_fill`;
    return isMasked || isFilled ? target.id : undefined;
  }
  if (one.kind !== 'Expr' || one.value.kind !== 'Call' || one.value.callee.kind !== 'Attribute')
    return undefined;
  const { attribute, value } = one.value.callee;
  return IN_PLACE.test(attribute) && value.kind === 'Name' ? value.id : undefined;
}

const MASK = /mask|done|termin|\bdead\b/i;
const IN_PLACE = /^(masked_fill|clamp|mul|div|zero|fill|index_fill)_$/;

/** Arithmetic and the like, and what networks give: a tensor that nothing else has. */
function isComputed(node: tree.Expression): boolean {
  if (node.kind === 'BinOp' || node.kind === 'UnaryOp') return true;
  if (node.kind === 'Subscript') return node.index.kind === 'Constant' && isComputed(node.value);
  if (node.kind === 'Attribute') return /^(values|data)$/.test(node.attribute) && isComputed(node.value);
  if (node.kind !== 'Call') return false;
  const { callee } = node;
  if (NETWORK.test(callee.span.text)) return true;
  if (callee.kind !== 'Attribute') return false;
  if (/^(torch|F|nn\.functional|torch\.nn\.functional)$/.test(callee.value.span.text))
    return FRESH.test(callee.attribute);
  if (SAME.test(callee.attribute)) return isComputed(callee.value);
  return FRESH.test(callee.attribute);
}

const NETWORK = /^(self\.)?(\w+\.)*\w*(net|network|model|critic|actor|policy|target|slow|q_?\w{0,6})$/i;
const FRESH =
  /^(max|min|amax|gather|sum|mean|softmax|log_softmax|sigmoid|exp|log|matmul|bmm|mm|einsum|cross_entropy|mse_loss|where|clamp|abs|pow|clone|cat|stack|one_hot)$/;
const SAME = /^(squeeze|unsqueeze|detach|float|view|reshape|flatten|transpose|permute|to)$/;

/** Whether what is made in each turn of a loop is changed in the same turn. */
function isSameTurn(program: Program, made: tree.Statement, changed: tree.Statement): boolean {
  return loopsOf(program).every(({ span }) => !holds(span, changed.span) || holds(span, made.span));
}

interface Reads {
  /** What reads it before; undefined for what may keep it. */
  readonly before: readonly (tree.Expression | undefined)[];
  readonly within: number;
  readonly later: number;
}

/** Where a name is read in a function: before a statement that changes it (and in what), in it, and after. */
function readsOf({ body }: tree.FunctionDefinition, name: string, changed: tree.Statement): Reads {
  const reads = { before: [] as (tree.Expression | undefined)[], within: 0, later: 0 };
  const worked = new Map<object, tree.Expression>();
  const targets = new Set<object>();
  let made = 0;
  for (const one of statementsIn(body))
    if (one.span.end <= changed.span.start && targetsOf(one).includes(name)) made = one.span.end;
  eachNode(body, (node) => {
    const operands = operandsIn(node);
    for (const operand of operands) {
      const inner = operand.kind === 'Subscript' ? operand.value : operand;
      if (inner.kind === 'Name' && 'span' in node) worked.set(inner, operand);
    }
    if (node.kind === 'Assign') for (const target of node.targets) targets.add(target);
  });
  const [target] = changed.kind === 'Assign' ? changed.targets : [];
  eachNode(body, (node) => {
    if (node.kind !== 'Name' || node.id !== name || targets.has(node) || node.span.start < made) return;
    if (node.span.start > changed.span.end) reads.later++;
    else if (node.span.start < changed.span.start) reads.before.push(worked.get(node));
    else if (target?.kind === 'Subscript' && node !== target.value) reads.within++;
  });
  return reads;
}

/** What a node works out something new of. */
function operandsIn(node: tree.Expression | tree.Statement): readonly tree.Expression[] {
  if (node.kind === 'BinOp') return [node.left, node.right];
  if (node.kind === 'UnaryOp') return [node.operand];
  if (node.kind !== 'Call' || node.callee.kind !== 'Attribute' || !FRESH.test(node.callee.attribute))
    return [];
  return [node.callee.value, ...node.args];
}
