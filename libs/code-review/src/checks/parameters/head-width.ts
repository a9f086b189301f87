import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { torchCalls } from '../../ask/torch-calls.js';
import { statementsOf } from '../../ask/tree.js';

/**
 * How wide what the last layer of torchvision's networks is given is, by where that layer is put; read off the networks themselves
 * (torchvision 0.28).
 */
const WIDTHS: readonly (readonly [network: RegExp, place: RegExp, width: number])[] = [
  [/^resnet(18|34)$/, /^fc$/, 512],
  [/^(resnet(50|101|152)|resnext\w+|wide_resnet\w+|inception_v3|shufflenet_v2_x2_0)$/, /^fc$/, 2048],
  [/^(googlenet|shufflenet_v2_x(0_5|1_0|1_5))$/, /^fc$/, 1024],
  [/^densenet121$/, /^classifier$/, 1024],
  [/^densenet161$/, /^classifier$/, 2208],
  [/^densenet169$/, /^classifier$/, 1664],
  [/^densenet201$/, /^classifier$/, 1920],
  [/^(vgg\w+|alexnet)$/, /^classifier\[(6|-1)\]$/, 4096],
  [/^vgg\w+$/, /^classifier$/, 25_088],
  [/^alexnet$/, /^classifier$/, 9216],
  [/^(mobilenet_v2|mnasnet\w+|efficientnet_(b0|b1|v2_\w))$/, /^classifier(\[(1|-1)\])?$/, 1280],
  [/^efficientnet_b2$/, /^classifier(\[(1|-1)\])?$/, 1408],
  [/^efficientnet_b3$/, /^classifier(\[(1|-1)\])?$/, 1536],
  [/^efficientnet_b4$/, /^classifier(\[(1|-1)\])?$/, 1792],
  [/^efficientnet_b5$/, /^classifier(\[(1|-1)\])?$/, 2048],
  [/^efficientnet_b6$/, /^classifier(\[(1|-1)\])?$/, 2304],
  [/^efficientnet_b7$/, /^classifier(\[(1|-1)\])?$/, 2560],
  [/^mobilenet_v3_large$/, /^classifier\[(3|-1)\]$/, 1280],
  [/^mobilenet_v3_small$/, /^classifier\[(3|-1)\]$/, 1024],
  [/^mobilenet_v3_large$/, /^classifier$/, 960],
  [/^mobilenet_v3_small$/, /^classifier$/, 576],
  [/^convnext_(tiny|small)$/, /^classifier\[(2|-1)\]$/, 768],
  [/^convnext_base$/, /^classifier\[(2|-1)\]$/, 1024],
  [/^vit_b_\d+$/, /^heads(\.head)?$/, 768],
  [/^vit_l_\d+$/, /^heads(\.head)?$/, 1024],
  [/^swin(_v2)?_[st]$/, /^head$/, 768],
  [/^swin(_v2)?_b$/, /^head$/, 1024],
];

export const headWidth: Check = {
  id: 'head-width',
  title: 'A new last layer of another width than the network gives',
  severity: 'error',
  why: 'The layer multiplies what the network gives it by its weight: widths that differ raise an error at the first batch.',
  instead: 'Ask the old layer: nn.Linear(model.fc.in_features, classes).',
  needs:
    'A network of torchvision’s, and a linear layer with a number for its inputs put in place of its last.',
  wrong: [
    `
import torch.nn as nn
from torchvision import models
model = models.resnet50(weights="DEFAULT")
model.fc = nn.Linear(512, 5)  # <--
`,
    `
import torch.nn as nn
from torchvision.models import densenet201

class Pictures(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = densenet201(weights="DEFAULT")
        self.body.classifier = nn.Sequential(nn.Linear(1024, 64), nn.ReLU(), nn.Linear(64, 5))  # <--

    def forward(self, x):
        return self.body(x)
`,
  ],
  right: [
    `
import torch.nn as nn
from torchvision import models
model = models.resnet50(weights="DEFAULT")
model.fc = nn.Linear(2048, 5)
other = models.vgg16(weights="DEFAULT")
other.classifier[6] = nn.Linear(4096, 5)
third = models.mobilenet_v2(weights="DEFAULT", width_mult=2.0)
third.classifier = nn.Linear(2560, 5)
`,
  ],
  *run(program) {
    // Where another part is replaced too, the width may be another.
    if (
      !program.source.includes('torchvision') ||
      /\.(avgpool|features|layer\d)\s*=[^=]/.test(program.source)
    )
      return;
    const paths = new Map<tree.Expression, string>(torchCalls(program).map(({ call, path }) => [call, path]));
    const networks = new Map<string, { readonly name: string; readonly at: tree.Statement }>();
    for (const statement of statementsOf(program)) {
      if (statement.kind !== 'Assign' || statement.targets.length !== 1) continue;
      const [target] = statement.targets;
      const text = target?.span.text ?? '';
      const name = builderOf(statement.value, paths);
      if (name !== undefined) networks.set(text, { name, at: statement });
      else networks.delete(text);
      const owner = [...networks.keys()].find((one) => text.startsWith(`${one}.`));
      const network = owner === undefined ? undefined : networks.get(owner);
      const given = inputsOf(statement.value, paths);
      if (owner === undefined || network === undefined || given === undefined) continue;
      const place = text.slice(owner.length + 1).replaceAll(/\s/g, '');
      const width = WIDTHS.find(([of, where]) => of.test(network.name) && where.test(place))?.[2];
      if (width === undefined || width === given) continue;
      yield {
        at: statement.span,
        message: `${network.name} gives its last layer ${width} features, and this takes ${given}.`,
        evidence: [
          places(['the network', network.at.span]),
          {
            kind: 'numbers',
            numbers: [
              { what: 'features it is given', value: width },
              { what: 'features it takes', value: given },
            ],
          },
        ],
      };
    }
  },
};

/** The name of one of torchvision's networks, as they come: `models.resnet50(weights=…)`. */
function builderOf(value: tree.Expression, paths: ReadonlyMap<tree.Expression, string>): string | undefined {
  if (value.kind !== 'Call') return undefined;
  const isPlain = value.keywords.every(({ name }) =>
    /^(weights|pretrained|progress|aux_logits)$/.test(name ?? ''),
  );
  return isPlain
    ? /^torchvision\.models\.(?:\w+\.)?([a-z]\w+)$/.exec(paths.get(value) ?? '')?.[1]
    : undefined;
}

/** How many features a linear layer, or the first of a sequence of layers, takes, where that is a number. */
function inputsOf(value: tree.Expression, paths: ReadonlyMap<tree.Expression, string>): number | undefined {
  if (value.kind !== 'Call') return undefined;
  const [first] = value.args;
  const path = paths.get(value);
  if (path === 'torch.nn.Sequential') return first === undefined ? undefined : inputsOf(first, paths);
  if (path !== 'torch.nn.Linear') return undefined;
  const given = value.keywords.find(({ name }) => name === 'in_features')?.value ?? first;
  return given !== undefined && /^\d+$/.test(given.span.text) ? Number(given.span.text) : undefined;
}
