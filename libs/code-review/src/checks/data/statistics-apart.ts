import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places, spanOf } from '../../ask/places.js';

export const statisticsApart: Check = {
  id: 'statistics-apart',
  title: 'A mean and a deviation of different rows',
  severity: 'warning',
  why: 'Data are brought to mean 0 and deviation 1 by figures of the same rows; of others, most of all of far fewer, they come out at another scale.',
  instead: 'Take both of the same slice, that of the rows that are learned from.',
  needs: 'A subtracted mean and a division by a deviation, each of a slice of rows whose ends are numbers.',
  wrong: [
    `
import numpy as np
import pandas as pd
data = pd.read_csv('weather.csv').values
mean = np.mean(data[:20000], axis=0)
data -= mean
deviation = np.std(data[:2000], axis=0)  # <--
data /= deviation
`,
  ],
  right: [
    `
import numpy as np
import pandas as pd
data = pd.read_csv('weather.csv').values
mean = data[:20000].mean(axis=0)
data -= mean
deviation = data[:20000].std(axis=0)
data /= deviation
`,
  ],
  *run(program) {
    if (!program.source.includes('std(')) return;
    const said = new Set<number>();
    for (const { result } of callsNamed(program, 'div')) {
      if (!isValue(result) || result.made.kind !== 'operation' || result.made.name !== 'div') continue;
      const [less, deviation] = result.made.args.positional;
      if (!isValue(less) || less.made.kind !== 'operation' || less.made.name !== 'sub') continue;
      const mean = less.made.args.positional[1];
      const [one, other] = [rowsOf(mean, 'mean'), rowsOf(deviation, 'std')];
      if (one === undefined || other === undefined || one === other || !isValue(deviation)) continue;
      if (deviation.span === undefined || said.has(deviation.span.start)) continue;
      said.add(deviation.span.start);
      yield {
        at: deviation.span,
        message: `The deviation is of the rows ${other}, and the mean of the rows ${one}.`,
        evidence: [places(['the mean', spanOf(mean)], ['divided here', result.span])],
      };
    }
  },
};

/** The rows that a figure is taken of, as they are written: `0:200`. */
function rowsOf(datum: Datum | undefined, figure: string): string | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation') return undefined;
  const call = foreignCall(datum);
  const isFunction = call?.name === `numpy.${figure}`;
  if (call === undefined ? datum.made.name !== figure : !isFunction) return undefined;
  const [of] = call === undefined ? datum.made.args.positional : call.args.positional;
  return isValue(of) ? slicedRows(of) : undefined;
}

function slicedRows({ made }: Value): string | undefined {
  if (made.kind !== 'operation' || made.name !== 'getitem') return undefined;
  const [, key] = made.args.positional;
  if (typeof key !== 'object' || key === null || !('kind' in key) || key.kind !== 'other') return undefined;
  if (key.holds?.kind !== 'slice') return undefined;
  const { start, stop } = key.holds;
  return typeof stop === 'bigint' && (start === null || typeof start === 'bigint')
    ? `${start ?? 0n}:${stop}`
    : undefined;
}
