import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';

const PAIRS = (pictures: string, masks: string, mark = ''): string => `
import os
from PIL import Image
from torch.utils.data import Dataset
from torchvision.transforms.functional import to_tensor

class Pairs(Dataset):
    def __init__(self, root):
        self.root = root
        self.pictures = ${pictures}
        self.masks = ${masks}${mark}

    def __len__(self):
        return len(self.pictures)

    def __getitem__(self, at):
        picture = Image.open(os.path.join(self.root, 'pictures', self.pictures[at])).convert('RGB')
        mask = Image.open(os.path.join(self.root, 'masks', self.masks[at])).convert('L')
        return to_tensor(picture), to_tensor(mask)
`;
const LISTED = (folder: string): string => `os.listdir(os.path.join(root, '${folder}'))`;

export const filesUnsorted: Check = {
  id: 'files-unsorted',
  title: 'Pictures and masks paired by the order in which files are listed',
  severity: 'warning',
  why: 'os.listdir and glob give files in no order at all: the tenth picture and the tenth mask need not belong together.',
  instead: 'Sort both lists, or make the name of the one from that of the other.',
  needs:
    'Two lists of files, listed from two folders and never sorted, of which a data set takes the items of one number.',
  wrong: [PAIRS(LISTED('pictures'), LISTED('masks'), '  # <--')],
  right: [
    PAIRS(`sorted(${LISTED('pictures')})`, `sorted(${LISTED('masks')})`),
    PAIRS(LISTED('pictures'), "[name.replace('.jpg', '.png') for name in self.pictures]"),
  ],
  *run(program) {
    if (!/listdir\(|glob\(/.test(program.source) || /\bsort(ed)?\b/.test(program.source)) return;
    for (const one of classesOf(program)) {
      const [start, item] = [methodOf(one, '__init__'), methodOf(one, '__getitem__')];
      const index = item?.parameters[1]?.name;
      if (start === undefined || item === undefined || index === undefined) continue;
      const listed = listsIn(start);
      const taken = listed.filter(({ name }) => item.span.text.includes(`${name}[${index}]`));
      const [first, second] = taken;
      if (first === undefined || second === undefined || first.of === second.of) continue;
      yield {
        at: second.at.span,
        message: `${second.name} and ${first.name} are listed in no order, and items of the same number are paired.`,
        evidence: [places(['the other list', first.at.span], ['they are paired', item.nameSpan])],
      };
    }
  },
};

interface Listed {
  readonly name: string;
  readonly of: string;
  readonly at: tree.Statement;
}

/** Attributes that are lists of files as the system gives them. */
function listsIn(start: tree.FunctionDefinition): Listed[] {
  return statementsIn(start.body).flatMap((at): Listed[] => {
    const [name] = targetsOf(at);
    if (at.kind !== 'Assign' || name === undefined || !name.startsWith('self.')) return [];
    const isListed = /^(list\()?(os\.listdir|glob\.glob|glob)\(/.test(at.value.span.text);
    let hasCall = false;
    eachNode(at.value, (node) => {
      hasCall ||= node.kind === 'Call' && /(listdir|glob)$/.test(node.callee.span.text);
    });
    const isComprehension =
      at.value.kind === 'ListComp' && /\bin\s+(os\.listdir|glob\.glob)\(/.test(at.value.span.text);
    return hasCall && (isListed || isComprehension) ? [{ name, of: at.value.span.text, at }] : [];
  });
}
