import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const DATA = `
import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision import transforms

class Scenes(Dataset):
    def __init__(self, names):
        self.names, self.transform = names, transforms.ToTensor()

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        image = self.transform(Image.open('images/' + self.names[index]))
        mask = Image.open('masks/' + self.names[index])
`;

export const maskScaled: Check = {
  id: 'mask-scaled',
  title: 'Class numbers of a mask divided by 255',
  severity: 'warning',
  why: 'ToTensor() brings bytes to numbers between 0 and 1: as whole numbers all of them are class 0.',
  instead: 'Use torch.from_numpy(np.array(mask)).long(), or PILToTensor().',
  needs: 'A mask put through ToTensor() and then made whole numbers.',
  wrong: [
    `${DATA}        mask = self.transform(mask).squeeze(0).long()  # <--\n        return image, mask\n`,
  ],
  right: [
    `${DATA}        mask = torch.from_numpy(np.array(mask)).long()\n        return image, mask\n`,
    `${DATA}        mask = (self.transform(mask) * 255).squeeze(0).long()\n        return image, mask\n`,
  ],
  *run(program) {
    if (!/ToTensor\(\)/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const method = methodOf(definition, '__getitem__');
      if (method === undefined || /255|round\(|[><]=?\s*0/.test(method.span.text)) continue;
      for (const statement of statementsIn(method.body)) {
        if (statement.kind !== 'Assign') continue;
        const [name = ''] = targetsOf(statement);
        const call = scaledMask(program, definition, statement);
        if (call === undefined) continue;
        const whole = /\.long\(\)|\.to\(\s*(dtype\s*=\s*)?torch\.(long|int64)\s*\)|LongTensor\)/;
        const after = statementsIn(method.body).filter(
          ({ span }) =>
            span.start >= statement.span.end && new RegExp(String.raw`\b${name}\b`).test(span.text),
        );
        const made = whole.test(statement.span.text)
          ? statement
          : after.find(({ span }) =>
              new RegExp(String.raw`\b${name}\b(\.\w+\([^()]*\))*(${whole.source})`).test(span.text),
            );
        if (made === undefined) continue;
        yield {
          at: call.span,
          message:
            'ToTensor() divides the class numbers of the mask by 255, and as whole numbers they are all 0.',
          evidence: [],
        };
      }
    }
  },
};

/** A call in a statement that puts a mask through ToTensor. */
function scaledMask(
  program: Program,
  definition: tree.ClassDefinition,
  statement: tree.Assign,
): tree.Call | undefined {
  let found: tree.Call | undefined;
  eachNode(statement.value, (node) => {
    if (node.kind !== 'Call' || node.args.length !== 1) return;
    const given = node.args[0]?.span.text ?? '';
    if (!/mask|seg|label|target|_gt|annot/i.test(`${given} ${targetsOf(statement).join(' ')}`)) return;
    if (isToTensor(program, definition, node.callee)) found ??= node;
  });
  return found;
}

function isToTensor(program: Program, definition: tree.ClassDefinition, callee: tree.Expression): boolean {
  const isScaling = (text: string): boolean =>
    /\bToTensor\(\)/.test(text) && !/Lambda|PILToTensor|255/.test(text);
  if (callee.kind === 'Call') return isScaling(callee.span.text);
  const name = callee.span.text;
  if (!/^(self\.)?\w+$/.test(name)) return false;
  return statementsOf(program).some((statement) => {
    if (statement.kind !== 'Assign' || !isScaling(statement.value.span.text)) return false;
    const { start, end } = statement.span;
    const isInside = start >= definition.span.start && end <= definition.span.end;
    return isInside === name.startsWith('self.') && targetsOf(statement).includes(name);
  });
}
