import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const SCENES = `
import cv2
import numpy as np
import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision import transforms
from torchvision.transforms import InterpolationMode

class Scenes(Dataset):
    def __init__(self, names):
        self.names = names
        self.smaller = transforms.Resize((128, 128))
        self.nearest = transforms.Resize((128, 128), interpolation=InterpolationMode.NEAREST)

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        image = transforms.ToTensor()(self.smaller(Image.open(self.names[index][0])))
        mask = Image.open(self.names[index][1])
`;

export const maskAveraged: Check = {
  id: 'mask-averaged',
  title: 'A mask of class numbers resized by averaging',
  severity: 'warning',
  why: 'Between class 1 and class 3 interpolation puts a 2: along every edge the mask gets classes that are not there.',
  instead: 'Resize masks with nearest neighbours: InterpolationMode.NEAREST, cv2.INTER_NEAREST.',
  needs: 'A mask that is resized with interpolation and then made whole numbers.',
  wrong: [
    `${SCENES}        mask = self.smaller(mask)  # <--
        return image, torch.from_numpy(np.array(mask)).long()
`,
    `${SCENES}        mask = cv2.resize(np.array(mask), (128, 128))  # <--
        return image, torch.as_tensor(mask, dtype=torch.long)
`,
  ],
  right: [
    `${SCENES}        mask = self.nearest(mask)
        return image, torch.from_numpy(np.array(mask)).long()
`,
    `${SCENES}        mask = cv2.resize(np.array(mask), (128, 128), interpolation=cv2.INTER_NEAREST)
        return image, torch.as_tensor(mask, dtype=torch.long)
`,
    `${SCENES}        mask = (transforms.ToTensor()(self.smaller(mask)) > 0.5).long()
        return image, mask
`,
  ],
  *run(program) {
    if (!/resize/i.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const method = methodOf(definition, '__getitem__');
      if (method === undefined) continue;
      // Thresholds and palettes make classes of the mask after it.
      if (
        /[><]=?|round\(|argmax|NEAREST|convert\(\s*["'][P1]["']\)/.test(
          method.span.text.replaceAll(/#.*/g, ''),
        )
      )
        continue;
      for (const statement of statementsIn(method.body)) {
        if (statement.kind !== 'Assign') continue;
        const [name = ''] = targetsOf(statement);
        const call = resizingOf(program, definition, statement, name);
        if (call === undefined || !isMadeWhole(method, statement, name)) continue;
        yield {
          at: call.span,
          message: `${name} has class numbers, and is resized by taking means of them.`,
          evidence: [],
        };
      }
    }
  },
};

const MASK = /mask|seg|label|target|_gt|annot/i;

/** The call in a statement that resizes a mask with interpolation. */
function resizingOf(
  program: Program,
  definition: tree.ClassDefinition,
  statement: tree.Assign,
  name: string,
): tree.Call | undefined {
  let found: tree.Call | undefined;
  if (!MASK.test(name)) return undefined;
  eachNode(statement.value, (node) => {
    if (node.kind !== 'Call') return;
    const [given] = node.args;
    const callee = node.callee.span.text;
    if (/^cv2\.resize$/.test(callee)) {
      const isAsked =
        node.args.length > 2 &&
        !/INTER_(LINEAR|CUBIC|AREA|LANCZOS4)/.test(
          node.args
            .slice(2)
            .map(({ span }) => span.text)
            .join(),
        );
      const interpolation = node.keywords.find((keyword) => keyword.name === 'interpolation')?.value.span
        .text;
      if (given !== undefined && MASK.test(given.span.text) && !isAsked)
        if (interpolation === undefined || /INTER_(LINEAR|CUBIC|AREA|LANCZOS4)/.test(interpolation))
          found ??= node;
      return;
    }
    if (node.args.length === 1 && given !== undefined && MASK.test(given.span.text))
      if (isResizing(program, definition, node.callee)) found ??= node;
  });
  return found;
}

/** Whether what is called is torchvision's Resize as it is by itself, alone or in a Compose. */
function isResizing(program: Program, definition: tree.ClassDefinition, callee: tree.Expression): boolean {
  const isPlain = (text: string): boolean =>
    /\bResize\(/.test(text) && !/Lambda|NEAREST|interpolation\s*=\s*(0|Image\.NEAREST)\b/i.test(text);
  if (callee.kind === 'Call') return isPlain(callee.span.text);
  const name = callee.span.text;
  if (!/^(self\.)?\w+$/.test(name)) return false;
  const bindings = statementsOf(program).filter((one) => {
    const { start, end } = one.span;
    const isInside = start >= definition.span.start && end <= definition.span.end;
    return isInside === name.startsWith('self.') && targetsOf(one).includes(name);
  });
  const [only] = bindings;
  return bindings.length === 1 && only?.kind === 'Assign' && isPlain(only.value.span.text);
}

const WHOLE = String.raw`\.long\(\)|dtype\s*=\s*torch\.(long|int64)|\.to\(\s*torch\.(long|int64)\s*\)|LongTensor\(|\.type\(\s*torch\.(long|int64|LongTensor)\s*\)|astype\(\s*(np\.int64|int)\s*\)`;

/** Whether the mask becomes whole numbers in this statement or one after it, with no ToTensor between. */
function isMadeWhole(method: tree.FunctionDefinition, { span }: tree.Assign, name: string): boolean {
  const rest = statementsIn(method.body).filter(
    (one) => one.span.start >= span.start && new RegExp(String.raw`\b${name}\b`).test(one.span.text),
  );
  return (
    rest.some((one) => new RegExp(WHOLE).test(one.span.text)) &&
    rest.every((one) => !/\bToTensor\(\)|to_tensor\(/.test(one.span.text))
  );
}
