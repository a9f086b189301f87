import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { answersKept, asked, bestAsked, questionsIn, trains } from '../../ask/best.js';
import type { Loop } from '../../ask/best.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { holds, loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const END = `
    model.eval()
    with torch.no_grad():
        score = sum(criterion(model(inputs), labels).item() for inputs, labels in held_out)
    model.train()
`;

export const LOOP = `${PRELUDE}
import copy
held_out = DataLoader(TensorDataset(torch.randn(64, 20), torch.randint(0, 3, (64,))), batch_size=32)
best, waited = float('inf'), 0
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
${END}`;

export const bestNotUpdated: Check = {
  id: 'best-not-updated',
  title: 'The best figure so far is never kept',
  severity: 'warning',
  why: 'Every epoch is compared with the figure to begin with, so that the last is taken for the best and nothing stops early.',
  instead: 'Set it to the new figure where that is better.',
  needs:
    'A condition in a loop that trains, which compares with a name that says best and that nothing in the loop sets.',
  wrong: [
    `${LOOP}
    if score < best:  # <--
        waited = 0
        torch.save(model.state_dict(), 'best.pt')
    else:
        waited += 1
`,
    `${LOOP}
    is_best = score < best  # <--
    if is_best:
        torch.save(model.state_dict(), 'best.pt')
`,
  ],
  right: [
    `${LOOP}
    is_best = score < best
    best = min(score, best)
    if is_best:
        torch.save(model.state_dict(), 'best.pt')
`,
    `${LOOP}
    if score < best:
        best = score
        torch.save(model.state_dict(), 'best.pt')
    if score < 0.1:
        break
`,
    `${LOOP.replace("best, waited = float('inf'), 0", 'min_loss = 0.8')}
    if score < min_loss:
        torch.save(model.state_dict(), f'epoch{epoch}.pt')
`,
  ],
  *run(program) {
    for (const { loop, at, does, best } of [...questionsIn(program)]
      .map(asked)
      .concat(answersKept(program))) {
      if (!/^(self\.)?\w+$/.test(best)) continue;
      if (!/save|state_dict|deepcopy|=\s*0\b/.test(does)) continue;
      const isSet = (statement: tree.Statement): boolean => targetsOf(statement).includes(best);
      const outer = outermost(program, loop);
      if (statementsIn(outer.body).some(isSet)) continue;
      if (best.startsWith('self.') && statementsOf(program).filter(isSet).length !== 1) continue;
      const start = statementsOf(program).find(
        (statement) =>
          isSet(statement) && (best.startsWith('self.') || statement.span.end <= outer.span.start),
      );
      if (
        start === undefined ||
        !isBeginning(best, start) ||
        new RegExp(String.raw`:=|\b(global|nonlocal)\b.*\b${best}\b`).test(program.source)
      )
        continue;
      yield {
        at,
        message: `${best} is compared with here and set nowhere in the loop: it stays what it was at the start.`,
        evidence: [places(['it is set here', start.span])],
      };
    }
  },
};

/** Whether a figure starts with what any other beats, and is no mark that was set to be reached. */
function isBeginning(best: string, start: tree.Statement): boolean {
  if (start.kind !== 'Assign') return true;
  const text = (valueGiven(start, best)?.span.text ?? '').replaceAll(/\s|_/g, '');
  if (/inf|maxsize|None|^-/i.test(text) || /^0*\.?0*(e\d+)?$/.test(text)) return true;
  const number = Number(text);
  if (!Number.isFinite(number)) return false;
  return number >= 1000 || (/best/i.test(best) && number >= 1);
}

export const bestReversed: Check = {
  id: 'best-reversed',
  title: 'The best so far is never beaten',
  severity: 'warning',
  why: 'Nothing is larger than infinity: the condition never holds, and nothing is ever kept or saved.',
  instead:
    'Ask for smaller where it begins with infinity, and for larger where it begins with minus infinity.',
  needs: 'A best figure that begins as infinity and is asked whether it is exceeded.',
  wrong: [
    `${LOOP}
    if score > best:  # <--
        best = score
        torch.save(model.state_dict(), 'best.pt')
