import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsIn, statementsOf, targetsOf, usesOf } from '../../ask/tree.js';

const GROUPS = (end: string): string => `
from torch import optim

class Trainer:
    def __init__(self, model, rate):
        self.model, self.rate = model, rate

    def prepare(self):
        groups = []
        group = {'lr': self.rate, 'params': []}
        for name, parameter in self.model.named_parameters():
            if 'words' in name:
                group['params'].append(parameter)
        groups.append(group)
        group = {'lr': 50 * self.rate, 'params': []}
        for name, parameter in self.model.named_parameters():
            if name.startswith('head'):
                ${end}
        self.optimizer = optim.AdamW(groups, weight_decay=1e-2)
`;

export const groupLeftOut: Check = {
  id: 'group-left-out',
  title: 'What was gathered last is left out',
  severity: 'warning',
  why: 'It is filled as those before it were, and not put with them: parameters gathered so are never trained.',
  instead: 'Append it too.',
  needs:
    'A dict or list made and filled under a name whose earlier ones were appended to a list in the same function, and read nowhere after.',
  wrong: [GROUPS("group['params'].append(parameter)  # <--")],
  right: [
    GROUPS("group['params'].append(parameter)\n        groups.append(group)"),
    `
def rows(lines):
    all_rows = []
    row = []
    for line in lines:
        row.append(line)
        if not line:
            all_rows.append(row)
            row = []
    return all_rows
`,
  ],
  *run(program) {
    for (const owner of statementsOf(program)) {
      if (owner.kind !== 'FunctionDef' || !owner.span.text.includes('.append(')) continue;
      for (const [at, made] of owner.body.entries()) {
        if (made.kind !== 'Assign' || !/^(Dict|List)$/.test(made.value.kind)) continue;
        const [name = ''] = targetsOf(made);
        if (!/^\w+$/.test(name)) continue;
        const before = statementsIn(owner.body.slice(0, at)).find(
          (one) => appendedIn(one, name) && !isInsideLoop(owner, one),
        );
        const after = owner.body.slice(at + 1);
        const filled = fillingsOf(after, name);
        const last = filled.at(-1);
        if (before === undefined || last === undefined || usesOf(after, name).length > filled.length)
          continue;
        yield {
          at: last,
          message: `${name} is filled here once more, and is put nowhere after: the one before was appended.`,
          evidence: [places(['it is made here', made.span], ['the one before was appended', before.span])],
        };
      }
    }
  },
};

/** `groups.append(group)` */
function appendedIn(statement: tree.Statement, name: string): boolean {
  return (
    statement.kind === 'Expr' &&
    statement.value.kind === 'Call' &&
    statement.value.callee.kind === 'Attribute' &&
    statement.value.callee.attribute === 'append' &&
    statement.value.args.length === 1 &&
    statement.value.args[0]?.span.text === name
  );
}

function isInsideLoop(owner: tree.FunctionDefinition, statement: tree.Statement): boolean {
  return !owner.body.includes(statement);
}

/** Where something is put into what a name stands for: `group['params'].append(p)`, `group['lr'] = rate`. */
function fillingsOf(body: readonly tree.Statement[], name: string): tree.Statement['span'][] {
  const start = new RegExp(String.raw`^${name}(\[[^\]]*\])?(\.(append|extend|update|add)\(|\s*=(?!=))`);
  return statementsIn(body)
    .filter(
      ({ kind, span }) =>
        (kind === 'Expr' || kind === 'Assign') &&
        start.test(span.text) &&
        !new RegExp(String.raw`^${name}\s*=`).test(span.text),
    )
    .map(({ span }) => span);
}
