import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { torchCalls, writtenArgument } from '../../ask/torch-calls.js';
import { nodesOf, statementsOf } from '../../ask/tree.js';
import { functionAt, isWrittenTensor, onlyGiving } from '../../ask/written-kinds.js';

const LOOP = (taken: string, used = '(predicted == labels).sum().item()'): string => `
import torch
from somewhere import net, test_loader
right = 0
with torch.no_grad():
    for images, labels in test_loader:
        outputs = net(images)
        ${taken}
        right += ${used}
`;

export const largestPair: Check = {
  id: 'largest-pair',
  title: 'Values and places taken for one another',
  severity: 'error',
  why: 'With a dimension torch.max gives a pair, the values and where they stand; without one it gives a single number, which has no parts.',
  instead:
    'Give the dimension and take both, _, predicted = torch.max(outputs, 1), or outputs.argmax(dim=1) for the places alone.',
  needs:
    'torch.max, min, median, sort or topk, or a method of that name on a tensor, and what is done with what it gives.',
  wrong: [
    LOOP('_, predicted = torch.max(outputs)  # <--'),
    LOOP('predicted = torch.max(outputs, 1)  # <--'),
    LOOP('predicted = outputs.data.max(1)  # <--', 'predicted.eq(labels).sum().item()'),
    LOOP('predicted = torch.max(outputs)[1]  # <--'),
  ],
  right: [
    LOOP('_, predicted = torch.max(outputs, 1)'),
    LOOP('predicted = torch.max(outputs, 1)[1]'),
    LOOP('best = torch.max(outputs, 1)', '(best.indices == labels).sum().item()'),
    LOOP('best = torch.max(outputs, 1)', '(best[1] == labels).sum().item()'),
    `
import torch

def bounds(x, y):
    most = torch.max(x, y)
    least = torch.min(x)
    if (most == x).all():
        most, place = torch.max(x, 0)
    return most.size(0), least.item()
`,
  ],
  *run(program) {
    if (!program.source.includes('torch')) return;
    for (const one of reductionsOf(program)) {
      if (one.gives === 'number') {
        const at = takenApart(program, one.call);
        if (at !== undefined)
          yield {
            at: one.call.span,
            message: `${one.name} without a dimension gives one number, of which no parts can be taken.`,
            evidence: [],
          };
        continue;
      }
      const used = usedAsOne(program, one.call);
      if (used !== undefined)
        yield {
          at: one.call.span,
          message: `${one.name} with a dimension gives a pair of values and places, which is used here as if it were one tensor.`,
          evidence: [places(['used as one tensor', used.span])],
        };
    }
  },
};

interface Reduction {
  readonly call: tree.Call;
  readonly name: string;
  readonly gives: 'pair' | 'number';
}

const NAMES = /^(max|min|median|sort|topk|mode|kthvalue)$/;

/** The calls of torch.max and its like of which it is written what they give. */
function* reductionsOf(program: Program): Generator<Reduction> {
  for (const { call, path } of torchCalls(program)) {
    const name = /^torch\.(\w+)$/.exec(path)?.[1];
    if (name === undefined || !NAMES.test(name)) continue;
    const gives = given(name, call, 1);
    if (gives !== undefined) yield { call, name: `torch.${name}`, gives };
  }
  for (const call of nodesOf(program, 'Call')) {
    const { callee } = call;
    if (callee.kind !== 'Attribute' || !/^(max|min|topk)$/.test(callee.attribute)) continue;
    const of = callee.value;
    const isOfData = of.kind === 'Attribute' && of.attribute === 'data' && of.value.kind === 'Name';
    if (!isOfData && !isWrittenTensor(program, of)) continue;
    const gives = given(callee.attribute, call, 0);
    if (gives !== undefined) yield { call, name: callee.attribute, gives };
  }
}

/** What such a call gives: of a pair the dimension is written as a number, for two tensors may be compared too. */
function given(name: string, call: tree.Call, at: number): Reduction['gives'] | undefined {
  const { args, keywords } = call;
  if (args.some(({ kind }) => kind === 'Starred')) return undefined;
  if (args.length === at && keywords.length === 0)
    return /^(max|min|median)$/.test(name) ? 'number' : /^(sort|mode)$/.test(name) ? 'pair' : undefined;
  if (keywords.some((one) => one.name === 'out' || one.name === undefined || one.name === 'axis'))
    return undefined;
  if (/^(topk|kthvalue|sort|mode)$/.test(name)) return 'pair';
  const dim = writtenArgument(call, at, 'dim');
  const number = dim?.kind === 'UnaryOp' && dim.operator === '-' ? dim.operand : dim;
  return number?.kind === 'Constant' && typeof number.value === 'bigint' ? 'pair' : undefined;
}

/** Where parts are taken of what a call gives: it is unpacked, or indexed at once. */
function takenApart(program: Program, call: tree.Call): tree.Statement | tree.Expression | undefined {
  const unpacked = statementsOf(program).find(
    (one) =>
      one.kind === 'Assign' &&
      one.value === call &&
      one.targets.some((target) => target.kind === 'Tuple' && target.items.length > 1),
  );
  if (unpacked !== undefined) return unpacked;
  return nodesOf(program, 'Subscript').find(
    ({ value, index }) => value === call && index.kind === 'Constant' && typeof index.value === 'bigint',
  );
}

/** What tensors have and pairs of them do not. */
const OF_ONE =
  /^(item|cpu|cuda|numpy|eq|squeeze|unsqueeze|view|view_as|to|float|long|int|sum|size|shape|data|detach|tolist|flatten|mean|argmax|reshape)$/;

/** Where the pair is used as if it were one tensor. */
function usedAsOne(program: Program, call: tree.Call): tree.Expression | undefined {
  const direct = nodesOf(program, 'Attribute').find(
    ({ value, attribute }) => value === call && OF_ONE.test(attribute),
  );
  if (direct !== undefined) return direct;
  const kept = statementsOf(program).find((one) => one.kind === 'Assign' && one.value === call);
  const [target] = kept?.kind === 'Assign' ? kept.targets : [];
  if (kept === undefined || target?.kind !== 'Name' || onlyGiving(program, target.id, kept.span) !== kept)
    return undefined;
  const scope = functionAt(program, kept.span);
  const isIt = (node: tree.Expression | undefined): boolean =>
    node?.kind === 'Name' && node.id === target.id && functionAt(program, node.span) === scope;
  const attribute = nodesOf(program, 'Attribute').find(
    (one) => OF_ONE.test(one.attribute) && isIt(one.value) && one.span.start > kept.span.start,
  );
  if (attribute !== undefined) return attribute;
  return nodesOf(program, 'Compare').find(
    ({ left, operators, comparators, span }) =>
      operators[0] === '==' && span.start > kept.span.start && (isIt(left) || isIt(comparators[0])),
  );
}
