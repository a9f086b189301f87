import type { Label } from '../headings/label.js';
import type { Surroundings } from './surroundings.js';

/**
 * Log-odds (natural) that a line with these looks is a heading, before its wording, its place in the outline and the
 * document's own style are weighed. Set by hand on documents written for the tests; what they must keep to is that
 * "Question 2:" on its own line stands nearly alone, and that a bare "2." needs its neighbours.
 */
export function looksScore(label: Label, around: Surroundings): number {
  return (
    keywordScore(label) +
    punctuationScore(label) +
    typographyScore(label, around) +
    placeScore(label, around) +
    restScore(label, around)
  );
}

function keywordScore(label: Label): number {
  const { keyword } = label;
  if (keyword === undefined) return bareScore(label);
  if (keyword.weak) return 1.5;
  switch (keyword.names) {
    case 'question':
      return 5.5;
    case 'answer':
      return 4.5;
    case 'part':
      return 3.5;
  }
}

function bareScore(label: Label): number {
  const [first, second] = label.numerals;
  if (second !== undefined) return second.number === undefined ? 3 : 0.3;
  return first?.number === undefined ? 1 : 0;
}

function punctuationScore(label: Label): number {
  if (label.keyword !== undefined || label.decoration.hash > 0 || label.numerals.length > 1) return 0;
  // A number or letter that is all of its line may as well be a result, or an option that is chosen.
  if (label.punctuation === 'x') return label.decoration.bold ? (label.alone ? 0 : -1.2) : -2.4;
  return label.punctuation === 'x-' || label.punctuation === 'x:' ? -0.4 : 0;
}

function typographyScore(label: Label, around: Surroundings): number {
  let score = 0;
  if (label.decoration.hash > 0) score += 2;
  if (label.decoration.bold) score += 1.3;
  if (label.decoration.quote) score -= 1;
  if (label.decoration.bullet && label.numerals[0]?.number !== undefined && label.keyword === undefined)
    score -= 0.6;
  if (around.rest === 'nothing') score += label.keyword === undefined ? 1.2 : 0.8;
  return score;
}

function placeScore(label: Label, around: Surroundings): number {
  const named = label.keyword !== undefined;
  // An item of a list follows the one before it without a blank line, heading or not.
  let score = around.blankBefore ? 0.7 : named || label.decoration.bullet ? -0.2 : -0.6;
  if (around.midParagraph) score -= named ? 2.5 : 1.2;
  score -= Math.min(2.1, 0.7 * around.indentSteps);
  if (around.tight && !named) score -= label.numerals[0]?.number === undefined ? 0.2 : 0.8;
  if (around.amongCode) score -= 5;
  return score;
}

function restScore(label: Label, around: Surroundings): number {
  switch (around.rest) {
    case 'nothing':
    case 'text':
      return runsOn(label) ? -1 : 0;
    case 'lower-case':
      // "Question 2 asks for": a sentence about the question, not its heading.
      return runsOn(label) ? -6 : -0.3;
    case 'operator':
      return label.keyword === undefined ? -4.5 : -1;
    case 'page-number':
      return -7;
  }
}

function runsOn(label: Label): boolean {
  const setOff = label.punctuation !== 'x' || label.decoration.hash > 0 || label.decoration.bold;
  return !setOff && !label.alone;
}
