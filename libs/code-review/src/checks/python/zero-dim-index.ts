import type { LossComputed, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { errorsOf, inWords } from '../../ask/errors.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';
import { functionsAround, holds, nodesOf, statementAt, statementsOf, targetsOf } from '../../ask/tree.js';

export const zeroDimIndex: Check = {
  id: 'zero-dim-index',
  title: 'An index into a tensor of a single number',
  severity: 'error',
  why: 'Since PyTorch 0.4 a loss has no dimensions, so that loss[0] and loss.data[0] raise an IndexError.',
  instead: 'Use loss.item(), which gives the number.',
  needs: 'An index written out, of a tensor without dimensions or of what one of PyTorch’s losses gives.',
  wrong: [
    `
import torch
from somewhere import batches, net, optimizer
for one, other, alike in batches:
    apart = (net(one) - net(other)).norm(dim=1)
    loss = torch.mean(alike * apart ** 2)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(loss.data[0])  # <--
`,
    `
import torch.nn as nn
from somewhere import batches, net, optimizer
criterion = nn.CrossEntropyLoss()
total = 0
for x, y in batches:
    optimizer.zero_grad()
    loss = criterion(net(x), y)
    loss.backward()
    optimizer.step()
    total += loss.data[0]  # <--
`,
    `
import torch
w = torch.randn(3, requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
print(loss.data[0])  # <--
`,
  ],
  right: [
    `
import torch.nn as nn
from somewhere import batches, net, optimizer
criterion = nn.CrossEntropyLoss(reduction='none')
total = 0
for x, y in batches:
    losses = criterion(net(x), y)
    total += losses[0].item()
    loss = losses.mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn.functional as F
from somewhere import batches, net, optimizer
for x, y in batches:
    loss = F.cross_entropy(net(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(loss.data[0] if torch.__version__ < '0.4' else loss.item())
`,
  ],
  *run(program) {
    if (/__version__|hasattr\(/.test(program.source)) return;
    const told = new Set<number>();
    for (const error of errorsOf(program)) {
      const at = error.moment.span;
      if (at === undefined || !error.message.startsWith('invalid index of a 0-dim tensor')) continue;
      told.add(at.start);
      yield found(at, [inWords(error)]);
    }
    const losses = oneNumberLosses(program);
    if (losses.size === 0) return;
    for (const node of nodesOf(program, 'Subscript')) {
      const { value, index, span } = node;
      const name = (value.kind === 'Attribute' && value.attribute === 'data' ? value.value : value).span.text;
      const loss = losses.get(name)?.find((one) => isSameScope(program, one, span));
      const isWritten = index.kind === 'Constant' && typeof index.value === 'bigint';
      if (loss === undefined || !isWritten || told.has(span.start) || isTried(program, span)) continue;
      told.add(span.start);
      yield found(span, [places(['the loss', loss])]);
    }
  },
};

function found(at: Span, evidence: Found['evidence']): Found {
  return {
    at,
    message: 'This is a single number without dimensions, and takes no index: item() gives the number.',
    evidence,
  };
}

/** Where names are given what a loss of PyTorch's gives that is a mean or sum, and are given nothing else in that function. */
function oneNumberLosses(program: Program): ReadonlyMap<string, readonly Span[]> {
  const named = new Map<string, Span[]>();
  for (const loss of eventsOf(program, 'loss')) {
    const { span } = loss.moment;
    const statement = span && statementAt(program, span);
    if (span === undefined || statement?.kind !== 'Assign' || statement.value.span.text !== span.text)
      continue;
    const [name] = targetsOf(statement);
    if (name === undefined || !isOneNumber(loss)) continue;
    const others = statementsOf(program).filter(
      (one) => targetsOf(one).includes(name) && isSameScope(program, one.span, statement.span),
    );
    if (others.length === 1) named.set(name, [...(named.get(name) ?? []), statement.span]);
  }
  for (const { on, moment } of backwardsOf(program)) {
    const [, name = ''] = /^(\w+)\.backward\(/.exec(moment.span?.text ?? '') ?? [];
    const at = moment.span;
    if (on === undefined || at === undefined || name === '' || named.has(name) || !isWhole(on)) continue;
    const given = statementsOf(program).filter(
      (one) => targetsOf(one).includes(name) && isSameScope(program, one.span, at),
    );
    const [only, more] = given;
    if (only?.kind === 'Assign' && more === undefined) named.set(name, [only.span]);
  }
  return named;
}

/** Whether a value is the mean or sum of everything, whatever it is of. */
function isWhole({ made }: Value): boolean {
  if (made.kind !== 'operation' || !/^(mean|sum)$/.test(made.name)) return false;
  return made.args.positional.length === 1 && [...made.args.named.keys()].every((name) => name === 'dtype');
}

function isOneNumber({ args, module, name }: LossComputed): boolean {
  const given = module === undefined ? args.named.get('reduction') : module.layer?.config['reduction'];
  const isPlain = !args.named.has('reduce') && (module !== undefined || args.positional.length <= 2);
  return name !== 'unknown' && isPlain && (given === undefined || given === 'mean' || given === 'sum');
}

function isSameScope(program: Program, one: Span, other: Span): boolean {
  return functionsAround(program, one).at(-1) === functionsAround(program, other).at(-1);
}

/** Whether something is done in case the index is refused, or only under a condition. */
function isTried(program: Program, span: Span): boolean {
  return statementsOf(program).some((one) => one.kind === 'Try' && holds(one.span, span));
}
