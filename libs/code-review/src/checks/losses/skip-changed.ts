import { isValue } from '@tensormark/frameworks';
import type { ModuleCalled, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const BLOCK = (relu: string): string => `
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(${relu}, nn.Conv2d(width, width, 3, padding=1), nn.ReLU(inplace=True))

    def forward(self, x):
        return x + self.body(x)  # <--
`;

export const skipChanged: Check = {
  id: 'skip-changed',
  title: 'A way around that carries what a layer has changed',
  severity: 'design',
  why: 'An activation in place overwrites what it is given: what is added at the end is no more what went in, but what the activation made of it.',
  instead: 'Leave inplace=True away in the first activation of the block.',
  needs: 'A sum of what went into an activation with inplace=True, and what came of it by other layers.',
  wrong: [BLOCK('nn.ReLU(inplace=True)'), BLOCK('nn.LeakyReLU(0.1, inplace=True)')],
  right: [BLOCK('nn.ReLU()').replace('  # <--', ''), BLOCK('nn.BatchNorm2d(width)').replace('  # <--', '')],
  *run(program) {
    if (!/inplace\s*=\s*True|ReLU\(True\)/.test(program.source)) return;
    const inPlace = eventsOf(program, 'module-call').filter((call) => isInPlace(call));
    if (inPlace.length === 0) return;
    for (const { result } of madeOnce(program, 'add')) {
      const found = inPlace.find(({ args, result: active }) => {
        const [given] = args.positional;
        return (
          isValue(given) &&
          isValue(active) &&
          active !== given &&
          result.inputs.includes(given) &&
          result.inputs.some((input) => input !== given && isFurther(input, active))
        );
      });
      if (found === undefined || result.span === undefined) continue;
      yield {
        at: result.span,
        message: `What is added here went into a ${found.module.type} that changed it in place.`,
        evidence: [places(['the activation', found.module.span])],
      };
    }
  },
};

function isInPlace({ module: { layer } }: ModuleCalled): boolean {
  return (
    /^(ReLU6?|LeakyReLU|ELU|SELU|CELU|SiLU|Hardtanh)$/.test(layer?.type ?? '') &&
    layer?.config['inplace'] === true
  );
}

/** Whether a value comes of what an activation gave, and is not that itself. */
function isFurther(value: Value, active: Value): boolean {
  return value !== active && comesOf(value, (each) => each === active);
}
