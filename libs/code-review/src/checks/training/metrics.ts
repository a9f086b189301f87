import { eachNode, namesIn } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { holds, statementsIn, statementsOf } from '../../ask/tree.js';

type For = Extract<tree.Statement, { kind: 'For' }>;
type AugAssign = Extract<tree.Statement, { kind: 'AugAssign' }>;

function nameOf(node: tree.Expression): string | undefined {
  return node.kind === 'Name' ? node.id : undefined;
}

function assigns(statement: tree.Statement, name: string): boolean {
  if (statement.kind !== 'Assign') return false;
  return statement.targets.some(
    (target) =>
      nameOf(target) === name ||
      ((target.kind === 'Tuple' || target.kind === 'List') &&
        target.items.some((item) => nameOf(item) === name)),
  );
}

/** Names that are divided by a count of what one epoch has: `total / len(loader)`. */
function dividedByLength(statement: tree.Statement, name: string): tree.Expression | undefined {
  let found: tree.Expression | undefined;
  const divided = new Set<tree.Expression>();
  eachNode(statement, (node) => {
    if (node.kind !== 'BinOp' || node.operator !== '/') return;
    divided.add(node.left);
    // Divided once more, by the number of epochs, it is a mean over all of them.
    if (nameOf(node.left) !== name || divided.has(node)) return;
    if (node.right.kind === 'Call' && nameOf(node.right.callee) === 'len') found ??= node;
  });
  return found;
}

/** The sums that an inner loop makes, by name. */
function sumsIn(loop: For): Map<string, AugAssign> {
  const sums = new Map<string, AugAssign>();
  for (const statement of statementsIn(loop.body))
    if (statement.kind === 'AugAssign' && statement.operator === '+') {
      const name = nameOf(statement.target);
      if (name !== undefined && !sums.has(name)) sums.set(name, statement);
    }
  return sums;
}

export const metricReset: Check = {
  id: 'metric-reset',
  title: 'A figure of each epoch that is never begun anew',
  severity: 'warning',
  why: 'It goes on from the epochs before and is divided by the length of one: losses seem to grow, accuracies pass 100%.',
  instead: 'Set it to 0 at the start of every epoch.',
  needs:
    'A sum over batches that is divided by the number of batches of one epoch, set to its start before all epochs alone.',
  wrong: [
    `${PRELUDE}
correct = []
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        correct.append((outputs.argmax(1) == labels).float().mean().item())  # <--
    print(epoch, sum(correct) / len(correct))
`,
    `${PRELUDE}
def fit(bars, epochs):
    running = 0
    all_epochs = bars(range(epochs))
    for epoch in all_epochs:
        for inputs, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(inputs), labels)
            loss.backward()
            optimizer.step()
            running += loss.item()  # <--
        print(epoch, running / len(loader))
`,
    `${PRELUDE}
running = 0.0
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        running += loss.item()  # <--
    print(epoch, running / len(loader))
`,
  ],
  right: [
    `${PRELUDE}
for epoch in range(10):
    running, steps = 0.0, 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        running += loss.item()
        steps += 1
    print(epoch, running / len(loader))
`,
    `${PRELUDE}
losses = []
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print(epoch, sum(losses[-len(loader):]) / len(loader))
print(sum(losses) / len(losses))
`,
    `${PRELUDE}
losses = []
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    print(epoch, sum(losses) / len(losses), losses[-1])
`,
    `${PRELUDE}
running = 0.0
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        running += loss.item()
print(running / len(loader) / 10)
`,
    `${PRELUDE}
running = 0.0
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        running += loss.item()
    print(epoch, running / len(loader) / (epoch + 1))
`,
  ],
  *run(program) {
    for (const outer of statementsOf(program)) {
      if (outer.kind !== 'For' || !isOverCounts(outer)) continue;
      const inside = statementsIn(outer.body);
      for (const inner of inside) {
        if (inner.kind !== 'For' || !mentionsTraining(program, inner)) continue;
        for (const [name, added] of listsIn(inner)) {
          if (inside.some((statement) => assigns(statement, name) || clears(statement, name))) continue;
          if (inside.some((statement) => takesPart(statement, name))) continue;
          const told = outer.body.find(
            (statement) => statement.span.start >= inner.span.end && isMeanOf(statement, name),
          );
          if (told === undefined || !isPlainStart(program, name, outer)) continue;
          yield {
            at: added.span,
            message: `${name} is never emptied: the mean that each epoch tells is of all epochs so far.`,
            evidence: [places(['the mean is taken here', told.span])],
          };
        }
        for (const [name, sum] of sumsIn(inner)) {
          if (inside.some((statement) => assigns(statement, name))) continue;
          if (
            inside.some(
              (one) => one.kind === 'AugAssign' && nameOf(one.target) === name && one.operator !== '+',
            )
          )
            continue;
          const told = outer.body.find(
            (statement) =>
              statement.span.start >= inner.span.end && dividedByLength(statement, name) !== undefined,
          );
          if (told === undefined || !isPlainStart(program, name, outer)) continue;
          yield {
            at: sum.span,
            message: `${name} is never set back: each epoch adds to those before, and the sum is divided by the length of one.`,
            evidence: [places(['it is divided here', told.span])],
          };
        }
      }
    }
  },
};

