import type { Check } from '../../check.js';
import { torchCalls } from '../../ask/torch-calls.js';
import { nodesOf } from '../../ask/tree.js';

const PICTURES = (steps: string): string => `
from torchvision import datasets, transforms as T
steps = T.Compose([${steps}])
pictures = datasets.ImageFolder('pictures', transform=steps)
`;

/** Transforms that leave a picture a picture. */
const KEEPS_PICTURES =
  /^(Resize|Scale|CenterCrop|Pad|Grayscale|ColorJitter|ToPILImage|Random(?!Erasing|Apply|Choice|Order)\w+)$/;

export const transformOrder: Check = {
  id: 'transform-order',
  title: 'Normalize before ToTensor',
  severity: 'error',
  why: 'Normalize takes tensors: given a picture it raises an error.',
  instead: 'Put ToTensor() before Normalize(…).',
  needs: 'Both in one list of torchvision’s transforms, with nothing before that makes tensors.',
  wrong: [
    PICTURES('T.Resize((32, 32)), T.Normalize((0.5,), (0.5,)), T.ToTensor()').replace('])\n', '])  # <--\n'),
  ],
  right: [
    PICTURES('T.Resize((32, 32)), T.ToTensor(), T.Normalize((0.5,), (0.5,))'),
    PICTURES('T.ToTensor(), T.Normalize((0.5,), (0.5,)), T.ToPILImage(), T.Resize(64), T.ToTensor()'),
    PICTURES('own, T.Normalize((0.5,), (0.5,)), T.ToPILImage(), T.ToTensor()'),
  ],
  *run(program) {
    if (!/Normalize\(/.test(program.source) || !program.source.includes('torchvision')) return;
    const names = new Map(
      torchCalls(program).flatMap(({ call, path }) => {
        const [, name] = /^torchvision\.transforms\.(?:v2\.)?(\w+)$/.exec(path) ?? [];
        return name === undefined ? [] : [[call, name]];
      }),
    );
    for (const { items } of nodesOf(program, 'List')) {
      const steps = items.map((one) => (one.kind === 'Call' ? names.get(one) : undefined));
      const normalize = steps.indexOf('Normalize');
      const at = items[normalize];
      if (at === undefined || steps.indexOf('ToTensor') < normalize) continue;
      if (!steps.slice(0, normalize).every((one) => one !== undefined && KEEPS_PICTURES.test(one))) continue;
      yield {
        at: at.span,
        message: 'Normalize is given a picture here: ToTensor comes only after it.',
        evidence: [],
      };
    }
  },
};
