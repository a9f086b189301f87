import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';

const ENCODER = (second: string): string => `
import torch.nn as nn
from blocks import Trunk

class Encoder(nn.Module):
    def __init__(self, width, latent):
        super().__init__()
        self.trunk = Trunk()
        self.to_mean = nn.Linear(width, latent)
        self.to_logvar = nn.Linear(width, latent)

    def forward(self, x):
        h = self.trunk(x)
        mean = self.to_mean(h)
        logvar = ${second}
        return mean, logvar
`;

export const copiedCall: Check = {
  id: 'copied-call',
  title: 'One layer called in place of another',
  severity: 'warning',
  why: 'The same layer on the same values gives the same again, and the layer that was made for this is never called and never learns.',
  instead: 'Call the layer that was made for the second.',
  needs:
    'One layer called twice on the same values in one function, for two names, and another layer of the class that is spoken of nowhere.',
  wrong: [ENCODER('self.to_mean(h)  # <--')],
  right: [
    ENCODER('self.to_logvar(h)'),
    ENCODER('self.to_logvar(self.to_mean(h).relu())').replace(
      'to_logvar = nn.Linear(width',
      'to_logvar = nn.Linear(latent',
    ),
  ],
  *run(program) {
    for (const definition of classesOf(program)) {
      const init = methodOf(definition, '__init__');
      if (init === undefined) continue;
      const made = statementsIn(init.body).flatMap((one) =>
        one.kind === 'Assign' && /^[\w.]*(Linear|Conv[123]d|LSTM|GRU|Embedding)\(/.test(one.value.span.text)
          ? targetsOf(one).filter((target) => /^self\.\w+$/.test(target))
          : [],
      );
      if (made.length < 2 || /\b(getattr|children|modules|parameters_of)\(/.test(definition.span.text))
        continue;
      const unused = made.find((layer) => timesRead(program.source, layer) === 1);
      if (unused === undefined) continue;
      for (const method of definition.body) {
        if (method.kind !== 'FunctionDef' || method === init) continue;
        const copy = copyIn(method, new Set(made));
        if (copy === undefined) continue;
        yield {
          at: copy.second.span,
          message: `${copy.layer} gives both, and ${unused} is never called.`,
          evidence: [places(['the first call', copy.first.span])],
        };
      }
    }
  },
};

function timesRead(source: string, layer: string): number {
  const name = layer.slice(layer.indexOf('.') + 1);
  return source.match(new RegExp(String.raw`\b${name}\b`, 'g'))?.length ?? 0;
}

interface Copy {
  readonly layer: string;
  readonly first: tree.Assign;
  readonly second: tree.Assign;
}

/** Two names given the same call of a layer, whose argument is a name that is not set in between. */
function copyIn(method: tree.FunctionDefinition, layers: ReadonlySet<string>): Copy | undefined {
  const seen = new Map<string, tree.Assign>();
  for (const statement of statementsIn(method.body)) {
    const targets = targetsOf(statement);
    if (statement.kind === 'Assign') {
      const { text } = statement.value.span;
      const layer = /^(self\.\w+)\((\w+)\)$/.exec(text)?.[1];
      if (layer !== undefined && layers.has(layer)) {
        const first = seen.get(text);
        if (first !== undefined && !targetsOf(first).some((one) => targets.includes(one)))
          return { layer, first, second: statement };
        seen.set(text, statement);
      }
    }
    for (const text of seen.keys())
      if (targets.some((target) => text.includes(`(${target})`))) seen.delete(text);
  }
  return undefined;
}
