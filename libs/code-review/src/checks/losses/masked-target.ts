import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, callsOf, targetsOf } from '../../ask/tree.js';

const PAIRS = (labels: string): string => `
import torch
import torch.nn.functional as F

def nt_xent(one, other, t=0.5):
    n = one.size(0)
    z = F.normalize(torch.cat([one, other]), dim=1)
    alike = z @ z.t() / t
    alike.fill_diagonal_(float('-inf'))
    wanted = ${labels}
    return F.cross_entropy(alike, wanted)
`;

export const maskedTarget: Check = {
  id: 'masked-target',
  title: 'The target is what was masked out',
  severity: 'warning',
  why: 'Row i is to find its pair, and i itself has just been masked: its logarithm is -inf, and so is the loss infinite whatever the network says.',
  instead: 'Point each row to its pair: torch.cat([torch.arange(n, 2 * n), torch.arange(n)]).',
  needs: 'Scores whose diagonal is masked, and cross entropy of them with 0, 1, 2, ... as targets.',
  wrong: [PAIRS('torch.arange(2 * n)').replace('(alike, wanted)', '(alike, wanted)  # <--')],
  right: [
    PAIRS('torch.cat([torch.arange(n, 2 * n), torch.arange(n)])'),
    PAIRS('torch.arange(2 * n)').replace("    alike.fill_diagonal_(float('-inf'))\n", ''),
  ],
  *run(program) {
    if (!/fill_diagonal_|masked_fill/.test(program.source) || !program.source.includes('arange')) return;
    for (const call of callsOf(program)) {
      if (!/(^|\.)cross_entropy$/.test(call.callee.span.text)) continue;
      const [scores, wanted] = call.args;
      if (scores?.kind !== 'Name' || wanted === undefined) continue;
      const body = bodyAround(program, call.span).filter(({ span }) => span.end <= call.span.start);
      const masked = body.findLast(({ span }) => isMaskOf(span.text, scores.id));
      if (masked === undefined || !isCounted(body, wanted)) continue;
      yield {
        at: call.span,
        message: `The target of each row of ${scores.id} is on the diagonal, which was masked out.`,
        evidence: [places(['it is masked here', masked.span])],
      };
    }
  },
};

/** `scores.fill_diagonal_(-1e9)`, `scores = scores.masked_fill(torch.eye(n).bool(), float('-inf'))`. */
function isMaskOf(text: string, name: string): boolean {
  const least = String.raw`(float\(\s*['"]-inf['"]\s*\)|-\s*(float\(\s*['"]inf['"]\s*\)|(torch|np|math)\.inf|1e\+?\d+|\d{4,}(\.\d*)?))`;
  return (
    new RegExp(String.raw`^${name}\.fill_diagonal_\(\s*${least}\s*\)$`).test(text) ||
    new RegExp(
      String.raw`^(${name}\s*=\s*)?${name}\.masked_fill_?\(\s*torch\.eye\([^=]*,\s*${least}\s*\)$`,
    ).test(text)
  );
}

/** `torch.arange(n)`, with nothing added to it. */
function isCounted(body: readonly tree.Statement[], node: tree.Expression): boolean {
  if (node.kind === 'Name') {
    const given = body.filter((one) => targetsOf(one).includes(node.id));
    const [only] = given;
    return given.length === 1 && only?.kind === 'Assign' && isCounted([], only.value);
  }
  const text = node.span.text.replaceAll(/\s/g, '');
  return /^torch\.arange\([^,()]*(\([^()]*\))?[^,()]*(,(device|dtype)=[^,]*)*\)(\.to\([^()]*\)|\.long\(\)|\.cuda\(\))?$/.test(
    text,
  );
}