`,
    `${LOOP.replace("best, waited = float('inf'), 0", 'best_acc = 0.0')}
    acc = 1 / (1 + score)
    if epoch > 1 and acc < best_acc:  # <--
        best_acc = acc
        torch.save(model.state_dict(), 'best.pt')
`,
    `
import torch
from parts import folds, network, trained, measured
for train_rows, rows in folds():
    best_score, net = 0.0, network()
    for epoch in range(10):
        trained(net, train_rows)
        score = measured(net, rows)
        if score < best_score:  # <--
            best_score = score
            torch.save(net.state_dict(), 'best.pt')
`,
    `${LOOP.replace("best, waited = float('inf'), 0", 'best_acc = 100.0')}
    acc = 1 / (1 + score)
    if acc > best_acc:  # <--
        best_acc = acc
        torch.save(model.state_dict(), 'best.pt')
`,
  ],
  right: [
    `${LOOP}
    if score < best:
        best = score
        torch.save(model.state_dict(), 'best.pt')
    elif score > best:
        waited += 1
`,
  ],
  *run(program) {
    for (const { loop, asks, best } of questionsIn(program)) {
      const test = comparisonWith(asks.test, best);
      if (test === undefined) continue;
      const [right] = test.comparators;
      const isLeft = test.left.span.text === best;
      if (!isLeft && right?.span.text !== best) continue;
      const asksForMore = (test.operators[0]?.startsWith('>') === true) !== isLeft;
      // Begun anew for each part of a cross-validation, it is set inside of the loop around the epochs.
      const epochs = loopsOf(program).findLast((one) => trains(one) && holds(one.span, asks.span)) ?? loop;
      const isBegun = (one: tree.Statement, before: Loop): boolean =>
        one.span.end <= before.span.start && targetsOf(one).includes(best);
      const around = outermost(program, loop);
      const outside = statementsOf(program).filter((one) => isBegun(one, around));
      const starts =
        outside.length > 0 ? outside : statementsIn(loop.body).filter((one) => isBegun(one, epochs));
      const [start] = starts;
      const begun = starts.length === 1 && start?.kind === 'Assign' ? valueGiven(start, best) : undefined;
      const sign =
        /^(-?)\s*(float\(\s*['"](-?)inf(inity)?['"]\s*\)|(np|math|torch|numpy)\.inf|\d{6,}(\.0*)?|9{3,}(\.\d*)?|\d(\.\d*)?e\+?([6-9]|\d\d)|sys\.maxsize)$/i.exec(
          begun?.span.text ?? '',
        );
      if (start === undefined) continue;
      const isNeverBelow =
        !asksForMore &&
        /^0(\.0*)?$/.test(begun?.span.text ?? '') &&
        (NEVER_BELOW_0.test(best) || (/loss/i.test(best) && areLossesAbove0(program)));
      if (isNeverBelow && statementsIn(asks.body).some((one) => targetsOf(one).includes(best))) {
        yield {
          at: test.span,
          message: `${best} begins as 0, and nothing of its kind is less: this never holds.`,
          evidence: [places(['it begins here', start.span])],
        };
        continue;
      }
      if (asksForMore && Number(begun?.span.text) >= 100 && NEVER_ABOVE_100.test(best)) {
        yield {
          at: test.span,
          message: `${best} begins as ${begun?.span.text}, and nothing of its kind is more than 1, or 100 %: this never holds.`,
          evidence: [places(['it begins here', start.span])],
        };
        continue;
      }
      if (sign === null) continue;
      const isMinus = sign[1] === '-' || sign[3] === '-';
      if (asksForMore === isMinus || !statementsIn(asks.body).some((one) => targetsOf(one).includes(best)))
        continue;
      yield {
        at: test.span,
        message: `${best} begins as ${sign[5] === undefined && /inf/i.test(sign[0]) ? (isMinus ? 'minus infinity' : 'infinity') : sign[0]}, and this never holds.`,
        evidence: [places(['it begins here', start.span])],
      };
    }
  },
};

/** Figures that are 0 at the least, and the better the larger they are. */
const NEVER_BELOW_0 =
  /(^|_)(acc|accuracy|f1|iou|miou|dice|auc|map|psnr|bleu|precision|recall|scores?|mse|rmse|mae|cer|wer)(_|$)/i;

/** Whether all losses that a program speaks of are squares, absolute values or entropies, of which none is below 0. */
function areLossesAbove0({ source }: Program): boolean {
  return (
    /\b(CrossEntropy|MSE|L1|SmoothL1|BCE|BCEWithLogits)Loss\(|\.(cross_entropy|mse_loss|binary_cross_entropy)/.test(
      source,
    ) &&
    !/kl_?d|elbo|log_prob|wasserstein|critic|gaussian|policy|reward|contrast|cosine|nll|-\s*loss|loss\s*=\s*-/i.test(
      source,
    )
  );
}

/** Shares, and figures between 0 and 1, or 0 and 100 %. */
const NEVER_ABOVE_100 = /(^|_)(acc|accuracy|f1|iou|miou|dice|auc|precision|recall)(_|$)/i;

/** The one comparison with the best so far, by itself or joined to other conditions by `and`. */
function comparisonWith(test: tree.Expression, best: string): tree.Comparison | undefined {
  if (test.kind === 'Compare')
    return test.operators.length === 1 &&
      (test.left.span.text === best || test.comparators[0]?.span.text === best)
      ? test
      : undefined;
  if (test.kind !== 'BoolOp' || test.operator !== 'and') return undefined;
  const found = test.values.flatMap((one) => comparisonWith(one, best) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

/** What an assignment gives a name, by itself or among others. */
function valueGiven({ targets, value }: tree.Assign, name: string): tree.Expression | undefined {
  const [target] = targets;
  if (target?.span.text === name) return value;
  if (target?.kind !== 'Tuple' || value.kind !== 'Tuple') return undefined;
  return value.items[target.items.findIndex(({ span }) => span.text === name)];
}

/** The outermost loop around a loop. */
function outermost(program: Program, loop: Loop): Loop {
  return loopsOf(program).find(({ span }) => holds(span, loop.span)) ?? loop;
}

export const bestNotCopied: Check = {
  id: 'best-not-copied',
  title: 'The best weights are kept without a copy',
  severity: 'warning',
  why: 'state_dict() gives the weights themselves, not a copy: training goes on in them, and what is loaded at the end is the last epoch, not the best.',
  instead: 'Keep copy.deepcopy(model.state_dict()), or save it to a file at once.',
  needs:
    'Weights of a network that are kept in a loop that trains, and that are loaded, saved or used after it.',
  wrong: [
    `${LOOP}
    if score < best:
        best, kept = score, model.state_dict()  # <--
