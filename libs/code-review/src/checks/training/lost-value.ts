import { eachNode, namesIn } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { statementsIn, statementsOf, targetsOf, usesOf } from '../../ask/tree.js';

export const lostValue: Check = {
  id: 'lost-value',
  title: 'What was computed is overwritten before it is used',
  severity: 'warning',
  why: 'The loss or sum that was worked out counts for nothing: its name stands for something else before anything reads it.',
  instead: 'Leave out the line that overwrites it, or give that another name.',
  needs:
    'A loss, or a sum built up in a loop, whose name the next statement that speaks of it gives another value without reading it; layers in a loop that are all given the same.',
  wrong: [
    `
def train_step(decoder, state, target, optimizer, criterion):
    optimizer.zero_grad()
    loss = 0
    word = target[0]
    for t in range(1, len(target)):
        scores, state = decoder(word, state)
        loss = criterion(scores, target[t])  # <--
        word = target[t]
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, 3)

    def forward(self, x):
        out = self.fc1(x).relu()
        out = self.fc2(x).relu()  # <--
        return self.fc3(out)
`,
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.head = nn.Linear(width, 3)

    def forward(self, x):
        for layer in self.layers:
            out = layer(x).relu()  # <--
        return self.head(out)
`,
    `${PRELUDE}
def step(inputs, labels, extra):
    loss = criterion(model(inputs), labels)
    aside = criterion(model(extra), labels)
    aside = loss  # <--
    loss = loss + aside
    loss.backward()
`,
    `${PRELUDE}
def evaluate():
    model.eval()
    total = 0
    with torch.no_grad():
        for inputs, labels in loader:
            loss = F.cross_entropy(model(inputs), labels, reduction='sum')
            total += loss.item()
    total = loss.item() / len(loader.dataset)  # <--
    return total
`,
    `${PRELUDE}
def step(inputs, labels, settings):
    outputs = model(inputs)
    loss = 0.0
    if settings.smooth > 0:
        loss += settings.smooth * outputs.square().mean()
    if settings.entropy > 0:
        loss = settings.entropy * F.cross_entropy(outputs, labels)  # <--
    if settings.margin > 0:
        loss += settings.margin * F.multi_margin_loss(outputs, labels)
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `
def train_step(decoder, state, target, optimizer, criterion):
    optimizer.zero_grad()
    loss = 0
    word = target[0]
    for t in range(1, len(target)):
        scores, state = decoder(word, state)
        loss += criterion(scores, target[t])
        word = target[t]
    loss.backward()
    optimizer.step()
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(width, width), nn.Linear(width, width), nn.Linear(width, 3)

    def forward(self, x, y):
        out = self.fc1(x).relu()
        side = self.fc1(y).relu()
        out = self.fc2(out + side).relu()
        return self.fc3(out)
`,
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])

    def forward(self, x, parts):
        out = []
        for layer in self.layers:
            x = layer(x).relu()
            side = layer(x)
            out.append(side)
        for i, part in enumerate(parts):
            y = self.layers[i](part)
        return out, y
`,
    `${PRELUDE}
def step(inputs, labels, settings):
    outputs = model(inputs)
    loss = F.cross_entropy(outputs, labels)
    if settings.smooth > 0:
        loss += settings.smooth * outputs.square().mean()
    if settings.only_margin:
        loss = F.multi_margin_loss(outputs, labels)
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
def evaluate():
    model.eval()
    total = 0
    with torch.no_grad():
        for inputs, labels in loader:
            loss = F.cross_entropy(model(inputs), labels, reduction='sum')
            total += loss.item()
    total = total / len(loader.dataset)
    loss = 0
    return total, loss
