import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { dataOf } from '../../ask/data-sets.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
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
  title: 'A transform of pictures that cannot take what it is given',
  severity: 'error',
  why: 'Normalize takes tensors with as many channels as it has means: given a picture, or another number of channels, it raises an error.',
  instead: 'Put ToTensor() before Normalize(…), and give one mean and one deviation for each channel.',
  needs:
    'Normalize and ToTensor in one list, with nothing before that makes tensors; or a loader of a published set that something else goes over.',
  wrong: [
    PICTURES('T.Resize((32, 32)), T.Normalize((0.5,), (0.5,)), T.ToTensor()').replace('])\n', '])  # <--\n'),
    `
from torchvision import datasets, transforms as T
from torch.utils.data import DataLoader
from engine import fit
steps = T.Compose([T.ToTensor(), T.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))])  # <--
fit(DataLoader(datasets.MNIST('digits', transform=steps), batch_size=8))
`,
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
    yield* refusedLater(program);
  },
};

/** Loaders that the file hands to something else, which finds out at the first batch. */
function* refusedLater(program: Program): Generator<Found> {
  const over = new Set(eventsOf(program, 'loader-iterated').map(({ loader }) => loader));
  const seen = new Set<number>();
  for (const loader of program.loaders) {
    const data = dataOf(loader);
    const at = data?.refusal?.transform.span;
    if (data?.refusal === undefined || at === undefined || over.has(loader) || seen.has(at.start)) continue;
    if (program.source.includes('.transform =')) continue;
    seen.add(at.start);
    yield {
      at,
      message: `${data.name} gives what ${data.refusal.transform.name} does not take.`,
      evidence: [
        places(['the loader', loader.made.span]),
        { kind: 'error', type: data.refusal.type, message: data.refusal.message, exact: false },
      ],
    };
  }
}