model.load_state_dict(kept)
`,
    `${LOOP}
    if score < best:
        best = score
        best_weights = model.state_dict()  # <--
model.load_state_dict(best_weights)
`,
    `${LOOP}
    if score < best:
        best = score
        best_weights = model.state_dict().copy()  # <--
model.load_state_dict(best_weights)
`,
    `${LOOP}
    if score < best:
        best = score
        best_model = model  # <--
print(best_model(X[:1]))
`,
  ],
  right: [
    `${LOOP}
    if score < best:
        best = score
        best_weights = copy.deepcopy(model.state_dict())
        best_model = copy.deepcopy(model)
model.load_state_dict(best_weights)
print(best_model(X[:1]))
`,
    `${LOOP}
    if score < best:
        best = score
        best_weights = model.state_dict()
        torch.save(best_weights, 'best.pt')
model.load_state_dict(torch.load('best.pt'))
`,
    // Of several networks the best is kept, and none of them is trained any more.
    `${PRELUDE}
def trained(net, rate):
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(net(inputs), labels)
        loss.backward()
        optimizer.step()
    return loss.item()

best = float('inf')
for rate in (0.1, 0.01):
    net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 3))
    score = trained(net, rate)
    if score < best:
        best, best_net, best_weights = score, net, net.state_dict()
        best_net = net
        best_weights = net.state_dict()
