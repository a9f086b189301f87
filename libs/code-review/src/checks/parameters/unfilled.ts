import type { Check } from '../../check.js';
import { callsOf, classesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const LAYER = (fill: string, made = 'torch.empty(entering, leaving)'): string => `
import torch
import torch.nn as nn

class Product(nn.Module):
    def __init__(self, entering, leaving):
        super().__init__()
        self.weight = nn.Parameter(${made})
        self.bias = nn.Parameter(torch.zeros(leaving))
${fill}
    def forward(self, x):
        return x @ self.weight + self.bias

Product(4, 2)(torch.randn(8, 4))
`;

/** What fills the parameters of a module without naming them. */
const FILLS_ALL =
  /reset_parameters|init_(weights|params|parameters)|initiali[sz]e|reset_weights|load_state_dict|\.apply\(|from_pretrained|\bin\s+[\w.]*(named_)?parameters\(/;

export const unfilledParameter: Check = {
  id: 'unfilled-parameter',
  title: 'A parameter that nothing fills',
  severity: 'warning',
  why: 'torch.empty gives whatever lies in memory: zeros, enormous numbers or NaN, other ones each time.',
  instead: 'Fill it: nn.init.xavier_uniform_(self.weight), or make it of torch.randn(…) with a scale.',
  needs:
    'A parameter made of torch.empty, or of torch.Tensor with sizes alone, that is named nowhere to be filled.',
  wrong: [
    LAYER('').replace('leaving))\n', 'leaving))  # <--\n'),
    LAYER('', 'torch.FloatTensor(entering, leaving)').replace('leaving))\n', 'leaving))  # <--\n'),
  ],
  right: [
    LAYER('        nn.init.xavier_uniform_(self.weight)\n'),
    LAYER('        self.weight.data.normal_(0, 0.1)\n'),
    LAYER('        for one in self.parameters():\n            one.data.uniform_(-0.1, 0.1)\n'),
    LAYER('', 'torch.FloatTensor([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6], [0.7, 0.8]])'),
  ],
  *run(program) {
    if (!/Parameter\(\s*(torch\.)?(empty|Tensor|FloatTensor)\(/.test(program.source)) return;
    if (FILLS_ALL.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const init = definition.body.find((one) => one.kind === 'FunctionDef' && one.name === '__init__');
      if (init?.kind !== 'FunctionDef') continue;
      for (const made of statementsIn(init.body)) {
        const [name = ''] = targetsOf(made);
        const own = /^self\.(\w+)$/.exec(name)?.[1];
        if (made.kind !== 'Assign' || own === undefined) continue;
        const sizes = /^(?:\w+\.)*Parameter\(\s*(?:torch\.)?(?:empty|Tensor|FloatTensor)\(([^[\]]*)\)/.exec(
          made.value.span.text,
        )?.[1];
        // Of torch.Tensor, one thing alone may be what it is made of.
        if (
          sizes === undefined ||
          /^\s*0\b/.test(sizes) ||
          (!/,/.test(sizes) && !/empty\(/.test(made.value.span.text))
        )
          continue;
        const isNamed = callsOf(program).some(
          ({ callee, args, keywords }) =>
            new RegExp(String.raw`\.${own}(\.data)?\.\w+_$`).test(callee.span.text) ||
            ([...args, ...keywords.map(({ value }) => value)].some(({ span }) =>
              new RegExp(String.raw`^[\w.]+\.${own}(\.data)?$`).test(span.text),
            ) &&
              !/(matmul|mm|bmm|linear|einsum|cat|conv\w*)$/.test(callee.span.text)),
        );
        const isWritten = new RegExp(String.raw`\.${own}(\.data)?(\[[^\]]*\])?\s*=[^=]`, 'g');
        if (
          isNamed ||
          [...program.source.matchAll(isWritten)].length > 1 ||
          /getattr|setattr/.test(program.source)
        )
          continue;
        yield {
          at: made.span,
          message: `${name} is made of what lies in memory, and filled nowhere.`,
          evidence: [],
        };
      }
    }
  },
};
