import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { functionsAround, loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const SUM = `${PRELUDE}
model.eval()
total = 0.0
with torch.no_grad():
    for inputs, labels in loader:
        total += criterion(model(inputs), labels).item()
`;

export const metricDividedEarly: Check = {
  id: 'metric-divided-early',
  title: 'A sum is divided each time something is added',
  severity: 'warning',
  why: 'Divided by the number of batches in every turn, all but the last addition have as good as vanished.',
  instead: 'Divide once, after the loop.',
  needs: 'A sum in a loop that the same turn divides by the length of what the loop goes over.',
  wrong: [
    `${SUM}        total /= len(loader)  # <--
print(total)
`,
    `${PRELUDE}
model.eval()
total = 0.0
with torch.no_grad():
    for step, (inputs, labels) in enumerate(loader):
        total += criterion(model(inputs), labels).item()
        total = total / (step + 1)  # <--
        if step == 99:
            break
print(total)
`,
  ],
  right: [
    `${SUM}total /= len(loader)
print(total)
`,
    `${PRELUDE}
model.eval()
mean = 0.0
with torch.no_grad():
    for step, (inputs, labels) in enumerate(loader):
        mean += (criterion(model(inputs), labels).item() - mean) / (step + 1)
print(mean)
`,
    `${PRELUDE}
model.eval()
with torch.no_grad():
    for step, (inputs, labels) in enumerate(loader):
        total = criterion(model(inputs), labels).item()
        total += 1e-4 * sum(float(p.detach().abs().sum()) for p in model.parameters())
        total = total / (step + 1)
        print(total)
`,
  ],
  *run(program) {
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For') continue;
      for (const divided of loop.body) {
        const by = divisorOf(divided);
        if (by === undefined || !(by.startsWith('len(') || isCountOf(loop, by))) continue;
        const [name = ''] = targetsOf(divided);
        const summed = loop.body.find(
          (one) => one.kind === 'AugAssign' && one.operator === '+' && targetsOf(one).includes(name),
        );
        const isSetBack = statementsIn(loop.body).some(
          (one) => one !== divided && one.kind === 'Assign' && targetsOf(one).includes(name),
        );
        if (summed === undefined || isSetBack || name === '') continue;
        yield {
          at: divided.span,
          message: `${name} is divided in every turn of the loop that adds to it.`,
          evidence: [places(['it is added to here', summed.span])],
        };
      }
    }
  },
};

/** What a statement divides a name by that it keeps under that name: `total /= n`, `total = total / n`. */
function divisorOf(statement: tree.Statement): string | undefined {
  if (statement.kind === 'AugAssign')
    return statement.operator === '/' ? statement.value.span.text : undefined;
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const { value } = statement;
  const isOfItself =
    value.kind === 'BinOp' && value.operator === '/' && value.left.span.text === targetsOf(statement)[0];
  return isOfItself ? value.right.span.text : undefined;
}

