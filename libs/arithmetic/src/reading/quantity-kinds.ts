import type { Expression } from '../expression.js';
import { isCalculation, sizes } from '../form/structure.js';
import type { Token } from '../tokens.js';
import { CONCLUSIONS, FILLERS, RELATION_WORDS, SHAPE_WORDS } from '../vocabulary.js';
import type { Label, Quantity, Side } from '../working.js';

/** A quantity and its surroundings. */
export interface Surroundings {
  readonly side: Side;
  readonly label: Label | null;
  /** Its first token, and the first token behind it and its words. */
  readonly at: number;
  readonly next: number;
  /** It stands behind a sign. */
  readonly result: boolean;
  readonly inCell: boolean;
}

const CLOSING: ReadonlySet<Token['kind'] | undefined> = new Set([
  undefined,
  'newline',
  'stop',
  'cell',
  'semicolon',
  'comma',
  'open',
]);

/** Whether a quantity is a result, a calculation, a size, or only mentioned, by what stands around it. */
export function quantityKind(tokens: readonly Token[], quantity: Surroundings): Quantity['kind'] {
  const { side, label, at, result, inCell } = quantity;
  const before = tokens[at - 1];
  const behind = kindBehind(tokens, quantity.next);
  const announced = result || announces(before) || isRelationWord(before);
  const opensLine =
    at === 0 || before?.kind === 'newline' || before?.kind === 'marker' || before?.kind === 'cell';
  const firstWord = side.after.split(' ')[0]?.toLowerCase() ?? '';
  const ends =
    CLOSING.has(behind) && (side.after === '' || side.unit !== null || FILLERS.has(firstWord) || inCell);
  if (side.expression.kind === 'tuple') return 'dimensions';
  if (sizes(side.expression)) {
    const calculates = (announced || opensLine) && ends && !namesShape(label) && !isCrossed(side.expression);
    return calculates ? 'calculation' : 'dimensions';
  }
  if (isCalculation(side.expression)) return 'calculation';
  if (result && (side.after === '' || side.unit !== null)) return 'stated';
  if (isConclusion(before) && CLOSING.has(behind)) return 'stated';
  if (before?.kind === 'relation') return ends && tokens[at - 2]?.kind !== 'number' ? 'stated' : 'mention';
  return (announced || opensLine || endsLabelledLine(tokens, label, at, behind)) && ends
    ? 'stated'
    : 'mention';
}

/** A colon, or a text in LaTeX that ends in one. */
export function announces(token: Token | undefined): boolean {
  return token?.kind === 'colon' || (token?.kind === 'word' && token.text.endsWith(':'));
}

function kindBehind(tokens: readonly Token[], next: number): Token['kind'] | undefined {
  const token = next < tokens.length ? tokens[next] : undefined;
  return token?.kind === 'operator' && token.operator === '!' ? 'stop' : token?.kind;
}

function isRelationWord(token: Token | undefined): boolean {
  return token?.kind === 'word' && RELATION_WORDS.has(token.text.toLowerCase());
}

function isConclusion(token: Token | undefined): boolean {
  return token?.kind === 'word' && CONCLUSIONS.has(token.text.toLowerCase());
}

function namesShape(label: Label | null): boolean {
  const words = label?.text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  return words.some((word) => SHAPE_WORDS.has(word));
}

function isCrossed(expression: Expression): boolean {
  return expression.kind === 'product' && expression.factors.some(({ joined }) => joined === 'cross');
}

/** `Total 385536`: a few words and a number make up the line. */
function endsLabelledLine(
  tokens: readonly Token[],
  label: Label | null,
  at: number,
  behind: Token['kind'] | undefined,
): boolean {
  if (behind !== undefined && behind !== 'newline' && behind !== 'stop') return false;
  const words = label?.text.split(' ').length ?? 0;
  if (words === 0 || words > 4) return false;
  let opening = at - 1;
  while (opening >= 0 && tokens[opening]?.kind === 'word') opening--;
  const before = tokens[opening]?.kind;
  return before === undefined || before === 'newline' || before === 'marker';
}
