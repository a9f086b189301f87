import { chanceOf } from '../../libs/essays/src/judge/model.js';
import type { Place } from './places.js';

const SHARES = [0.1, 0.15, 0.2, 0.25, 0.3];

/**
 * How many of the likeliest places are covered, for each share of all items that might be suggested: what a threshold could give on
 * this set if one knew it. Only places count where nothing but likeness decides; a share that they do not reach is left out.
 */
export function operatingLine(places: readonly Place[]): string {
  const ranked = places
    .flatMap(({ suggestion: { features, open, enough }, truth }) =>
      features !== undefined && open === true && enough === true
        ? [{ chance: chanceOf(features), covered: truth === 'covered' }]
        : [],
    )
    .toSorted((one, other) => other.chance - one.chance);
  const told = SHARES.flatMap((share) => {
    const first = ranked.slice(0, Math.round(share * places.length));
    if (first.length < Math.round(share * places.length) || first.length === 0) return [];
    const covered = first.filter((each) => each.covered).length;
    return [`${100 * share} %: ${((100 * covered) / first.length).toFixed(0)}`];
  });
  return `  right of the likeliest of all items: ${told.join(', ')}\n`;
}
