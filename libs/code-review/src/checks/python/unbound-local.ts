import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { boundBy, statementsIn, statementsOf } from '../../ask/tree.js';

export const unboundLocal: Check = {
  id: 'unbound-local',
  title: 'A local name that is read before it has a value',
  severity: 'error',
  why: 'A name that a function assigns is its own throughout: read before that, Python raises an UnboundLocalError, whatever the module has under that name.',
  instead: 'Give it a value first, or read the name that was meant.',
  needs:
    'A statement of a function, in no loop, that reads a name which no statement before it mentions and this or a later one assigns.',
  wrong: [
    `
import torch
def pair(image, target, mode):
    if mode == 'train':
        image = image.flip(-1)
    else:
        mask = torch.as_tensor(mask)  # <--
    return image, target
`,
    `
import torch
def dice(logits, target):
    chances = torch.softmax(chances, dim=1)  # <--
    return 2 * (chances * target).sum() / (chances.sum() + target.sum())
`,
    `
import torch
def halves(picture):
    left = torch.flip(right, [1])  # <--
    right = picture[:, :8]
    return left, right
`,
  ],
  right: [
    // Each `elif` is within the one before.
    `
def named(kind):
    made = None
    if kind is None:
        return made
${Array.from({ length: 40 }, (_, at) => `    ${at === 0 ? 'if' : 'elif'} kind == 'layer ${at}':\n        made = ${at}`).join('\n')}
    return made
`,
    `
import torch
right = torch.zeros(8)
def halves(picture):
    left = torch.flip(right, [0])
    def other(right_one):
        right = right_one + 1
        return right
    return left, other(picture)
`,
    `
import torch
def smooth(values):
    for at, value in enumerate(values):
        if at > 0:
            last = 0.9 * last + 0.1 * value
        else:
            last = value
    return last
`,
    `
import torch
total = 0
def dice(logits, target):
    global total
    total = total + 1
    logits = torch.softmax(logits, dim=1)
    scale = [scale for scale in (1, 2)]
    later = lambda: later
    return 2 * (logits * target).sum() / (logits.sum() + target.sum())
`,
  ],
  *run(program) {
    for (const definition of statementsOf(program)) {
      if (definition.kind !== 'FunctionDef') continue;
      const { start, source } = definition.span;
      yield* boundLater(definition);
      for (const statement of outsideLoops(definition.body)) {
        if (statement.kind !== 'Assign' || statement.targets.length !== 1) continue;
        const [target] = statement.targets;
        const read = target?.kind === 'Name' ? readOf(statement.value, target.id) : undefined;
        if (target?.kind !== 'Name' || read === undefined) continue;
        // Spoken of at all before, it may have been bound: it is left alone.
        const before = source.text.slice(start, statement.span.start);
        if (new RegExp(String.raw`\b${target.id}\b`).test(before)) continue;
        yield {
          at: read.span,
          message: `${target.id} has no value yet where it is read here: this very statement gives it its first.`,
          evidence: [
            {
              kind: 'error',
              type: 'UnboundLocalError',
              message: `local variable '${target.id}' referenced before assignment`,
              exact: false,
            },
          ],
        };
      }
    }
  },
};

/** A local name that is read, in a function that goes straight on, and that only statements after that give a value. */
function* boundLater(definition: tree.FunctionDefinition): Generator<Found> {
  const straight = outsideLoops(definition.body);
  const bound = new Map<string, number>();
  const open = new Set(definition.parameters.map(({ name }) => name));
  for (const statement of statementsIn(definition.body))
    if (statement.kind === 'Global' || statement.kind === 'Nonlocal')
      for (const name of statement.names) open.add(name);
  for (const statement of definition.body)
    for (const name of boundBy(statement)) if (!bound.has(name)) bound.set(name, statement.span.start);
  for (const statement of straight) {
    if (!/^(Assign|Expr|Return)$/.test(statement.kind)) continue;
    for (const [name, first] of bound) {
      if (open.has(name) || first <= statement.span.start) continue;
      const read = readOf(statement, name);
      const before = definition.span.source.text.slice(definition.span.start, statement.span.start);
      if (read === undefined || new RegExp(String.raw`\b${name}\b`).test(before)) continue;
      open.add(name);
      yield {
        at: read.span,
        message: `${name} has no value yet where it is read here: it gets its first further down in ${definition.name}.`,
        evidence: [
          {
            kind: 'error',
            type: 'UnboundLocalError',
            message: `local variable '${name}' referenced before assignment`,
            exact: false,
          },
        ],
      };
    }
  }
}

/** Statements of a function that are gone through once at most: those of its conditions too, but of no loop. */
function outsideLoops(body: readonly tree.Statement[]): tree.Statement[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'If')
      return [statement, ...outsideLoops(statement.body), ...outsideLoops(statement.orElse)];
    return statement.kind === 'With' ? [statement, ...outsideLoops(statement.body)] : [statement];
  });
}

/** Where an expression reads a name as it is computed: not in a lambda, nor where a comprehension binds it. */
function readOf(value: tree.Expression | tree.Statement, name: string): tree.Name | undefined {
  if (!value.span.text.includes(name)) return undefined;
  let found: tree.Name | undefined;
  let isHidden = false;
  eachNode(value, (node) => {
    if (/^(Lambda|ListComp|SetComp|DictComp|GeneratorExp|NamedExpr)$/.test(node.kind)) isHidden = true;
    if (node.kind === 'Name' && node.id === name) found ??= node;
  });
  return isHidden ? undefined : found;
}
