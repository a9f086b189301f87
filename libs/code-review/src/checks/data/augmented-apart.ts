import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, classesOf, methodOf, statementsOf } from '../../ask/tree.js';

/** Transforms that move pixels, differently every time. */
const MOVING =
  /Random(HorizontalFlip|VerticalFlip|Crop|ResizedCrop|Rotation|Affine|Perspective|SizedCrop)|ElasticTransform/;

const TARGET = /mask|seg|label|target|\bgt|_gt|annot|trimap|depth|\by\b/i;

const DATA = `
import torch
from torch.utils.data import Dataset
from torchvision import transforms as T

class Pictures(Dataset):
    def __init__(self, images, masks):
        self.images, self.masks = images, masks
        self.transform = T.Compose([T.RandomHorizontalFlip(), T.ToTensor()])

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
`;

export const augmentedApart: Check = {
  id: 'augmented-apart',
  title: 'A picture and its mask are augmented apart',
  severity: 'warning',
  why: 'A random transform draws anew each time it is called: the picture is flipped where its mask is not, and what is learned is wrong for half of them.',
  instead: 'Draw once and apply it to both, with torchvision.transforms.functional or one call for both.',
  needs:
    'A random transform that moves pixels, called once for the picture and once for the mask of one example.',
  wrong: [
    `${DATA}        image = self.transform(self.images[index])
        mask = self.transform(self.masks[index])  # <--
        return image, mask
`,
  ],
  right: [
    `${DATA}        torch.manual_seed(index)
        image = self.transform(self.images[index])
        torch.manual_seed(index)
        mask = self.transform(self.masks[index])
        return image, mask
`,
    `${DATA}        image = self.transform(self.images[index])
        other = self.transform(self.images[index])
        return image, other
`,
    `${DATA.replace('Pictures', 'TwoDomains')}        source = self.transform(self.images[index])
        target = self.transform(self.masks[index])
        return source, target
`,
  ],
  *run(program) {
    if (!MOVING.test(program.source)) return;
    // Pictures of two domains are not of the same scene.
    if (/domain|adapt|unpaired|cycle_?gan|\bdann\b|style/i.test(program.source)) return;
    for (const definition of classesOf(program)) {
      const method = methodOf(definition, '__getitem__');
      if (method === undefined || /seed|rng_state|get_state|get_params/.test(method.span.text)) continue;
      const moved = callsIn(method).filter(({ callee }) => isMoving(program, definition, callee.span.text));
      const [image] = moved;
      const mask = moved.find((call) => call !== image && isTargets(method, call));
      if (image === undefined || mask === undefined || isTargets(method, image)) continue;
      // One of two arms, or one after the other of the same picture.
      if (image.args[0]?.span.text === mask.args[0]?.span.text) continue;
      yield {
        at: mask.span,
        message: 'This draws anew: the mask is moved otherwise than its picture.',
        evidence: [places(['the picture is transformed here', image.span])],
      };
    }
  },
};

function callsIn(method: tree.FunctionDefinition): tree.Call[] {
  const calls: tree.Call[] = [];
  eachNode(method, (node) => {
    if (node.kind === 'Call' && node.args.length === 1 && node.keywords.length === 0) calls.push(node);
  });
  return calls.toSorted((a, b) => a.span.start - b.span.start);
}

/** Whether a call is of a mask, by what it is given or what its result is called. */
function isTargets(method: tree.FunctionDefinition, { args, span }: tree.Call): boolean {
  if (TARGET.test(args[0]?.span.text ?? '')) return true;
  let isNamed = false;
  eachNode(method, (node) => {
    if (node.kind === 'Assign' && node.value.span.start === span.start && node.targets.length === 1)
      isNamed ||= TARGET.test(node.targets[0]?.span.text ?? '');
  });
  return isNamed;
}

/** Whether what is called is a transform that moves pixels: set in the class, or handed to it where it is made. */
function isMoving(program: Program, definition: tree.ClassDefinition, callee: string): boolean {
  if (!/^(self\.)?\w+$/.test(callee)) return false;
  const own = assignedTo(program, callee, definition.span);
  if (own.some((value) => MOVING.test(value.span.text))) return true;
  const parameter = own.find((value): value is tree.Name => value.kind === 'Name')?.id;
  if (parameter === undefined) return !callee.startsWith('self.') && isMovingName(program, callee);
  const places = argumentPlaces(definition, parameter);
  let found = false;
  for (const node of callsOf(program)) {
    if (node.callee.span.text !== definition.name) continue;
    const given = node.keywords.find(({ name }) => name === parameter)?.value ?? node.args[places];
    if (given === undefined) continue;
    found ||= MOVING.test(given.span.text) || (given.kind === 'Name' && isMovingName(program, given.id));
  }
  return found;
}

function isMovingName(program: Program, name: string): boolean {
  return assignedTo(program, name).some((value) => MOVING.test(value.span.text));
}

function argumentPlaces(definition: tree.ClassDefinition, parameter: string): number {
  const init = methodOf(definition, '__init__');
  return (init?.parameters.findIndex(({ name }) => name === parameter) ?? 0) - 1;
}

/** What is assigned to a name or attribute, anywhere or inside a class. */
function assignedTo(program: Program, name: string, inside?: tree.Statement['span']): tree.Expression[] {
  return statementsOf(program).flatMap((statement) =>
    statement.kind === 'Assign' &&
    (inside === undefined || (statement.span.start >= inside.start && statement.span.end <= inside.end)) &&
    statement.targets.some(({ span }) => span.text === name)
      ? [statement.value]
      : [],
  );
}
