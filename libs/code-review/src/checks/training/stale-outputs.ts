import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { boundBy, functionsAround, loopsOf, statementsIn } from '../../ask/tree.js';

const LEARN = `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    outputs = model(inputs)
    loss = criterion(outputs, labels)
    loss.backward()
    optimizer.step()
model.eval()
hits = 0
with torch.no_grad():
    for x, y in DataLoader(TensorDataset(X, y), batch_size=32):
`;

export const staleOutputs: Check = {
  id: 'stale-outputs',
  title: 'Outputs left over from an earlier loop are judged',
  severity: 'warning',
  why: 'The outputs that this loop computes are used for nothing, and those of the last batch before it are compared over and over.',
  instead: 'Use the outputs that this loop has computed.',
  needs:
    'A loop that calls a network, uses its outputs for nothing, and reads a variable that an earlier loop filled by the same network.',
  wrong: [
    `${LEARN}        scores = model(x)
        hits += (outputs.argmax(1) == y).sum().item()  # <--
`,
  ],
  right: [
    `${LEARN}        scores = model(x)
        hits += (scores.argmax(1) == y).sum().item()
`,
    `${LEARN}        scores = model(x)
        print(outputs.shape, scores.shape)
`,
  ],
  *run(program) {
    const loops = loopsOf(program).filter((loop): loop is tree.For => loop.kind === 'For');
    if (loops.length < 2) return;
    for (const loop of loops) {
      const body = statementsIn(loop.body);
      const called = body.find(isNetworkCall);
      if (called === undefined) continue;
      const [mine = ''] = boundBy(called);
      const scope = bodyAround(program, loop);
      const reads = readsIn(scope, mine).filter(({ span }) => span.start > called.span.start);
      if (mine === '' || reads.length > 0) continue;
      const bound = new Set([...body.flatMap((one) => boundBy(one)), ...boundBy(loop)]);
      for (const earlier of loops) {
        if (earlier.span.end > loop.span.start || bodyAround(program, earlier) !== scope) continue;
        const first = statementsIn(earlier.body).find(
          (one) =>
            isNetworkCall(one) && calleeOf(one) === calleeOf(called) && !bound.has(boundBy(one)[0] ?? ''),
        );
        const [other = ''] = first === undefined ? [] : boundBy(first);
        const use = readsIn(loop.body, other)[0];
        if (first === undefined || other === mine || use === undefined) continue;
        yield {
          at: use.span,
          message: `${other} is what the loop before has left; ${mine}, computed here, is used for nothing.`,
          evidence: [places(['computed here', called.span], ['left over from here', first.span])],
        };
        break;
      }
    }
  },
};

/** The body of the innermost function around a loop, or of the program. */
function bodyAround(program: Program, { span }: tree.For): readonly tree.Statement[] {
  return functionsAround(program, span).at(-1)?.body ?? program.body;
}

/** `outputs = model(x)`: one name for what a network, by its name, gives. */
function isNetworkCall(statement: tree.Statement): boolean {
  return (
    statement.kind === 'Assign' &&
    statement.targets.length === 1 &&
    statement.targets[0]?.kind === 'Name' &&
    statement.value.kind === 'Call' &&
    /^(self\.)?(\w*model\w*|\w*net(work)?|\w*classifier|cnn|lstm|rnn)$/i.test(
      statement.value.callee.span.text,
    )
  );
}

function calleeOf(statement: tree.Statement): string {
  return statement.kind === 'Assign' && statement.value.kind === 'Call'
    ? statement.value.callee.span.text
    : '';
}

/** Where a name is read below statements. */
function readsIn(body: readonly tree.Statement[], name: string): tree.Expression[] {
  const written = new Set<number>();
  const found: tree.Expression[] = [];
  for (const statement of statementsIn(body))
    if (statement.kind === 'Assign')
      for (const target of statement.targets) if (target.kind === 'Name') written.add(target.span.start);
  eachNode(body, (node) => {
    if (node.kind === 'Name' && node.id === name && !written.has(node.span.start)) found.push(node);
  });
  return found.toSorted((one, other) => one.span.start - other.span.start);
}