/** Whether it is the number of turns so far, of a loop with `enumerate`: `step + 1`. */
function isCountOf({ target, iterable }: tree.For, text: string): boolean {
  const counter = target.kind === 'Tuple' ? target.items[0]?.span.text : undefined;
  const name = /^\(?(\w+)\s*\+\s*1\)?$/.exec(text)?.[1];
  return name !== undefined && name === counter && /^(tqdm\()?enumerate\(/.test(iterable.span.text);
}

export const sumUnused: Check = {
  id: 'sum-unused',
  title: 'The last loss is told for the mean of all',
  severity: 'warning',
  why: 'The sum over the batches is made and never read, and the loss of the last batch is divided by their number instead.',
  instead: 'Divide the sum.',
  needs: 'A sum over batches that nothing reads, and the loss of a batch divided by a count after the loop.',
  wrong: [
    `${PRELUDE}
def train_epoch():
    total, count = 0.0, 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
        count += 1
    return loss.item() / count  # <--
`,
    `
import torch

def learn(model, loader, criterion, optimizer, every):
    total_loss = 0.0
    for i, (x, y) in enumerate(loader):
        loss = criterion(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (i + 1) % every == 0:
            print(total_loss / every)  # <--
            total_loss = 0.0
`,
  ],
  right: [
    `
import torch

class Meter:
    def learn(self, model, loader, criterion, optimizer, every):
        total_loss, self.loss = 0.0, 0.0

        def add(loss):
            nonlocal total_loss
            total_loss += loss.item()

        for i, (x, y) in enumerate(loader):
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            add(loss)
            if (i + 1) % every == 0:
                print(total_loss / every)
                total_loss = 0.0
`,
    `${PRELUDE}
def train_epoch():
    total, count = 0.0, 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
        count += 1
    return total / count
`,
  ],
  *run(program) {
    yield* neverAdded(program);
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/\.backward\(|no_grad|\.eval\(/.test(program.source)) continue;
      const around = functionsAround(program, loop.span).at(-1)?.body ?? program.body;
      const inside = statementsIn(loop.body);
      for (const summed of loop.body) {
        if (summed.kind !== 'AugAssign' || summed.operator !== '+') continue;
        const [name = ''] = targetsOf(summed);
        const loss = /^(\w*loss\w*)(\.item\(\)|\.data|\.detach\(\))/i.exec(summed.value.span.text)?.[1];
        if (loss === undefined || !/^\w+$/.test(name) || name === loss || isRead(around, name)) continue;
        if (!inside.some((one) => one.kind === 'Assign' && targetsOf(one).includes(loss))) continue;
        const told = dividedAfter(around, loop, loss);
        if (told === undefined) continue;
        yield {
          at: told.span,
          message: `${loss} is that of the last batch; the sum, ${name}, is read nowhere.`,
          evidence: [places(['the sum is made here', summed.span])],
        };
      }
    }
  },
};

/** A name of a function that is given nothing but 0, and is divided to be a mean. */
function* neverAdded(program: Program): Generator<Found> {
  for (const home of statementsOf(program)) {
    if (home.kind !== 'FunctionDef' || !/\.backward\(|no_grad|\.eval\(/.test(home.span.text)) continue;
    const inside = statementsIn(home.body);
    const givings = inside.filter(({ kind }) => /^(Assign|AugAssign|For|With|AnnAssign)$/.test(kind));
    const means: tree.BinaryOperation[] = [];
    eachNode(home.body, (node) => {
      if (node.kind === 'BinOp' && node.operator === '/' && node.left.kind === 'Name') means.push(node);
    });
    for (const mean of means) {
      const name = mean.left.span.text;
      if (!/loss|acc|correct|total|sum|error/i.test(name)) continue;
      const given = givings.filter((one) => targetsOf(one).includes(name));
      const isZero = given.every((one) => one.kind === 'Assign' && /^0(\.0*)?$/.test(one.value.span.text));
      // Once in a loop: what is begun anew was meant to be added to.
      const isBegunAnew = given.length > 1;
      const isOthers = new RegExp(String.raw`\b(global|nonlocal)\b[^\n]*\b${name}\b`).test(home.span.text);
      if (!isZero || !isBegunAnew || isOthers) continue;
      yield {
        at: mean.span,
        message: `${name} is given 0 and nothing else: nothing is added to it before it is divided.`,
        evidence: [],
      };
      break;
    }
  }
}

/** Whether a name is read anywhere but where it is added to. */
function isRead(body: readonly tree.Statement[], name: string): boolean {
  const written = new Set<number>();
  let reads = 0;
  eachNode(body, (node) => {
    if (node.kind === 'AugAssign') written.add(node.target.span.start);
    if (node.kind === 'Assign')
      for (const target of node.targets) eachNode(target, (part) => written.add(part.span.start));
  });
  eachNode(body, (node) => {
    if (node.kind === 'Name' && node.id === name && !written.has(node.span.start)) reads++;
  });
  return reads > 0;
}

function dividedAfter(
  body: readonly tree.Statement[],
  loop: tree.For,
  loss: string,
): tree.Statement | undefined {
  return statementsIn(body).find(
    (statement) =>
      statement.span.start >= loop.span.end &&
      /^(Assign|Return|Expr|AugAssign)$/.test(statement.kind) &&
      new RegExp(String.raw`\b${loss}(\.item\(\))?\s*/=?\s*(len\(|\w+)`).test(statement.span.text),
  );
}

export const targetNotShifted: Check = {
  id: 'target-not-shifted',
  title: 'A language model that is to predict what it is given',
  severity: 'warning',
  why: 'The next word is the target: where both are the same, the network learns to copy, and the loss falls to 0 for nothing.',
  instead: 'Take x = ids[:, :-1] and y = ids[:, 1:].',
  needs: 'Input and target cut from one sequence in the same way, without its last element.',
  wrong: [
    `
import torch
def pairs(ids):
    x = ids[:, :-1]
    y = ids[:, :-1]  # <--
    return x, y
`,
    `
import torch
def batch(ids, size):
    ix = torch.randint(len(ids) - size, (32,))
    x = torch.stack([ids[i:i + size] for i in ix])
    y = torch.stack([ids[i:i + size] for i in ix])  # <--
    return x, y
`,
  ],
  right: [
    `
import torch
def pairs(ids):
    x = ids[:, :-1]
    y = ids[:, 1:]
    return x, y
`,
  ],
  *run(program) {
    yield* windowsAlike(program);
    if (!/:\s*-1\s*\]/.test(program.source)) return;
    const bodies = [program.body, ...loopsOf(program).map(({ body }) => body)];
    eachNode(program.body, (node) => {
      if (node.kind === 'FunctionDef' || node.kind === 'With') bodies.push(node.body);
    });
    for (const body of bodies)
      for (const [at, target] of body.entries()) {
        if (target.kind !== 'Assign' || !isCutOff(target.value)) continue;
        const [name = ''] = targetsOf(target);
        const input = body
          .slice(Math.max(0, at - 3), at)
          .find((one) => one.kind === 'Assign' && sameText(one.value, target.value));
        if (input === undefined || !/^(y\w*|tgt\w*|\w*targets?\w*|\w*labels?\w*|goal\w*)$/i.test(name))
          continue;
        yield {
          at: target.span,
          message: `${name} is cut just as the input is: it is not what comes next.`,
          evidence: [places(['the input', input.span])],
        };
      }
  },
};

/** `x = stack([d[i:i + n] for i in ix])` and `y` just so, both given back. */
function* windowsAlike(program: Program): Generator<Found> {
  for (const owner of statementsOf(program)) {
    if (owner.kind !== 'FunctionDef') continue;
    const windows = owner.body.filter(
      (one): one is tree.Assign =>
        one.kind === 'Assign' && /\[(\w+):\1\+[\w.]+\]/.test(one.value.span.text.replaceAll(/\s/g, '')),
    );
    for (const [at, target] of windows.entries()) {
      const [name = ''] = targetsOf(target);
      const input = windows.slice(0, at).find((one) => sameText(one.value, target.value));
      const [first = ''] = input === undefined ? [] : targetsOf(input);
      const isGiven = new RegExp(String.raw`\breturn\s*\(?\s*${first}\b[^\n]*,\s*${name}\b`).test(
        owner.span.text,
      );
      if (input === undefined || name === first || !isGiven) continue;
      if (!/^(y\w*|tgt\w*|\w*targets?\w*|\w*labels?\w*)$/i.test(name)) continue;
      yield {
        at: target.span,
        message: `${name} is cut just as ${first} is: it is not what comes next.`,
        evidence: [places(['the input', input.span])],
      };
    }
  }
}

function sameText(one: tree.Expression, other: tree.Expression): boolean {
  return one.span.text.replaceAll(/\s/g, '') === other.span.text.replaceAll(/\s/g, '');
}

/** A sequence without its last element. */
function isCutOff(node: tree.Expression): boolean {
  return /^[\w.]+\[(:,)?:-1\]/.test(node.span.text.replaceAll(/\s/g, ''));
}
