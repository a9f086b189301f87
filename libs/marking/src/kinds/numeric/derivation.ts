import { equationLatex } from '@tensormark/network';
import { CONVENTION_WORDS, type AskedQuantity, type ConventionName } from '@tensormark/parameter-count';
import type { Ask } from './ask.js';

/** A model answer in Markdown with LaTeX: one equation for each quantity, under the convention named. */
export function derivationOf(
  asks: readonly Ask[],
  asked: readonly AskedQuantity[],
  convention: ConventionName,
): string {
  const lines = asks.map((ask) => {
    const readings = asked.find(({ id }) => id === ask.id)?.readings ?? [];
    const reading = readings.find((each) => each.convention === convention) ?? readings[0];
    return reading === undefined ? '' : `- ${ask.says}: $${equationLatex(reading.formula)}$`;
  });
  return [`Counted ${CONVENTION_WORDS[convention]}:`, '', ...lines].join('\n');
}
