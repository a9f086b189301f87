import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, eachAncestor, makerOf } from '../../ask/ancestry.js';
import { isLabel, isMeasure, mayReachParameters } from '../../ask/gradients.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';
import { learnerBehind } from '../../ask/learners.js';
import { hasLearned } from '../parameters/learned.js';

const STEP = (penalty: string): string => `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    ${penalty}
    loss.backward()
    optimizer.step()
`;

const DISTIL = (given: string): string => `${PRELUDE}
import torch.nn.functional as F
large = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
large.load_state_dict(torch.load('large.pt'))
large.eval()
for inputs, labels in loader:
    with torch.no_grad():
        wanted = large(inputs)
    outputs = model(inputs)
    told = F.kl_div(F.log_softmax(${given} / 5, dim=1), F.softmax(wanted / 5, dim=1), reduction='batchmean')  # <--
    loss = criterion(outputs, labels) + 25 * told
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

/** What gives a value without its history. */
const CUTTERS = /^(detach|item|numpy|tolist|data|tensor|as_tensor|__float__)$/;

export const termCut: Check = {
  id: 'term-cut',
  title: 'A term of the loss that teaches nothing',
  severity: 'warning',
  why: 'item(), detach() and data give a number without its history: added to a loss, it changes what is shown and no gradient.',
  instead: 'Add the term as the tensor that it is; take its number only to show it.',
  needs:
    'A sum whose backward() is called, one term of which comes of a network only by way of such a value, or of what was computed without gradients.',
  wrong: [
    `
import torch.nn as nn

def train(net, judge, batches, optimizer, alone):
    near, fooled = nn.L1Loss(), nn.BCEWithLogitsLoss()
    net.train()
    judge.train()
    for x, y, code in batches:
        net.zero_grad()
        out, inner = net(x)
        term = 0
        if not alone:
            term = fooled(judge(inner), code).detach().item()  # <--
        loss = near(out, y)
        if not alone:
            loss = loss + term
        loss.backward()
        optimizer.step()
`,
    `
import torch.nn.functional as F

def update(model, optimizer, states, actions, returns):
    scores, values = model(states)
    policy = F.cross_entropy(scores, actions)
    fitted = F.mse_loss(values.squeeze(-1).detach(), returns)  # <--
    loss = policy + 0.5 * fitted
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    STEP('loss = loss + 1e-4 * sum(p.abs().sum().item() for p in model.parameters())  # <--'),
    STEP('loss = loss + 1e-4 * sum(p.data.pow(2).sum() for p in model.parameters())  # <--'),
    DISTIL('wanted'),
  ],
  right: [
    STEP('loss = loss + 1e-4 * sum(p.abs().sum() for p in model.parameters())'),
    STEP('loss = loss / loss.detach() + (loss * loss.detach())'),
    STEP('print(loss.item() + 1.0)'),
    DISTIL('outputs').replace('  # <--', ''),
  ],
  *run(program) {
    if (!/\.(item|detach|data|numpy|tolist)\b|tensor\(|no_grad/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program)) {
      if (on === undefined) continue;
      const terms = termsOf(on);
      if (terms.length < 2 || !terms.some((term) => mayReachParameters(term))) continue;
      for (const term of terms) {
        const cutter = cutterOf(program, term);
        if (cutter === undefined && term.span !== undefined && isConstant(term)) {
          if (seen.has(term.span.start) || term.span.source.file !== program.file) continue;
          seen.add(term.span.start);
          yield {
            at: term.span,
            message:
              'All that this term of the loss is made of was computed without gradients: it is a mere number.',
            evidence: [places(['the loss', on.span])],
          };
          continue;
        }
        const at = cutter?.span;
        if (cutter === undefined || at === undefined || seen.has(at.start)) continue;
        if (at.source.file !== program.file) continue;
        seen.add(at.start);
        yield {
          at,
          message: `${makerOf(cutter)} leaves a plain number of this term of the loss: no gradient comes of it.`,
          evidence: [places(['the loss', on.span])],
        };
      }
    }
  },
};

