import { eachNode } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { statementsOf } from '../../ask/tree.js';

const INIT = (line: string, kind = 'nn.Linear'): string => `
import torch.nn as nn

class Base(nn.Module):
    def set_up(self):
        for m in self.modules():
            if isinstance(m, ${kind}):
                ${line}
                nn.init.zeros_(m.bias)
`;

export const constantByKind: Check = {
  id: 'constant-by-kind',
  title: 'Every layer of a kind starts with one number',
  severity: 'warning',
  why: 'Units with the same weights get the same gradients and stay the same; with zeros, none reaches the layers before.',
  instead:
    'Draw weights with nn.init.xavier_uniform_ or kaiming_normal_; only biases, and the weights of norms, are constants.',
  needs: 'A branch for linear or convolutional layers that gives their weights one number and nothing else.',
  wrong: [
    INIT('nn.init.zeros_(m.weight)  # <--'),
    INIT('nn.init.constant_(m.weight, 0.1)  # <--', '(nn.Conv2d, nn.Linear)'),
    INIT('m.weight.data.fill_(1)  # <--', 'nn.Conv2d'),
  ],
  right: [
    INIT('nn.init.xavier_uniform_(m.weight)'),
    INIT('nn.init.ones_(m.weight)', 'nn.BatchNorm2d'),
    INIT('nn.init.zeros_(m.weight); m.weight.data.normal_()'),
  ],
  *run(program) {
    if (!/isinstance\(/.test(program.source)) return;
    for (const branch of statementsOf(program)) {
      if (branch.kind !== 'If') continue;
      const [, of, kinds = ''] = /^isinstance\((\w+), *(.+)\)$/s.exec(branch.test.span.text) ?? [];
      if (of === undefined || !/\b(Linear|Conv[123]d)\b/.test(kinds) || /Norm/.test(kinds)) continue;
      const own = new RegExp(String.raw`\b${of}\.weight\b`);
      const uses: string[] = [];
      let first;
      eachNode(branch.body, (node) => {
        if (node.kind !== 'Call' || !own.test(node.span.text)) return;
        const isInit =
          /(^|\.)(zeros_|ones_|constant_)$/.test(node.callee.span.text) &&
          own.test(node.args[0]?.span.text ?? '');
        const isFill = /\.weight(\.data)?\.(fill_|zero_)$/.test(node.callee.span.text);
        if (isInit || isFill) first ??= node.span;
        else uses.push(node.callee.span.text);
      });
      if (first === undefined || uses.length > 0 || branch.body.some(({ kind }) => kind === 'If')) continue;
      yield {
        at: first,
        message: `Every weight of ${kinds} is set to the same number.`,
        evidence: [],
      };
    }
  },
};
