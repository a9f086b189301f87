import type { Reading } from '../meaning/reading.js';
import { isEnglish } from './language.js';

/** On questions of the fit, half and more of what the items say is in a vocabulary; a few words among many tell nothing. */
const KNOWN = 1 / 3;
/** In fewer words than this no share tells anything. */
const FEW = 8;

/**
 * Whether a question lies outside what the scorer was fitted on: most of what its items say is in no vocabulary, so that neither
 * synonyms nor opposites of it are known, or it is not in English.
 */
export function isOutside(asked: string, points: readonly Reading[]): boolean {
  const tokens = points.flatMap((reading) => reading.tokens);
  if (isEnglish(`${asked} ${tokens.map(({ word }) => word).join(' ')}`, tokens) === false) return true;
  const said = points.flatMap((reading) => reading.said);
  // The only item of a question has no others that it could be taken for.
  if (points.length === 1) return false;
  const known = said.filter(({ source }) => source !== 'word').length;
  return said.length >= FEW && known < KNOWN * said.length;
}