/** Lists that a loop adds the figures of its batches to. */
function listsIn(loop: For): ReadonlyMap<string, tree.Statement> {
  const found = new Map<string, tree.Statement>();
  for (const one of statementsIn(loop.body)) {
    if (one.kind !== 'Expr') continue;
    const name = /^(\w+)\.append\(/.exec(one.span.text)?.[1];
    if (name !== undefined) found.set(name, one);
  }
  return found;
}

function clears({ span }: tree.Statement, name: string): boolean {
  return new RegExp(String.raw`\b${name}\.clear\(|\bdel\s+${name}\b`).test(span.text);
}

/** `losses[-10:]`: the list is kept as a history on purpose. */
function takesPart({ span }: tree.Statement, name: string): boolean {
  return new RegExp(String.raw`\b${name}\s*\[\s*-`).test(span.text);
}

/** `acc = np.mean(correct)`, and whether its name says that it is one epoch's: a whole list, no part of it. */
function isMeanOf({ span }: tree.Statement, name: string): boolean {
  return new RegExp(
    String.raw`\b(np|numpy|statistics)\.(mean|average)\(\s*${name}\s*\)|\bsum\(\s*${name}\s*\)\s*/\s*len\(\s*${name}\s*\)`,
  ).test(span.text);
}

/** A loop over epochs: over a range. */
function isOverCounts({ target, iterable }: For): boolean {
  // `for epoch in bar`, where the bar was put around a range before.
  const isByName = /^epochs?$/i.test(target.span.text) && /^\w*(epoch|bar)\w*$/i.test(iterable.span.text);
  return isByName || /\b(t?range|trange)\s*\(/.test(iterable.span.text);
}

function mentionsTraining(program: Program, loop: For): boolean {
  return !/yield/.test(loop.span.text) && program.source.length > 0;
}

/** Whether it is set to a plain number before the loop, and nowhere else but in other functions. */
function isPlainStart(program: Program, name: string, outer: For): boolean {
  return statementsOf(program).some(
    (statement) =>
      statement.kind === 'Assign' && statement.span.end <= outer.span.start && assigns(statement, name),
  );
}

export const metricDenominator: Check = {
  id: 'metric-denominator',
  title: 'Right answers divided by the number of batches',
  severity: 'warning',
  why: 'Counts of examples over a count of batches come out as many times too large as a batch has examples.',
  instead: 'Divide by the number of examples: len(loader.dataset), or a count kept beside.',
  needs:
    'A sum of right answers over the batches of a loop, divided by the length of what the loop goes over.',
  wrong: [
    `${PRELUDE}
model.eval()
correct = 0
with torch.no_grad():
    for inputs, labels in loader:
        correct += torch.sum(model(inputs).argmax(1) == labels)
print('accuracy {:.3f}'.format(correct.item() / len(loader)))  # <--
`,
    `${PRELUDE}
model.eval()
correct = 0
with torch.no_grad():
    for inputs, labels in loader:
        correct += (model(inputs).argmax(1) == labels).sum().item()
print(correct / len(loader))  # <--
`,
  ],
  right: [
    `${PRELUDE}
model.eval()
correct, share = 0, 0
with torch.no_grad():
    for inputs, labels in loader:
        correct += (model(inputs).argmax(1) == labels).sum().item()
        share += (model(inputs).argmax(1) == labels).float().mean().item()
print(correct / len(loader.dataset), share / len(loader))
`,
    `${PRELUDE}
test_data = [(X[i], y[i]) for i in range(10)]
model.eval()
correct = 0
with torch.no_grad():
    for example, label in test_data:
        correct += (model(example.unsqueeze(0)).argmax(1) == label).sum().item()
print(correct / len(test_data))
`,
    `${PRELUDE}
from torch_geometric.loader import DataLoader as GraphLoader
def accuracies(graphs, batch_size):
    test_loader, other_loader = DataLoader(graphs, batch_size=batch_size), None
    correct = 0
    for inputs, labels in test_loader:
        correct += (model(inputs).argmax(1) == labels).sum().item()
    print(correct / len(test_loader) / batch_size * 100)
    one_loader = GraphLoader(graphs)
    right = 0
    for graph in one_loader:
        right += (model(graph).argmax(1) == graph.y).sum().item()
    return right / len(one_loader)
`,
  ],
  *run(program) {
    const statements = statementsOf(program);
    for (const loop of statements) {
      if (loop.kind !== 'For') continue;
      const over = iterated(loop.iterable);
      if (over === undefined) continue;
      const counts = new Set(
        [...sumsIn(loop)]
          .filter(
            ([, { value }]) =>
              /==|\.eq\(/.test(value.span.text) && /\.sum\(|torch\.sum\(/.test(value.span.text),
          )
          .filter(([, { value }]) => !/mean|\/|len\(|accuracy/.test(value.span.text))
          .map(([name]) => name),
      );
      if (counts.size === 0 || isOneByOne(program, over)) continue;
      const lengths = new Set(
        statements.flatMap((one) =>
          one.kind === 'Assign' && isLengthOf(one.value, over)
            ? one.targets.flatMap((target) => nameOf(target) ?? [])
            : [],
        ),
      );
      const isCount = (node: tree.Expression): boolean =>
        isLengthOf(node, over) || lengths.has(nameOf(node) ?? '');
      for (const statement of statements) {
        if (statement.span.start < loop.span.end) continue;
        let at: tree.Expression | tree.Statement | undefined;
        const divided = new Set<tree.Expression>();
        if (statement.kind === 'AugAssign' && statement.operator === '/') {
          if (counts.has(nameOf(statement.target) ?? '') && isCount(statement.value)) at = statement;
        } else if (statement.kind === 'Expr' || statement.kind === 'Assign' || statement.kind === 'Return')
          eachNode(statement, (node) => {
            if (node.kind !== 'BinOp') return;
            // By the number of batches and by their size is by the number of examples.
            if (node.operator === '/') divided.add(node.left);
            if (node.operator !== '/' || divided.has(node) || !isCount(node.right)) return;
            const counted = countIn(node.left);
            if (counted !== undefined && counts.has(counted)) at ??= node;
          });
        if (at === undefined || !isNear(program, loop, statement)) continue;
        yield {
          at: at.span,
          message: 'A count of right answers is divided by the number of batches.',
          evidence: [places(['the loop over batches', loop.iterable.span])],
        };
        break;
      }
    }
  },
};

/** `correct` of `100 * correct`, `correct.item()`, `float(correct)`. */
function countIn(node: tree.Expression): string | undefined {
  if (node.kind === 'Call') {
    const { callee, args } = node;
    const [only, ...more] = args;
    if (callee.kind === 'Attribute')
      return only === undefined && /^(item|float|double|cpu|numpy)$/.test(callee.attribute)
        ? countIn(callee.value)
        : undefined;
    return only !== undefined && more.length === 0 && /^(float|int)$/.test(callee.span.text)
      ? countIn(only)
      : undefined;
  }
  if (node.kind === 'BinOp' && node.operator === '*')
    return node.left.kind === 'Constant'
      ? nameOf(node.right)
      : node.right.kind === 'Constant'
        ? nameOf(node.left)
        : undefined;
  return nameOf(node);
}

/** The name of a loader that a loop goes over. */
function iterated(node: tree.Expression): string | undefined {
  const name = nameOf(goneOver(node));
  return name !== undefined && /load|iter|dl$|batches/i.test(name) ? name : undefined;
}

function isLengthOf(node: tree.Expression, name: string): boolean {
  return (
    node.kind === 'Call' &&
    nameOf(node.callee) === 'len' &&
    node.args.length === 1 &&
    node.args[0] !== undefined &&
    nameOf(node.args[0]) === name
  );
}

/** Whether a loader of that name gives one item at a time. */
export function isOneByOne(program: Program, name: string): boolean {
  return (
    program.loaders.some(({ batchSize, made }) => batchSize === 1 && made.span !== undefined) ||
    statementsOf(program).some(
      (one) => one.kind === 'Assign' && assigns(one, name) && isLoaderOfOne(one.value),
    ) ||
    (/^\w+$/.test(name) && new RegExp(`\\b${name}\\b\\s*=.*batch_size\\s*=\\s*1\\b`).test(program.source))
  );
}

/** Whether a loader of whatever library is made with no size of a batch, which is 1 then. */
function isLoaderOfOne(value: tree.Expression): boolean {
  return (
    value.kind === 'Call' &&
    value.callee.span.text.endsWith('Loader') &&
    value.args.length === 1 &&
    !value.keywords.some(({ name }) => name === undefined || /batch/.test(name))
  );
}

/** Whether a statement comes after a loop in the same function. */
function isNear(program: Program, loop: For, statement: tree.Statement): boolean {
  const around = (span: tree.Statement['span']): number =>
    Math.max(
      -1,
      ...statementsOf(program)
        .filter((one) => one.kind === 'FunctionDef' && holds(one.span, span))
        .map(({ span: { start } }) => start),
    );
  return around(loop.span) === around(statement.span) && namesIn(statement).size > 0;
}
