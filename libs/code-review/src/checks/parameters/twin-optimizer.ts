import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const PAIR = (second: string, mark = ''): string => `
import torch
from networks import make_generator, make_discriminator

def fit(loader, lr):
    generator, discriminator = make_generator(), make_discriminator()
    optimizer_g = torch.optim.Adam(generator.parameters(), lr=lr)
    optimizer_d = torch.optim.Adam(${second}.parameters(), lr=lr)${mark}
    return optimizer_g, optimizer_d
`;

/** `optimizer_d = torch.optim.Adam(generator.parameters()`: what it is for, its class, and whose parameters alone it has. */
const MADE =
  /^(?:[\w.]*\.)?(Adam|AdamW|SGD|RMSprop|Adagrad|Adadelta)\(\s*(?:params\s*=\s*)?([\w.]+?)(?:\.parameters\(\)|_params)\s*[,)]/;

export const twinOptimizer: Check = {
  id: 'twin-optimizer',
  title: 'An optimiser with the parameters of another network',
  severity: 'warning',
  why: 'An optimiser changes what it was given, whatever it is called: the network that it was to train is stepped with another, or never.',
  instead: 'Give it the parameters of the network that its name speaks of.',
  needs:
    'Two optimisers of one kind with the parameters of one network, and one of them named after a network that has none; or two that are named after each other’s network.',
  wrong: [
    PAIR('generator', '  # <--'),
    `
import torch
from networks import Encoder, Decoder
encoder, decoder = Encoder(), Decoder()
enc_opt = torch.optim.Adam(decoder.parameters(), lr=1e-3)  # <--
dec_opt = torch.optim.Adam(encoder.parameters(), lr=1e-3)
`,
    `
import torch
from networks import Encoder, Generator
encoder, generator = Encoder(), Generator()
optimizer_E = torch.optim.Adam(generator.parameters(), lr=1e-3)  # <--
optimizer_G = torch.optim.Adam(generator.parameters(), lr=1e-3)
`,
  ],
  right: [
    PAIR('discriminator'),
    PAIR('generator').replaceAll('discriminator', 'encoder').replaceAll('_d', '_b'),
    `
import torch
from networks import weights
g_params, q_params = weights(784), weights(10)
g_solver = torch.optim.Adam(g_params, lr=1e-3)
q_solver = torch.optim.Adam(g_params + q_params, lr=1e-3)
for _ in range(10):
    q_solver.step()
`,
  ],
  *run(program) {
    const made = statementsOf(program).flatMap((statement) => {
      if (statement.kind !== 'Assign') return [];
      const [, kind = '', of = ''] = MADE.exec(statement.value.span.text) ?? [];
      const [name = ''] = targetsOf(statement);
      return of === '' ? [] : [{ statement, kind, of, name }];
    });
    for (const [at, one] of made.entries())
      for (const other of made.slice(at + 1))
        if (isExchanged(one, other))
          yield {
            at: one.statement.span,
            message: `${one.name} has the parameters of ${one.of}, and ${other.name} those of ${other.of}.`,
            evidence: [places(['the other optimiser', other.statement.span])],
          };
    for (const second of made) {
      const first = made.find(
        (one) =>
          one !== second && one.of === second.of && one.kind === second.kind && one.name !== second.name,
      );
      const tag = tagOf(second.name);
      if (
        first === undefined ||
        tag === '' ||
        isNamedBy(second.of, tag) ||
        !isNamedBy(first.of, tagOf(first.name))
      )
        continue;
      const home = functionsAround(program, second.statement.span).at(-1)?.body ?? program.body;
      const others = statementsIn(home)
        .flatMap(targetsOf)
        .flatMap((text) => text.split(/,\s*/));
      const other = others.find(
        (text) =>
          /^[\w.]+$/.test(text) &&
          text !== second.name &&
          text !== second.of &&
          isNamedBy(text, tag) &&
          !/opt|sched|loss|lr/i.test(text),
      );
      if (other === undefined || made.some(({ of }) => of === other)) continue;
      if (
        new RegExp(String.raw`\b${other.replaceAll('.', String.raw`\.`)}\.parameters\(`).test(program.source)
      )
        continue;
      yield {
        at: second.statement.span,
        message: `${second.name} has the parameters of ${second.of}, as ${first.name} does, and ${other} is trained by none.`,
        evidence: [places(['the other optimiser', first.statement.span])],
      };
    }
  },
};

interface Named {
  readonly name: string;
  readonly of: string;
}

/** Whether two optimisers are each named after the network of the other, and not after their own. */
function isExchanged(one: Named, other: Named): boolean {
  const [tag, otherTag] = [tagOf(one.name), tagOf(other.name)];
  return (
    isNamedBy(other.of, tag) &&
    isNamedBy(one.of, otherTag) &&
    !isNamedBy(one.of, tag) &&
    !isNamedBy(other.of, otherTag)
  );
}

/** `optimizer_d` → `d`; `self.opt_disc` → `disc`. */
function tagOf(name: string): string {
  return name
    .replace(/^self\./, '')
    .replaceAll(/optimi[sz]ers?|optim|opt|trainer|_/gi, '')
    .toLowerCase();
}

function isNamedBy(network: string, tag: string): boolean {
  const name = network
    .replace(/^self\./, '')
    .replaceAll('_', '')
    .toLowerCase();
  return (
    tag !== '' &&
    name !== '' &&
    (name.startsWith(tag) || name === `net${tag}` || name === `model${tag}` || tag.startsWith(name))
  );
}
