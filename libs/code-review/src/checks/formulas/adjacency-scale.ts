import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const LAYER = (scale: string): string => `
import torch
import torch.nn as nn

class Convolution(nn.Module):
    def __init__(self, width, out):
        super().__init__()
        self.weigh = nn.Linear(width, out)

    def forward(self, x, adj):
        degree = adj.sum(1)
        scale = torch.diag(${scale})
        spread = scale @ adj @ scale
        return torch.relu(spread @ self.weigh(x))
`;

export const adjacencyScale: Check = {
  id: 'adjacency-scale',
  title: 'Neighbours multiplied by the root of their number',
  severity: 'warning',
  why: 'The sum over neighbours is divided by the roots of both degrees: multiplied by them, nodes with many neighbours drown all others, and layer after layer grows without bound.',
  instead: 'Take degree.pow(-0.5), the D^-1/2 of D^-1/2 A D^-1/2.',
  needs:
    'A diagonal matrix of the root of sums of an adjacency matrix, that stands on both sides of a product and is inverted nowhere.',
  wrong: [
    LAYER('degree.pow(0.5)').replace('0.5))', '0.5))  # <--'),
    LAYER('torch.sqrt(degree)').replace('degree))', 'degree))  # <--'),
  ],
  right: [LAYER('degree.pow(-0.5)'), LAYER('1 / torch.sqrt(degree)')],
  *run(program) {
    if (!/adj|\bA\b/.test(program.source) || !program.source.includes('diag')) return;
    for (const made of statementsOf(program)) {
      const [name = ''] = targetsOf(made);
      if (made.kind !== 'Assign' || !/^\w+$/.test(name) || !isRootOfDegree(made.value)) continue;
      const body = bodyAround(program, made.span);
      const text = body.map(({ span }) => span.text).join('\n');
      if (/inv(erse)?\(|-\s*1\b|1(\.0*)?\s*\/|-\s*0?\.5|reciprocal|rsqrt/.test(text)) continue;
      if (body.filter((one) => targetsOf(one).includes(name)).length !== 1) continue;
      const product = nodesOf(program, 'BinOp').find(
        ({ operator, left, right, span }) =>
          operator === '@' &&
          right.span.text === name &&
          left.kind === 'BinOp' &&
          left.operator === '@' &&
          left.left.span.text === name &&
          span.start > made.span.end,
      );
      if (product === undefined) continue;
      yield {
        at: made.span,
        message: `${name} is the root of the degrees, and multiplies the sums over neighbours that are to be divided by it.`,
        evidence: [places(['both sides are multiplied here', product.span])],
      };
    }
  },
};

/** `torch.diag(degree.pow(0.5))`, `torch.diag(degree ** 0.5)`, `np.diag(np.sqrt(degree))`. */
function isRootOfDegree(value: tree.Expression): boolean {
  return /^(torch|np|numpy|tf\.linalg)\.diag(_embed)?\((\w*(deg|rowsum|d)\w*(\.pow\(0?\.5\)|\s*\*\*\s*\(?0?\.5\)?|\.sqrt\(\))|(torch|np|tf|numpy)\.(sqrt\(\w*(deg|rowsum|d)\w*\)|pow(er)?\(\w*(deg|rowsum|d)\w*,\s*0?\.5\)))\)$/i.test(
    value.span.text,
  );
}
