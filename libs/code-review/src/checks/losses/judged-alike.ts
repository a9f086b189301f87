import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { functionsAround, nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';
import type { Program } from '@tensormark/frameworks';

const JUDGE = (ones: string): string => `
import torch
import torch.nn as nn

criterion = nn.MSELoss()

def judge_loss(judge, real, fake):
    said, told = judge(real), judge(fake.detach())
    return criterion(said, torch.${ones}(said)) + criterion(told, torch.zeros_like(told))${ones === 'ones_like' ? '' : '  # <--'}
`;

export const judgedAlike: Check = {
  id: 'judged-alike',
  title: 'A judge that is taught one answer for what is real and what was made',
  severity: 'warning',
  why: 'The judge learns to say the same of everything, and the generator learns nothing from it.',
  instead: 'Give ones for what is real and zeros for what was made.',
  needs: 'Two losses that are added, of what one network says of two things, with zeros or ones for both.',
  wrong: [JUDGE('zeros_like')],
  right: [
    JUDGE('ones_like'),
    // A generator is judged by two networks at once.
    `
import torch
import torch.nn as nn

criterion = nn.MSELoss()

def made_loss(first, second, here, there):
    said, told = first(here), second(there)
    return criterion(said, torch.ones_like(said)) + criterion(told, torch.ones_like(told))
`,
  ],
  *run(program) {
    if (
      !/zeros|ones/.test(program.source) ||
      !/real/i.test(program.source) ||
      !/fake|gen/i.test(program.source)
    )
      return;
    for (const node of nodesOf(program, 'BinOp')) {
      if (node.operator !== '+') continue;
      const [one, other] = [judgedIn(program, node.left), judgedIn(program, node.right)];
      if (one === undefined || other === undefined) continue;
      if (one.judge !== other.judge || one.label !== other.label || one.of === other.of) continue;
      // Only what is real on one side and was made on the other is to be told apart.
      if (/real/i.test(one.of) === /real/i.test(other.of)) continue;
      yield {
        at: node.span,
        message: `Both are to be ${one.label}: what is real and what was made are to be told apart.`,
        evidence: [],
      };
    }
  },
};

interface Judged {
  readonly judge: string;
  readonly of: string;
  readonly label: 'zeros' | 'ones';
}

/** `criterion(judge(real), torch.ones_like(…))`: who says what of which. */
function judgedIn(program: Program, node: tree.Expression): Judged | undefined {
  if (node.kind !== 'Call' || node.args.length !== 2) return undefined;
  const [said, labels] = node.args;
  const label = /^torch\.(zeros|ones)(_like)?\(/.exec(labels?.span.text ?? '')?.[1];
  const asked = said && (said.kind === 'Name' ? givenTo(program, said) : said);
  if ((label !== 'zeros' && label !== 'ones') || asked?.kind !== 'Call') return undefined;
  const [of] = asked.args;
  return of === undefined ? undefined : { judge: asked.callee.span.text, of: of.span.text, label };
}

/** The one thing that a name is given in the function before, by itself or in a pair. */
function givenTo(program: Program, { id, span }: tree.Name): tree.Expression | undefined {
  const body = statementsIn(functionsAround(program, span).at(-1)?.body ?? program.body);
  const given = body.filter((one) => one.span.end <= span.start && targetsOf(one).includes(id));
  const last = given.at(-1);
  if (last?.kind !== 'Assign' || last.targets.length !== 1) return undefined;
  const [target] = last.targets;
  if (target?.kind !== 'Tuple') return last.value;
  const at = target.items.findIndex((one) => one.span.text === id);
  return last.value.kind === 'Tuple' ? last.value.items[at] : undefined;
}
