import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const PAIR = (of: string, mark = ''): string => `
import torch
import torch.nn as nn
from somewhere import train

generator, judge = nn.Linear(8, 8), nn.Linear(8, 1)
opt_g = torch.optim.Adam(generator.parameters(), lr=1e-3)
opt_d = torch.optim.Adam(judge.parameters(), lr=1e-3)
decay_g = torch.optim.lr_scheduler.StepLR(opt_g, 10)
decay_d = torch.optim.lr_scheduler.StepLR(${of}, 10)${mark}
for epoch in range(30):
    train(generator, judge, opt_g, opt_d)
    decay_g.step()
    decay_d.step()
`;

export const schedulerOfOther: Check = {
  id: 'scheduler-of-other',
  title: 'Two schedules for one optimiser, and none for another',
  severity: 'warning',
  why: 'The second was to be for the other optimiser, whose rate never changes; that of the first falls twice as fast.',
  instead: 'Make the second schedule for the other optimiser.',
  needs:
    'Two schedulers of one kind made alike for one optimiser, both stepped, where another optimiser has none.',
  wrong: [PAIR('opt_g', '  # <--')],
  right: [PAIR('opt_d'), PAIR('opt_g').replace('StepLR(opt_g, 10)\nfor', 'ExponentialLR(opt_g, 0.9)\nfor')],
  *run(program) {
    const made = statementsOf(program).flatMap((statement) => {
      if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return [];
      const { callee, args, keywords } = statement.value;
      const of = args[0] ?? keywords.find(({ name }) => name === 'optimizer')?.value;
      const [name = ''] = targetsOf(statement);
      const isScheduler = /(^|\.)(\w+LR|ReduceLROnPlateau|CosineAnnealingWarmRestarts|OneCycleLR)$/.test(
        callee.span.text,
      );
      return isScheduler && of !== undefined && /^[\w.]*opt\w*$/i.test(of.span.text)
        ? [{ statement, name, of: of.span.text, text: statement.value.span.text.replaceAll(/\s/g, '') }]
        : [];
    });
    for (const second of made) {
      const home = functionsAround(program, second.statement.span).at(-1);
      const first = made.find(
        (one) =>
          one.text === second.text &&
          one.name !== second.name &&
          one.statement.span.start < second.statement.span.start &&
          functionsAround(program, one.statement.span).at(-1) === home,
      );
      if (first === undefined) continue;
      const names = [
        ...(home?.parameters ?? []).map(({ name }) => name),
        ...statementsIn(home?.body ?? program.body)
          .filter(({ kind, span }) => kind === 'Assign' && span.end <= second.statement.span.start)
          .flatMap(targetsOf),
      ];
      const isScheduled = new Set(made.map(({ of }) => of));
      const other = names.find(
        (name) =>
          /^[\w.]*opt(im(i[sz]er)?)?(_?\w+)?$/i.test(name) &&
          !isScheduled.has(name) &&
          isLike(name, first.of),
      );
      if (other === undefined || !isStepped(program.source, first.name, second.name)) continue;
      yield {
        at: second.statement.span,
        message: `${second.name} is made for ${second.of}, as ${first.name} is, and ${other} has no schedule.`,
        evidence: [places(['the other schedule', first.statement.span])],
      };
    }
  },
};

/** Whether two names of optimisers differ in whose they are alone: `opt_g`, `opt_d`; `netD_optim`, `netG_optim`. */
function isLike(one: string, other: string): boolean {
  const words = (name: string): readonly string[] => name.split(/_|(?<=[a-z])(?=[A-Z])|\./);
  const [these, those] = [words(one), words(other)];
  return these.length === those.length && these.filter((word, at) => word !== those[at]).length === 1;
}

/** Whether both are stepped, by their own names or by those that what makes them gives back. */
function isStepped(source: string, first: string, second: string): boolean {
  const step = (name: string): boolean =>
    new RegExp(String.raw`\b${name.replaceAll('.', String.raw`\.`)}\.step\(`).test(source);
  return step(first) && step(second);
}
