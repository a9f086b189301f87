import type { Program } from '@tensormark/frameworks';
import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { targetsAt } from '../../ask/targets.js';
import { nodesOf, usesOf } from '../../ask/tree.js';
import { writtenBatchLoops, isWrittenNetwork } from '../../ask/written-kinds.js';

const LOOP = (head: string, first = 'x = x.to(device)'): string => `
def train(net, loader, optimizer, criterion, device):
    net.train()
    for ${head}
        ${first}
        optimizer.zero_grad()
        loss = criterion(net(x), y.to(device))
        loss.backward()
        optimizer.step()
`;

export const enumerated: Check = {
  id: 'enumerated',
  title: 'A loop takes apart what enumerate does not give',
  severity: 'error',
  why: 'enumerate gives pairs: a number, and behind it the whole batch. Anything else that is taken of it is a number in place of a tensor, or an error.',
  instead: 'for i, (inputs, labels) in enumerate(loader)',
  needs: 'A loop over enumerate, or over a loader by its name, and the names in it.',
  wrong: [
    LOOP('i, x, y in enumerate(loader):  # <--'),
    LOOP('x, y in enumerate(loader):  # <--'),
    LOOP('x, y in enumerate(loader):  # <--', 'pass'),
    LOOP('step, (x, y) in loader:  # <--', 'print(step % 10)'),
  ],
  right: [
    LOOP('i, (x, y) in enumerate(loader):'),
    LOOP('x, y in loader:'),
    LOOP('rows, (x, y) in loader:', 'seen.update(rows)'),
    `
def evaluate(net, loader):
    for at, x in enumerate(loader):
        at = str(at)
        print(at.rjust(3), net(x))
    for i, (x, y), z in zip(range(3), loader, loader):
        print(i, net(x))
`,
  ],
  *run(program) {
    for (const loop of nodesOf(program, 'For')) {
      const found = tooMany(loop) ?? numberAsTensor(program, loop);
      if (found !== undefined) yield found;
    }
    for (const { loop, isCounted } of writtenBatchLoops(program)) {
      const found = isCounted ? undefined : uncounted(program, loop);
      if (found !== undefined) yield found;
    }
  },
};

function counted({ iterable }: tree.For): tree.Expression | undefined {
  if (iterable.kind !== 'Call' || iterable.callee.span.text !== 'enumerate') return undefined;
  return iterable.args[0];
}

/** `for i, x, y in enumerate(loader)`. */
function tooMany(loop: tree.For): Found | undefined {
  const { target } = loop;
  if (counted(loop) === undefined || target.kind !== 'Tuple' || target.items.length < 3) return undefined;
  if (target.items.some(({ kind }) => kind === 'Starred')) return undefined;
  const [first, ...rest] = target.items.map(({ span }) => span.text);
  return {
    at: target.span,
    message: `enumerate gives pairs, and ${target.items.length} names are given here: ${first ?? 'i'}, (${rest.join(', ')}).`,
    evidence: [],
  };
}

/** What whole numbers have that tensors have too. */
const OF_NUMBERS =
  /^(real|imag|conjugate|numerator|denominator|bit_length|bit_count|to_bytes|from_bytes|__\w+)$/;

/** `for x, y in enumerate(loader)`, where the number is moved, measured or given to a network. */
function numberAsTensor(program: Program, loop: tree.For): Found | undefined {
  const [first] = loop.target.kind === 'Tuple' && loop.target.items.length === 2 ? loop.target.items : [];
  if (counted(loop) === undefined || first?.kind !== 'Name') return undefined;
  let taken: tree.Expression | undefined;
  eachNode(loop.body, (node) => {
    if (taken !== undefined) return;
    if (node.kind === 'Attribute' && isAt(node.value, first.id) && !OF_NUMBERS.test(node.attribute))
      taken = node;
    if (
      node.kind === 'Call' &&
      isWrittenNetwork(program, node.callee) &&
      node.args.some((one) => isAt(one, first.id))
    )
      taken = node;
  });
  if (taken === undefined || isGivenBefore(loop, first.id, taken)) return undefined;
  return {
    at: loop.target.span,
    message: `${first.id} is the number of the batch here, and is used as a tensor: enumerate gives that number first.`,
    evidence: [places(['used as a tensor', taken.span])],
  };
}

function isAt(node: tree.Expression, name: string): boolean {
  return node.kind === 'Name' && node.id === name;
}

/** Whether the name is given something else in the loop before a place; what is worked out of the name itself at that place is not. */
function isGivenBefore(loop: tree.For, name: string, place: tree.Expression): boolean {
  let isGiven = false;
  eachNode(loop.body, (node) => {
    for (const { span } of targetsAt(node))
      if (
        span.text === name &&
        span.start < place.span.start &&
        !(node.span.start <= place.span.start && node.span.end >= place.span.end)
      )
        isGiven = true;
  });
  return isGiven;
}

/** `for step, (x, y) in loader`: what counts stands where the batch's first part is. */
function uncounted(program: Program, loop: tree.For): Found | undefined {
  const [first, batch, ...more] = loop.target.kind === 'Tuple' ? loop.target.items : [];
  if (first?.kind !== 'Name' || batch?.kind !== 'Tuple' || batch.items.length < 2 || more.length > 0)
    return undefined;
  if (!/^_?(i|j|it|iteration|step|batch_(i|id|idx|index|num|number)|counter|batch|idx)$/.test(first.id))
    return undefined;
  const uses = usesOf(loop.body, first.id);
  const isCounting =
    uses.length === 0 ||
    nodesOf(program, 'BinOp').some(
      ({ operator, left, right, span }) =>
        span.start > loop.span.start &&
        span.end <= loop.span.end &&
        ((operator === '%' && isAt(left, first.id)) ||
          (/^[+*]$/.test(operator) && isAt(left, first.id)) ||
          (operator === '+' && isAt(right, first.id))),
    );
  const isCountedElsewhere = new RegExp(`\\b\\w*loader\\w*\\s*=\\s*(enumerate|zip|list)\\(`, 'i').test(
    program.source,
  );
  if (!isCounting || isCountedElsewhere) return undefined;
  return {
    at: loop.target.span,
    message: `A loader gives batches, and no number before them: ${first.id} is the first part of the batch here. enumerate counts.`,
    evidence: [],
  };
}