`,
  ],
  *run(program) {
    for (const block of blocksIn(program.body, statementsOf(program))) {
      for (const [at, one] of block.entries()) {
        const next = block[at + 1];
        if (one.kind === 'Assign' && one.value.kind === 'Call' && isLoss(one)) {
          const over = next !== undefined && overwrites(next, targetsOf(one)[0] ?? '') ? next : undefined;
          if (over !== undefined)
            yield {
              at: over.span,
              message: `${targetsOf(one)[0] ?? ''} is given another value here, before what was computed is used.`,
              evidence: [places(['it is computed here', one.span])],
            };
        }
        if (
          next !== undefined &&
          isOfLayer(one) &&
          isOfLayer(next) &&
          overwrites(next, targetsOf(one)[0] ?? '')
        )
          yield {
            at: next.span,
            message: `${targetsOf(one)[0] ?? ''} is given another value here, before what the layer above gave is used.`,
            evidence: [places(['it is computed here', one.span])],
          };
        yield* lastStepAlone(block, at);
        yield* begunAnew(block, at);
        yield* eachFromSame(block, at);
        const loop = one.kind === 'With' && one.body.length === 1 ? one.body[0] : one;
        if (loop?.kind !== 'For') continue;
        for (const sum of loop.body) {
          if (sum.kind !== 'AugAssign' || sum.operator !== '+') continue;
          const [name = ''] = targetsOf(sum);
          // The loop itself may look at the sum as it grows.
          if (!/^\w*(loss|acc|correct|total|sum|avg)\w*$/i.test(name) || usesOf(loop.body, name).length > 1)
            continue;
          const over = block.slice(at + 1).find((later) => namesIn(later).has(name));
          if (over === undefined || !overwrites(over, name)) continue;
          yield {
            at: over.span,
            message: `${name} is summed up above, and given another value here without the sum being read.`,
            evidence: [places(['it is summed up here', sum.span])],
          };
        }
      }
    }
  },
};

/** `out = self.act(self.fc(x))`: a name is given what layers of a network make. */
function isOfLayer(one: tree.Statement): boolean {
  return (
    one.kind === 'Assign' &&
    one.targets.length === 1 &&
    one.targets[0]?.kind === 'Name' &&
    one.value.kind === 'Call' &&
    /^self\.\w*(fc|conv|lin|layer|bn|norm|relu|act|nl|drop|pool|rnn|lstm|gru|attn|block)\w*\(/i.test(
      one.value.span.text,
    )
  );
}

/** The loss of each step of a sequence, with backward() after the steps: that of the last alone goes back. */
function* lastStepAlone(block: readonly tree.Statement[], at: number): Generator<Found> {
  const loop = block[at];
  if (loop?.kind !== 'For' || loop.target.kind !== 'Name' || !loop.iterable.span.text.startsWith('range('))
    return;
  const step = loop.target.id;
  for (const loss of loop.body) {
    if (loss.kind !== 'Assign' || loss.value.kind !== 'Call' || !isLoss(loss)) continue;
    const [name = ''] = targetsOf(loss);
    // Of one step's target, of a state that goes from step to step.
    if (
      namesIn(loss.value).has(name) ||
      !new RegExp(String.raw`\[[^\]]*\b${step}\b[^\]]*\]`).test(loss.value.span.text)
    )
      continue;
    const isCarriedOn = loop.body.some(
      (one) =>
        one.kind === 'Assign' &&
        one.value.kind === 'Call' &&
        one.value.args.some(({ kind, span }) => kind === 'Name' && targetsOf(one).includes(span.text)),
    );
    if (!isCarriedOn || usesOf(loop.body, name).length > 1) continue;
    const back = block
      .slice(at + 1, at + 4)
      .find(({ kind, span }) => kind === 'Expr' && span.text.startsWith(`${name}.backward(`));
    if (back === undefined) continue;
    yield {
      at: loss.span,
      message: `${name} is that of the last step when backward() is called: those of all others are lost.`,
      evidence: [places(['backward() is called here', back.span])],
    };
  }
}

/** A sum of terms under conditions, begun at 0, that one of the conditions in the middle begins anew. */
function* begunAnew(block: readonly tree.Statement[], at: number): Generator<Found> {
  const one = block[at];
  if (one?.kind !== 'If' || one.orElse.length > 0) return;
  for (const anew of one.body) {
    const [name = ''] = targetsOf(anew);
    if (!/^(self\.)?\w*(loss|cost|total|reward|penalty)\w*$/i.test(name) || !overwrites(anew, name)) continue;
    if (block.some((other) => other.kind === 'If' && other !== one && other.orElse.length > 0)) continue;
    const begun = block.slice(0, at).findLast((other) => targetsOf(other).includes(name));
    if (begun?.kind !== 'Assign' || !/^0(\.0*)?$/.test(begun.value.span.text)) continue;
    const isAdded = (other: tree.Statement): boolean =>
      other.kind === 'If' &&
      other.body.some(
        (part) => part.kind === 'AugAssign' && part.operator === '+' && targetsOf(part).includes(name),
      );
    const added = block.slice(block.indexOf(begun), at).find(isAdded);
    if (added === undefined || !block.slice(at + 1).some(isAdded) || anew.span.start < added.span.end)
      continue;
    // Whoever asks whether there was a term before knows what it does.
    if (namesIn(one.test).has(name)) continue;
    yield {
      at: anew.span,
      message: `${name} is begun anew here: the terms that were added to it before are lost.`,
      evidence: [places(['a term is added here', added.span])],
    };
  }
}

/** Layers in a loop that are each given what the first was given: only what the last makes of it is used. */
function* eachFromSame(block: readonly tree.Statement[], at: number): Generator<Found> {
  const loop = block[at];
  if (loop?.kind !== 'For' || loop.target.kind !== 'Name') return;
  const each = loop.target.id;
  const inside = statementsIn(loop.body);
  if (inside.some(({ kind }) => !/^(Assign|Expr|Pass)$/.test(kind))) return;
  const bound = new Set(inside.flatMap((one) => targetsOf(one)));
  for (const made of loop.body) {
    const [name = ''] = targetsOf(made);
    if (made.kind !== 'Assign' || !/^\w+$/.test(name) || usesOf(loop.body, name).length > 1) continue;
    let given: tree.Call | undefined;
    eachNode(made.value, (node) => {
      if (node.kind === 'Call' && isLayerOf(node.callee, each, loop.iterable)) given ??= node;
    });
    if (given === undefined || given.args.length === 0) continue;
    const fed = given.args.flatMap((arg) => [...namesIn(arg)]);
    if (fed.some((one) => one === each || bound.has(one))) continue;
    if (!block.slice(at + 1).some((later) => namesIn(later).has(name))) continue;
    yield {
      at: made.span,
      message: `Each layer of this loop is given ${given.args[0]?.span.text ?? ''} itself, and ${name} is what the last of them makes of it.`,
      evidence: [places(['the loop', loop.iterable.span])],
    };
  }
}

/** `self.layers[i]`, or `layer` of `for layer in self.layers`. */
function isLayerOf(
  { kind, span: { text } }: tree.Expression,
  each: string,
  iterable: tree.Expression,
): boolean {
  const LAYERS = /^self\.\w*(layer|block|fc|conv|lin|cell|stage|hidden|encoder|decoder|attn)\w*$/i;
  if (kind === 'Name') return text === each && LAYERS.test(iterable.span.text);
  return kind === 'Subscript' && text.endsWith(`[${each}]`) && LAYERS.test(text.slice(0, -each.length - 2));
}

/** The bodies of a program: statements that follow each other. */
function* blocksIn(
  body: readonly tree.Statement[],
  statements: readonly tree.Statement[],
): Generator<readonly tree.Statement[]> {
  yield body;
  for (const one of statements) {
    if ('body' in one && Array.isArray(one.body)) yield one.body;
    if ('orElse' in one && Array.isArray(one.orElse)) yield one.orElse;
  }
}

function isLoss(one: tree.Assign): boolean {
  const [name = ''] = targetsOf(one);
  return (
    one.targets.length === 1 && one.targets[0]?.kind === 'Name' && /loss|error|penalty|aside/i.test(name)
  );
}

/** Whether a statement gives a name a value that does not come of it, and is no plain start from nothing. */
function overwrites(one: tree.Statement, name: string): boolean {
  if (one.kind !== 'Assign' || one.targets.length !== 1 || one.targets[0]?.span.text !== name) return false;
  return !namesIn(one.value).has(name) && one.value.kind !== 'Constant' && !/^\d/.test(one.value.span.text);
}
