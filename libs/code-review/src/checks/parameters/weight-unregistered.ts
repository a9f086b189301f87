import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';

const SCALE = (line: string): string => `
import torch
import torch.nn as nn

class Scale(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
        ${line}

    def forward(self, x):
        return self.fc(x) * self.gain
`;

/** Names of what is there to be learned. */
const LEARNED =
  /^((\w+_)?(weights?|bias(es)?|gamma|cls_token|class_token|pos(ition(al)?)?_?emb(ed(ding)?s?)?)(_\d+)?|[Ww]_?[a-z]?\d?|b_[a-z0-9])$/;
/** Names of what is drawn, or kept, and not learned. */
const KEPT =
  /noise|eps|hid|state|mask|buffer|fixed|anchor|grid|freq|rand|init|prior|target|label|sampl|input|proj|z$|h0|c0|mean|std|var|running|ema|count|class_weight|loss|adj|feature/i;
const DRAWN = /^torch\.(randn|rand|normal|empty|Tensor|FloatTensor)\((?!\s*\[)/;
const MADE = /^torch\.(zeros|ones|full)\(/;

export const weightUnregistered: Check = {
  id: 'weight-unregistered',
  title: 'A weight that is a plain tensor',
  severity: 'warning',
  why: 'Only nn.Parameter is registered: no optimiser moves a plain tensor, and to() leaves it behind.',
  instead: 'self.weight = nn.Parameter(torch.randn(…)); what is not learned goes through register_buffer.',
  needs:
    'A tensor that __init__ of a module draws, or makes under the name of a weight, that forward computes with and nothing else touches.',
  wrong: [
    SCALE('self.gain = torch.randn(width)  # <--'),
    SCALE('self.bias = torch.zeros(width)  # <--').replace('self.gain\n', 'self.bias\n'),
  ],
  right: [
    SCALE('self.gain = nn.Parameter(torch.randn(width))'),
    SCALE("self.register_buffer('gain', torch.randn(width))"),
    SCALE('self.gain = torch.ones(width)'),
    SCALE('self.gain = torch.randn(width); self.gain = nn.Parameter(self.gain)'),
  ],
  *run(program) {
    if (!/self\.\w+ = torch\./.test(program.source) || !/Module\b/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      if (!definition.bases.some(({ span }) => /^(torch\.)?(nn\.)?Module$/.test(span.text))) continue;
      const [init, forward] = [methodOf(definition, '__init__'), methodOf(definition, 'forward')];
      if (init === undefined || forward === undefined || /Function\b/.test(definition.span.text)) continue;
      for (const made of statementsIn(init.body)) {
        const [name = ''] = targetsOf(made);
        const own = /^self\.(\w+)$/.exec(name)?.[1];
        if (made.kind !== 'Assign' || own === undefined || made.value.kind !== 'Call') continue;
        const { text } = made.value.span;
        const isLearned = LEARNED.test(own) && (DRAWN.test(text) || MADE.test(text));
        if (!isLearned && !(DRAWN.test(text) && !KEPT.test(own))) continue;
        if (/requires_grad|dtype=torch\.(long|int|bool)/.test(text)) continue;
        const all = [...definition.span.text.matchAll(new RegExp(String.raw`\bself\.${own}\b`, 'g'))].length;
        const read = [...forward.span.text.matchAll(new RegExp(String.raw`\bself\.${own}\b`, 'g'))].length;
        const isTouched = new RegExp(
          String.raw`\.${own}(\.data)?(\[[^\]]*\])?\s*([-+*/@]?=[^=]|\.\w+_\()|\.${own}\.(to|cuda|detach|requires_grad|grad|data|expand_as|clone)\b|["']${own}["']`,
          'g',
        );
        const touched = [...program.source.matchAll(isTouched)].length;
        if (read === 0 || all !== read + 1 || touched > 1) continue;
        yield {
          at: made.span,
          message: `${name} is a plain tensor: the module does not know it as a weight, and nothing trains it.`,
          evidence: [],
        };
      }
    }
  },
};
