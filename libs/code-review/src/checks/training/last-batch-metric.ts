import { eachNode, namesIn } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

export const metricLastBatch: Check = {
  id: 'metric-last-batch',
  title: 'Right answers of one batch divided by all examples',
  severity: 'warning',
  why: 'The count is of the last batch alone and is divided by the size of the whole set: the accuracy comes out many times too small.',
  instead: 'Add the counts up over the batches, or divide by the size of the batch.',
  needs:
    'A count of right answers of what a loop over batches leaves, not added up, over the length of a data set or table.',
  wrong: [
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
    correct = (outputs.argmax(1) == labels).sum().item()
    print(epoch, correct / X.shape[0])  # <--
`,
    `${PRELUDE}
for epoch in range(10):
    running = 0.0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        running = loss.item()  # <--
    print(epoch, running / len(loader))
`,
  ],
  right: [
    `${PRELUDE}
for epoch in range(10):
    correct = 0
    for inputs, labels in loader:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        correct += (outputs.argmax(1) == labels).sum().item()
        share = (outputs.argmax(1) == labels).sum().item() / labels.shape[0]
    print(epoch, correct / X.shape[0], share, correct / len(loader.dataset))
`,
  ],
  *run(program) {
    yield* setInsteadOfAdded(program);
    if (!/==|\.eq\(/.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For') continue;
      const outer = loopsOf(program).find(
        (one) => one !== loop && one.body.includes(loop) && one.span.start < loop.span.start,
      );
      const batch = targetsOf(loop).flatMap((text) => /^\w+$/.exec(text)?.[0] ?? []);
      const inside = statementsIn(loop.body);
      if (batch.length < 2 || !inside.some(({ span }) => /\.backward\(/.test(span.text))) continue;
      const after = outer?.body.slice(outer.body.indexOf(loop) + 1) ?? [];
      const whole = [...inside, ...after];
      const counts = new Set(
        whole.flatMap((statement) =>
          statement.kind === 'Assign' && isCount(statement.value, batch) ? targetsOf(statement) : [],
        ),
      );
      const isAdded = (name: string): boolean =>
        inside.some(
          (one) =>
            (one.kind === 'AugAssign' && one.span.text.includes(name)) ||
            (one.kind === 'Expr' && /append\(/.test(one.span.text) && one.span.text.includes(name)),
        );
      for (const statement of whole) {
        if (!/^(Expr|Assign|Return)$/.test(statement.kind)) continue;
        let at: tree.Expression | undefined;
        eachNode(statement, (node) => {
          if (node.kind !== 'BinOp' || node.operator !== '/' || !isOfAll(node.right, loop, inside)) return;
          const counted = [...namesIn(node.left)].find((name) => counts.has(name) && !isAdded(name));
          if (counted !== undefined || (after.includes(statement) && isCount(node.left, batch))) at ??= node;
        });
        if (at === undefined) continue;
        // What is told of each batch and added up is a share of the whole.
        const [target] = targetsOf(statement);
        if (target !== undefined && isAdded(target)) continue;
        yield {
          at: at.span,
          message: 'The right answers of one batch are divided by the number of all examples.',
          evidence: [places(['the batches', loop.iterable.span])],
        };
        break;
      }
    }
  },
};

/**
 * `running = 0` before a loop over batches, `running = loss.item()` in it, and divided after it: what was to be added up is the last
 * batch's alone.
 */
function* setInsteadOfAdded(program: Program): Generator<Found> {
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For') continue;
    const inside = statementsIn(loop.body);
    if (!inside.some(({ span }) => /\.(backward|step)\(|argmax|max\(/.test(span.text))) continue;
    const body = bodyAround(program, loop);
    const at = body.indexOf(loop);
    if (at < 0) continue;
    const before = body.slice(0, at);
    const after = statementsIn(body.slice(at + 1));
    for (const statement of inside) {
      const [name] = statement.kind === 'Assign' ? targetsOf(statement) : [];
      if (statement.kind !== 'Assign' || name === undefined || !/^\w+$/.test(name)) continue;
      if (!/\.item\(\)/.test(statement.value.span.text) || mentions(statement.value.span.text, name))
        continue;
      const isBegun = before.some(
        (one) =>
          one.kind === 'Assign' && targetsOf(one).includes(name) && /^0(\.0?)?$/.test(one.value.span.text),
      );
      if (!isBegun || inside.some((one) => one !== statement && mentions(headText(one), name))) continue;
      const divided = new RegExp(String.raw`\b${name}\s*/\s*(len\(|\w*(size|num|total|count)\w*)`);
      const told = after.find((one) => divided.test(one.span.text));
      if (told === undefined) continue;
      yield {
        at: statement.span,
        message: `${name} is set by each batch and not added to: what is divided after the loop is the last batch’s alone.`,
        evidence: [places(['it is divided here', told.span])],
      };
    }
  }
}

/** The statements that a loop stands among. */
export function bodyAround(program: Program, loop: tree.For): readonly tree.Statement[] {
  const bodies = statementsOf(program).flatMap((one): readonly (readonly tree.Statement[])[] =>
    one.kind === 'For' || one.kind === 'While' || one.kind === 'With' || one.kind === 'FunctionDef'
      ? [one.body]
      : one.kind === 'If'
        ? [one.body, one.orElse]
        : [],
  );
  return [program.body, ...bodies].find((body) => body.includes(loop)) ?? [];
}

/** A statement's own text, without the statements in it. */
function headText(statement: tree.Statement): string {
  return 'body' in statement ? (statement.span.text.split('\n')[0] ?? '') : statement.span.text;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(String.raw`\b${name}\b`).test(text);
}

/** Whether an expression counts right answers of a batch: `(outputs == labels).sum()`. */
function isCount(node: tree.Expression, batch: readonly string[]): boolean {
  const { text } = node.span;
  if (!/==|\.eq\(/.test(text) || !/sum\(/.test(text) || /mean|\//.test(text)) return false;
  const names = namesIn(node);
  return batch.some((name) => names.has(name));
}

/** Whether a number is the size of all that there is: of a data set, or of a table that is no part of the batch. */
function isOfAll(node: tree.Expression, loop: tree.For, inside: readonly tree.Statement[]): boolean {
  const { text } = node.span;
  const name =
    /^len\(\s*([\w.]+)\s*\)$/.exec(text)?.[1] ?? /^(\w+)\.(?:shape\[0\]|size\(0\))$/.exec(text)?.[1];
  if (name === undefined || /load|_dl\b|\bdl\b|iter/i.test(name.replace(/\.dataset$/, ''))) {
    return name?.endsWith('.dataset') === true;
  }
  const own = new Set(
    [...targetsOf(loop), ...inside.flatMap(targetsOf)].flatMap((one) => one.split('.')[0] ?? []),
  );
  return !own.has(name.split('.')[0] ?? '') && name !== loop.iterable.span.text;
}
