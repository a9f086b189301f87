import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { callsOf, classesOf, methodOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const DATA = (before: string, after: string): string => `
import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision import transforms

class Scenes(Dataset):
    def __init__(self, names, transform):
        self.names, self.transform = names, transform

    def __len__(self):
        return len(self.names)

    def __getitem__(self, index):
        seed = 2 ** 10 + index
        torch.manual_seed(seed)
        image = self.transform(${before}(Image.open('images/' + self.names[index])))
        torch.manual_seed(seed)
        mask = self.transform(Image.open('masks/' + self.names[index]))${after}
        return image, mask

jitter = transforms.ColorJitter(0.3, 0.3)
`;

/** What changes the colours of a picture, and leaves everything where it is. */
const COLOURS =
  /\b(ColorJitter|RandomGrayscale|Grayscale|RandomAdjustSharpness|RandomAutocontrast|RandomEqualize|RandomSolarize|RandomPosterize)\(/;

export const maskRecoloured: Check = {
  id: 'mask-recoloured',
  title: 'A mask whose colours are changed as the picture’s are',
  severity: 'warning',
  why: 'The numbers of a mask are what is to be learned: made lighter or darker, they say another class or none.',
  instead: 'Change the colours of the picture alone; crop, flip and resize both.',
  needs:
    'A data set that puts picture and mask through one transform, which is made with a change of colours.',
  wrong: [
    `${DATA('', '  # <--')}scenes = Scenes(['a.png'], transforms.Compose([transforms.ColorJitter(0.3), transforms.ToTensor()]))\n`,
  ],
  right: [
    `${DATA('jitter', '')}scenes = Scenes(['a.png'], transforms.Compose([transforms.RandomHorizontalFlip(), transforms.ToTensor()]))\n`,
  ],
  *run(program) {
    if (!COLOURS.test(program.source) || !/mask/i.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const method = methodOf(definition, '__getitem__');
      if (method === undefined) continue;
      const given = statementsIn(method.body).flatMap((one) => {
        const call = one.kind === 'Assign' && one.value.kind === 'Call' ? one.value : undefined;
        const [name = ''] = targetsOf(one);
        return call !== undefined && call.args.length === 1 && /^self\.\w+$/.test(call.callee.span.text)
          ? [{ name, call }]
          : [];
      });
      for (const { name, call } of given) {
        const callee = call.callee.span.text;
        if (!/mask|seg|annot|^(lbl|label)_?(map|img|image)$/i.test(name)) continue;
        if (!given.some((other) => other.call !== call && other.call.callee.span.text === callee)) continue;
        if (!isOfColours(program, definition, callee.slice('self.'.length))) continue;
        yield {
          at: call.span,
          message: `${callee} changes colours too, and is put on the mask as it is on the picture.`,
          evidence: [],
        };
      }
    }
  },
};

/** Whether an attribute of a class is a transform that changes colours, made in it or handed to it where it is made. */
function isOfColours(program: Program, definition: tree.ClassDefinition, attribute: string): boolean {
  const init = methodOf(definition, '__init__');
  if (init === undefined) return false;
  const set = statementsIn(init.body).find((one) => targetsOf(one).includes(`self.${attribute}`));
  if (set?.kind !== 'Assign') return false;
  const at = targetsOf(set).indexOf(`self.${attribute}`);
  const value = set.value.kind === 'Tuple' ? set.value.items[at] : set.value;
  if (value === undefined) return false;
  if (value.kind !== 'Name') return COLOURS.test(value.span.text);
  const place = init.parameters.findIndex(({ name }) => name === value.id) - 1;
  const made: tree.Expression[] = [];
  for (const node of callsOf(program)) {
    if (node.callee.span.text !== definition.name) continue;
    const given = node.keywords.find(({ name }) => name === value.id)?.value ?? node.args[place];
    if (given !== undefined) made.push(given);
  }
  return made.length > 0 && made.every((one) => COLOURS.test(textOf(program, one)));
}

/** How an expression is written; of a name, what it was last set to. */
function textOf(program: Program, node: tree.Expression): string {
  if (node.kind !== 'Name') return node.span.text;
  const set = statementsOf(program).findLast(
    (one) => one.kind === 'Assign' && one.span.end <= node.span.start && targetsOf(one).includes(node.id),
  );
  return set?.kind === 'Assign' ? set.value.span.text : '';
}