print(best_net(X[:1]), best_weights)
`,
  ],
  *run(program) {
    const statements = statementsOf(program);
    for (const asks of statements) {
      if (asks.kind !== 'If' || bestAsked(asks.test) === undefined) continue;
      const loop = loopsOf(program).find((one) => trains(one) && holds(one.span, asks.span));
      for (const kept of statementsIn(asks.body).flatMap(assignedOneByOne)) {
        const [target] = targetsOf(kept);
        // A method that is called once an epoch, of something that keeps the best, has its loop elsewhere.
        const isAttribute = target?.startsWith('self.') === true;
        if (target === undefined || (loop === undefined && !isAttribute) || !keepsTheSame(program, kept))
          continue;
        if (
          isMadeEachTurn(program, asks, kept) ||
          /^(break|return)\b/.test(asks.body.at(-1)?.span.text ?? '')
        )
          continue;
        const end = loop?.span.end ?? asks.span.end;
        const used = useOf(program, target, (at) =>
          isAttribute ? at < asks.span.start || at >= asks.span.end : at >= end,
        );
        if (used === undefined) continue;
        yield {
          at: kept.span,
          message: `${target} is the network's own weights, which training goes on to change, and no copy of them.`,
          evidence: [places(['it is used as the best here', used])],
        };
      }
    }
  },
};

/** `best, kept = score, net.state_dict()` as one assignment for each name. */
function assignedOneByOne(statement: tree.Statement): readonly tree.Assign[] {
  if (statement.kind !== 'Assign') return [];
  const [target, ...more] = statement.targets;
  const { value } = statement;
  if (target?.kind !== 'Tuple' || value.kind !== 'Tuple' || more.length > 0) return [statement];
  return target.items.flatMap((one, at) => {
    const given = value.items[at];
    return given === undefined ? [] : [{ ...statement, targets: [one], value: given }];
  });
}

/** Whether the network is another in every turn of the loop, as in a search for the best of several. */
function isMadeEachTurn(program: Program, asks: tree.If, { value }: tree.Assign): boolean {
  const network = /^[\w.]+?(?=\.(module\.)?state_dict\(|$)/.exec(value.span.text)?.[0];
  const loop = loopsOf(program).findLast(({ span }) => holds(span, asks.span));
  return (
    loop !== undefined &&
    network !== undefined &&
    statementsIn(loop.body).some((one) => one.kind === 'Assign' && targetsOf(one).includes(network))
  );
}

/** Whether what is kept is a network or its weights, and not a copy. */
function keepsTheSame(program: Program, { targets, value: given }: tree.Assign): boolean {
  const value = withinCopy(given);
  if (value.kind === 'Call')
    return (
      value.callee.kind === 'Attribute' &&
      value.callee.attribute === 'state_dict' &&
      value.args.length === 0 &&
      !/optim|sched|^opt/i.test(value.callee.span.text)
    );
  const [target] = targets;
  if (value.kind !== 'Name' || target === undefined || !/best/i.test(target.span.text)) return false;
  return new RegExp(String.raw`\b${value.id}\.(parameters|train|eval|state_dict)\(`).test(program.source);
}

/** What a copy is made of that is another dict of the very same tensors: `weights.copy()`, `dict(weights)`, `copy.copy(weights)`. */
function withinCopy(value: tree.Expression): tree.Expression {
  if (value.kind !== 'Call') return value;
  const { callee, args } = value;
  const [of] = args;
  if (callee.kind === 'Attribute' && callee.attribute === 'copy' && args.length === 0) return callee.value;
  return of !== undefined && args.length === 1 && /^(dict|OrderedDict|copy\.copy)$/.test(callee.span.text)
    ? of
    : value;
}

/** Where what was kept is loaded, saved, given back or called, at a place that counts. */
function useOf(
  program: Program,
  target: string,
  counts: (at: number) => boolean,
): tree.Expression['span'] | undefined {
  let found: tree.Expression['span'] | undefined;
  eachNode(program.body, (node) => {
    if (node.kind !== 'Name' && node.kind !== 'Attribute') return;
    if (found === undefined && node.span.text === target && counts(node.span.start)) found = node.span;
  });
  return found;
}