/** A setting of another file, such as a weight of a loss: a number. */
function isSetting({ made }: Value): boolean {
  return (
    (made.kind === 'attribute' || made.kind === 'argument') &&
    (/^[A-Z][A-Z0-9_]+$/.test(made.name) ||
      /(^|_)(w|weight|lambda|lamda|lam|alpha|beta|coef|coeff)(_|$)/i.test(made.name))
  );
}

function isLearnedAt(program: Program, value: Value): boolean {
  const { made, gradients, requiresGrad } = value;
  if (!gradients) return false;
  if (made.kind === 'parameter') return requiresGrad !== false;
  if (made.kind === 'layer' || made.kind === 'module') return hasLearned(made.module);
  if (isOfGivenNetwork(value)) return true;
  return learnerBehind(program, value) !== undefined;
}

/** What a network gives that a function is handed by whoever calls it. */
function isOfGivenNetwork({ made }: Value): boolean {
  if (made.kind !== 'operation' || made.name !== 'call') return false;
  const [network] = made.args.positional;
  return isValue(network) && network.made.kind === 'argument' && network.made.role === 'network';
}

/** What is added up to a loss, with factors that are numbers left out. */
function termsOf(loss: Value): Value[] {
  const found: Value[] = [];
  const pending: { value: Value; depth: number }[] = [{ value: loss, depth: 0 }];
  while (pending.length > 0 && found.length < 200) {
    const next = pending.pop();
    if (next === undefined) break;
    const { value, depth } = next;
    const name = makerOf(value);
    const isScalar = value.shape === undefined || value.shape.length === 0;
    const isSum = /^(add|sub)$/.test(name) && value.inputs.length >= 1;
    const factors = value.inputs.filter((input) => !isSetting(input));
    const isScaled = /^(mul|div|truediv|neg)$/.test(name) && factors.length === 1;
    if (depth < 60 && isScalar && (isSum || isScaled))
      pending.push(...factors.map((input) => ({ value: input, depth: depth + 1 })));
    else found.push(value);
  }
  return found;
}

/** Where a term that has no gradients was cut off from what learns; undefined where it has some or nothing learns above. */
function cutterOf(program: Program, term: Value): Value | undefined {
  if (!term.gradients || (!CUTTERS.test(makerOf(term)) && mayReachParameters(term))) return undefined;
  let found: Value | undefined;
  let isOther = false;
  eachAncestor(term, (value) => {
    if (CUTTERS.test(makerOf(value)) && value.inputs.length > 0) {
      if (value.inputs.some((input) => isLearnedHere(program, input))) found ??= value;
      return false;
    }
    if (isSetting(value) || /^(shape|size|zeros_like|ones_like)$/.test(makerOf(value))) return false;
    if (isMeasure(value) || (value.made.kind === 'argument' && value.made.role === 'loader')) return false;
    // Penalties on gradients have a history of their own, which is not followed here.
    isOther ||=
      value.made.kind === 'unknown' ||
      (value.made.kind === 'argument' && !isLabel(value.made.name)) ||
      makerOf(value) === 'grad';
    return value.gradients;
  });
  return isOther ? undefined : found;
}

/** Whether a term is computed, with gradients kept, of nothing but what a network gave without. */
function isConstant(term: Value): boolean {
  if (!term.gradients || term.requiresGrad === true || mayReachParameters(term)) return false;
  let isOfNetwork = false;
  let isOther = false;
  eachAncestor(term, (value) => {
    const { made, gradients } = value;
    if (!gradients) {
      isOfNetwork ||= comesOf(value, ({ made: by }) => by.kind === 'layer' && hasLearned(by.module));
      return false;
    }
    isOther ||=
      made.kind === 'unknown' || made.kind === 'argument' || made.kind === 'batch' || isSetting(value);
    return true;
  });
  return isOfNetwork && !isOther;
}

/** Whether a value comes, with gradients kept, of parameters or of a layer that learns. */
function isLearnedHere(program: Program, input: Value): boolean {
  return isValue(input) && input.gradients && comesOf(input, (value) => isLearnedAt(program, value));
}
