import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const NETWORK = `
import torch
import torch.nn as nn
from torchvision import models
`;

/** Networks of torchvision's that one takes for what they have learned. */
const KNOWN =
  /(^|\.)(resnet|resnext|wide_resnet|vgg|alexnet|densenet|mobilenet|efficientnet|squeezenet|convnext|mnasnet|googlenet|inception|shufflenet|regnet|vit_|swin_)\w*$/;

/** Weights that come from elsewhere, or what is to learn after all. */
const LEARNED =
  /load_state_dict|torch\.load|load_model|requires_grad_?\s*(=\s*(?!False)\w|\(\s*(True)?\s*\))|copy_\(/;

export const frozenRandom: Check = {
  id: 'frozen-random',
  title: 'A network that is frozen and has learned nothing',
  severity: 'warning',
  why: 'Without weights the network is made with such as are drawn at random, and what is frozen keeps them: the new layer learns from features that mean nothing.',
  instead: "Take weights='DEFAULT' (pretrained=True in older versions), or let the whole network learn.",
  needs:
    'A network of torchvision’s or of keras.applications that is made without weights, and frozen, in a program that loads none.',
  wrong: [
    `${NETWORK}
model = models.resnet18()  # <--
for param in model.parameters():
    param.requires_grad = False
model.fc = nn.Linear(512, 5)
optimizer = torch.optim.SGD(model.fc.parameters(), lr=0.01)
`,
    `${NETWORK}
from torchvision.models import vgg16
net = vgg16(pretrained=False)  # <--
for p in net.features.parameters():
    p.requires_grad_(False)
net.classifier[6] = nn.Linear(4096, 5)
`,
  ],
  right: [
    `${NETWORK}
model = models.resnet18(weights='DEFAULT')
for param in model.parameters():
    param.requires_grad = False
model.fc = nn.Linear(512, 5)
scratch = models.resnet34()
target = models.resnet50()
target.load_state_dict(torch.load('resnet50.pt'))
for param in target.parameters():
    param.requires_grad = False
`,
    `${NETWORK}
model = models.resnet18()
model.fc = nn.Linear(512, 5)
for name, param in model.named_parameters():
    print(name, param.requires_grad)
`,
  ],
  *run(program) {
    if (!program.source.includes('torchvision') || LEARNED.test(program.source)) return;
    const statements = statementsOf(program);
    for (const made of statements) {
      if (made.kind !== 'Assign' || made.value.kind !== 'Call' || !isUnlearned(made.value)) continue;
      const [name] = targetsOf(made);
      const frozen = statements.find(
        (one) => one.kind === 'For' && one.span.start > made.span.end && rootFrozen(one) === name,
      );
      if (name === undefined || frozen === undefined || isMadeAgain(program, name)) continue;
      yield {
        at: made.value.span,
        message: `${name} is made with weights drawn at random, and frozen so.`,
        evidence: [places(['frozen here', frozen.span])],
      };
    }
  },
};

/** `resnet18()`, or with `weights=None` or `pretrained=False`. */
function isUnlearned({ callee, args, keywords }: tree.Call): boolean {
  if (!KNOWN.test(callee.span.text)) return false;
  return (
    args.length === 0 &&
    keywords.every(
      ({ name = '', value: { span } }) =>
        /^(num_classes|progress)$/.test(name) ||
        (name === 'weights' && span.text === 'None') ||
        (name === 'pretrained' && span.text === 'False'),
    )
  );
}

/** Whose parameters a loop freezes, all of them or those of a part. */
function rootFrozen({ iterable, body }: tree.For): string | undefined {
  if (iterable.kind !== 'Call' || iterable.callee.kind !== 'Attribute') return undefined;
  if (iterable.callee.attribute !== 'parameters' || body.length !== 1) return undefined;
  if (!/\.requires_grad(_\(\s*False\s*\)|\s*=\s*False)$/.test(body[0]?.span.text ?? '')) return undefined;
  let of: tree.Expression = iterable.callee.value;
  while (of.kind === 'Attribute') of = of.value;
  return of.kind === 'Name' ? of.id : undefined;
}

/** A name that is given several networks is told nothing of. */
function isMadeAgain(program: Program, name: string): boolean {
  let times = 0;
  for (const node of nodesOf(program, 'Assign')) {
    if (targetsOf(node).includes(name) && !node.value.span.text.includes(name)) times++;
  }
  return times > 1;
}
