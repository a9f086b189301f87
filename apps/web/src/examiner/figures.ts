import type { ItemAnalysis } from '../api/types.js';

export function figure(value: number | null, places: number, unit = ''): string {
  return value === null ? '–' : `${value.toFixed(places).replace('-', '−')}${unit}`;
}

/** "2, 5.25, 9": with as many decimals as it takes, at most two. */
export function spread(range: ItemAnalysis['range']): string {
  if (range === null) return '–';
  return [range.lowest, range.median, range.highest]
    .map((marks) => String(Math.round(marks * 100) / 100).replace('-', '−'))
    .join(', ');
}

/** As for discrimination: of fewer papers it would say more about chance than about the question. */
const TELLING = 10;

export const hard = (facility: number, papers: number): string =>
  papers < TELLING ? '' : facility < 0.3 ? ', hard' : facility > 0.85 ? ', easy' : '';

export const poor = (discrimination: number): string =>
  discrimination < 0 ? ', look at this question' : discrimination < 0.2 ? ', low' : '';
