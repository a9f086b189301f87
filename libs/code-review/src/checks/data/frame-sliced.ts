import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const frameSliced: Check = {
  id: 'frame-sliced',
  title: 'A table of pandas cut like an array',
  severity: 'error',
  why: 'Square brackets after a DataFrame choose columns by name; rows and columns by number raise a TypeError there.',
  instead: 'Write df.iloc[:, :-1], or df.values[:, :-1] for an array.',
  needs: 'What pandas.read_csv or another reader gave, with rows and columns between its brackets.',
  wrong: [
    `
import pandas as pd
table = pd.read_csv('train.csv').dropna()
x = table[:, :-1]  # <--
print(x.shape, fit(x))
`,
  ],
  right: [
    `
import numpy as np
import pandas as pd
table = pd.read_csv('train.csv')
x, y = table.iloc[:, :-1], table.values[:, -1]
first, some, named = table[:10], table['age'], table[['age', 'height']]
array = np.loadtxt('train.csv', delimiter=',')
left = array[:, :-1]
print(fit(x, y, first, some, named, left))
sheets = pd.read_csv('train.csv', chunksize=100)
`,
  ],
  *run(program) {
    if (!/\bread_(csv|table|excel)\(/.test(program.source)) return;
    const said = new Set<number>();
    for (const { made, span } of usedIn(program)) {
      if (made.kind !== 'operation' || made.name !== 'getitem' || span === undefined) continue;
      const [table, key] = made.args.positional;
      if (said.has(span.start) || !isValue(table) || !isFrame(table)) continue;
      if (!Array.isArray(key) || !key.some(isSlice)) continue;
      said.add(span.start);
      yield {
        at: span,
        message: 'Rows and columns are asked for by number here, and this is a DataFrame.',
        evidence: [places(['where it is read', table.span])],
      };
    }
  },
};

/** All values that go into a call, and what they are made of. */
function usedIn(program: Program): Iterable<Value> {
  const seen = new Set<Value>();
  const waiting: Datum[] = eventsOf(program, 'call').flatMap(({ args }) => [
    ...args.positional,
    ...args.named.values(),
  ]);
  for (let datum = waiting.pop(); datum !== undefined; datum = waiting.pop()) {
    if (Array.isArray(datum)) waiting.push(...datum);
    if (!isValue(datum) || seen.has(datum)) continue;
    seen.add(datum);
    waiting.push(...datum.inputs);
  }
  return seen;
}

/** What leaves a table a table. */
const KEEPS = /^(drop|dropna|fillna|drop_duplicates|sample|reset_index|copy|astype|sort_values|replace)$/;

function isFrame(datum: Datum | undefined): boolean {
  if (!isValue(datum)) return false;
  const call = foreignCall(datum);
  if (call !== undefined)
    return (
      /^pandas\.read_(csv|table|excel)$/.test(call.name) &&
      !['chunksize', 'iterator', 'sheet_name', 'squeeze'].some((name) => call.args.named.has(name))
    );
  const { made } = datum;
  return made.kind === 'operation' && KEEPS.test(made.name) && isFrame(made.args.positional[0]);
}

function isSlice(datum: Datum): boolean {
  return typeof datum === 'object' && datum !== null && 'holds' in datum && datum.holds?.kind === 'slice';
}
