import { foreignCall, isValue, transformsIn } from '@tensormark/frameworks';
import type { ModuleCalled, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';

const ONE_PICTURE = `
import torch
from PIL import Image
from torchvision import models, transforms
prepare = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor()])
picture = prepare(Image.open("cat.jpg").convert("RGB"))
model = models.resnet18(weights="DEFAULT").eval()
`;

export const batchMissing: Check = {
  id: 'batch-missing',
  title: 'One picture where a batch is wanted',
  severity: 'error',
  why: 'A network takes (batch, channels, height, width); one picture of transforms has three dimensions, and batch norm or the flattening refuses it.',
  instead: 'Make a batch of one: picture.unsqueeze(0).',
  needs:
    'What transforms with ToTensor give of one picture, handed straight to a network of torchvision’s or layers in a row.',
  wrong: [
    `${ONE_PICTURE}
with torch.no_grad():
    print(model(picture).argmax())  # <--
`,
  ],
  right: [
    `${ONE_PICTURE}
with torch.no_grad():
    print(model(picture.unsqueeze(0)).argmax())
    print(model(torch.stack([picture, picture])).shape)
    print(model(picture[None]).shape)
`,
  ],
  *run(program) {
    for (const call of outermostCalls(program)) {
      const [given] = call.args.positional;
      const at = call.moment.span;
      if (at === undefined || !isValue(given)) continue;
      const picture = unmoved(given);
      if (!isOnePicture(picture) || !wantsBatch(call)) continue;
      yield {
        at,
        message: 'The network is given one picture, without the dimension of a batch.',
        evidence: [places(['the picture', picture.span])],
      };
      return;
    }
  },
};

/** Behind what changes neither shape nor meaning. */
function unmoved(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 10; depth++) {
    const [input] = current.inputs;
    const { made } = current;
    if (made.kind !== 'operation' || !/^(to|cuda|cpu|float|half|Variable)$/.test(made.name)) break;
    if (input === undefined) break;
    current = input;
  }
  return current;
}

/** The result of a call of transforms that end in tensors, on something that no data set gives in batches. */
function isOnePicture({ made, shape }: Value): boolean {
  if ((shape?.length ?? 3) !== 3 || made.kind !== 'operation' || made.name !== 'call') return false;
  const [transform, given] = made.args.positional;
  const all = transform === undefined ? undefined : transformsIn(transform);
  if (all?.some(({ name }) => name === 'ToTensor') !== true) return false;
  if (
    all.some(
      ({ name }) => !/^(ToTensor|Normalize|Resize|CenterCrop|Grayscale|Random\w+|ColorJitter)$/.test(name),
    )
  )
    return false;
  return isValue(given) && /^PIL\.Image\.open$/.test(foreignCall(opened(given))?.name ?? '');
}

/** `Image.open(…)` behind `.convert('RGB')` and the like. */
function opened(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 5; depth++) {
    const [input] = current.inputs;
    const { made } = current;
    if (made.kind !== 'operation' || !/^(convert|resize|crop|rotate|copy)$/.test(made.name)) break;
    if (input === undefined) break;
    current = input;
  }
  return current;
}

/** A network of torchvision's, or PyTorch's own layers in a row, which add no dimension by themselves. */
function wantsBatch({ module }: ModuleCalled): boolean {
  const layers = module.modules.map((one) => one.module.layer?.type ?? '');
  const [first] = layers.filter((type) => type !== '');
  if (first !== 'Conv2d') return false;
  const isOfTorchvision = module.object.cls.module.startsWith('torchvision.');
  return isOfTorchvision || (module.isNative && layers.includes('BatchNorm2d'));
}
