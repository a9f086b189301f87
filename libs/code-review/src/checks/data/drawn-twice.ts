import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { callsOf, functionsAround, statementAt, targetsOf } from '../../ask/tree.js';

const PART = (more: string): string => `
import numpy as np
from torch.utils.data import DataLoader, Subset

def part(data, share):
    rows = np.random.choice(len(data), int(share * len(data))${more})  # <--
    return DataLoader(Subset(data, rows), batch_size=32, shuffle=True)
`;

export const drawnTwice: Check = {
  id: 'drawn-twice',
  title: 'A part of the data drawn with repetitions',
  severity: 'design',
  why: 'choice() puts back what it has drawn unless told otherwise: some examples come several times, and there are fewer different ones than asked for.',
  instead: 'Give it replace=False.',
  needs:
    'Numbers of examples drawn by NumPy’s choice, fewer than there are, that a Subset or a sampler of a subset is made of.',
  wrong: [PART('')],
  right: [
    PART(', replace=False').replace('  # <--', ''),
    PART('').replace('int(share * len(data))', 'len(data)').replace('  # <--', ''),
  ],
  *run(program) {
    if (!/Subset/.test(program.source) || !/random\.choice\(/.test(program.source)) return;
    for (const call of callsOf(program)) {
      const [from, count] = call.args;
      if (
        !/^(np|numpy)\.random\.choice$/.test(call.callee.span.text) ||
        from === undefined ||
        count === undefined
      )
        continue;
      if (call.args.length > 2 || call.keywords.some(({ name }) => name === 'replace' || name === 'p'))
        continue;
      if (!/\*|\/\//.test(count.span.text) || !isForSubset(program, call)) continue;
      yield { at: call.span, message: 'Examples are drawn here with repetitions.', evidence: [] };
    }
  },
};

/** Whether what is drawn, or what the function gives that draws it, is made a subset of. */
function isForSubset(program: Program, call: tree.Call): boolean {
  const statement = statementAt(program, call.span);
  const home = functionsAround(program, call.span).at(-1);
  const names = [
    ...(statement === undefined ? [] : targetsOf(statement)),
    ...(home === undefined ? [] : [home.name]),
  ];
  return callsOf(program).some(
    ({ callee, args }) =>
      /(^|\.)(Subset|SubsetRandomSampler|Sampler)$/.test(callee.span.text) &&
      args.some(({ span }) => names.some((name) => new RegExp(String.raw`\b${name}\b`).test(span.text))),
  );
}
