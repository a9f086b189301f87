import { eachNode, ProgramModule } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { classesOf, holds, methodOf, statementsIn, statementsOf } from '../../ask/tree.js';

const CODES = (returned: string, taken: string, mark = ''): string => `
import torch
import torch.nn as nn

class Codes(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean, self.spread, self.back = nn.Linear(20, 4), nn.Linear(20, 4), nn.Linear(4, 20)

    def forward(self, x):
        mu, logvar = self.mean(x), self.spread(x)
        z = mu + torch.randn_like(mu) * torch.exp(0.5 * logvar)
        return ${returned}

net = Codes()
x = torch.rand(32, 20)
${taken} = net(x)${mark}
kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
loss = nn.functional.mse_loss(again, x, reduction='sum') + kl
`;

export const returnedCrossed: Check = {
  id: 'returned-crossed',
  title: 'What is returned is taken in another order',
  severity: 'warning',
  why: 'Several values are told apart by their places alone: under crossed names each is used as what the other is.',
  instead: 'Take them in the order of the return statement.',
  needs:
    'A function of the file with one return of several names, called where two of these names are given in each other’s place.',
  wrong: [
    CODES('self.back(z), logvar, mu', 'again, mu, logvar', '  # <--'),
    `
def split(rows):
    train, test = rows[:80], rows[80:]
    return train, test

test, train = split(list(range(100)))  # <--
`,
  ],
  right: [
    CODES('self.back(z), mu, logvar', 'again, mu, logvar'),
    `
def turned(one, other):
    return other, one

one, other = turned(1, 2)
`,
  ],
  *run(program) {
    const functions = functionsOf(program);
    for (const taken of statementsOf(program)) {
      if (taken.kind !== 'Assign' || taken.targets.length !== 1 || taken.value.kind !== 'Call') continue;
      const [target] = taken.targets;
      if (target?.kind !== 'Tuple' && target?.kind !== 'List') continue;
      const made = functions.get(taken.value.callee.span.text) ?? forwardCalled(program, taken.value);
      const returned = made && returnedBy(made);
      if (made === undefined || TURNED.test(made.name)) continue;
      if (returned === undefined || returned.length !== target.items.length) continue;
      const names = target.items.map(({ span }) => span.text);
      // Given in the same turned order, they come back as they went.
      if (
        names.every(
          (name) => taken.value.kind === 'Call' && taken.value.args.some(({ span }) => span.text === name),
        )
      )
        continue;
      const at = names.findIndex((name, place) => {
        const other = returned.indexOf(name);
        return name.length > 1 && name !== '__' && other > place && returned[place] === names[other];
      });
      const one = names[at];
      if (one === undefined || holds(made.span, taken.span)) continue;
      yield {
        at: taken.span,
        message: `${made.name} returns ${one} and ${returned[at] ?? ''} in the other order.`,
        evidence: [places(['what is returned', returnsOf(made)[0]?.span])],
      };
    }
  },
};

/** Functions that say by their names that they turn round what they give back. */
const TURNED = /rev(erse|_|$)|inver|swap|flip|turn|mirror|exchange|permut|shuffle|order|sort/i;

/** Functions of the file that are written once under their name. */
function functionsOf(program: Program): ReadonlyMap<string, tree.FunctionDefinition> {
  const found = new Map<string, tree.FunctionDefinition | undefined>();
  const methods = new Set<tree.Statement>(classesOf(program).flatMap(({ body }) => body));
  for (const one of statementsOf(program))
    if (one.kind === 'FunctionDef' && !methods.has(one))
      found.set(one.name, found.has(one.name) ? undefined : one);
  return new Map([...found].flatMap(([name, made]) => (made === undefined ? [] : [[name, made] as const])));
}

/** The forward that a call of a module runs. */
function forwardCalled(program: Program, { span }: tree.Call): tree.FunctionDefinition | undefined {
  const call = eventsOf(program, 'module-call').find(
    ({ moment }) => moment.span?.start === span.start && moment.span.end === span.end,
  );
  if (!(call?.module instanceof ProgramModule)) return undefined;
  const { types } = call.module;
  const own = classesOf(program).find(({ name }) => name === types[0]);
  return own && methodOf(own, 'forward');
}

function returnsOf({ body }: tree.FunctionDefinition): tree.Statement[] {
  return statementsIn(body).filter(({ kind }) => kind === 'Return');
}

/** The names that a function returns, in their order; '' for what is no name. Undefined where there are several returns. */
function returnedBy(made: tree.FunctionDefinition): string[] | undefined {
  const returns = returnsOf(made);
  const [only] = returns;
  if (returns.length !== 1 || only?.kind !== 'Return' || only.value?.kind !== 'Tuple') return undefined;
  let isGenerator = false;
  eachNode(made.body, (node) => {
    isGenerator ||= node.kind === 'Yield';
  });
  return isGenerator ? undefined : only.value.items.map((item) => (item.kind === 'Name' ? item.id : ''));
}
