import type { Claim } from './claim.js';

/** Between two numbers of a list stand a comma, a stroke or blanks. */
const FURTHEST = 3;

const OR = /^\(?\s*(?:or|oder|bzw\.?|respectively|alternatively|beziehungsweise)\b/iu;
const BUT = /^(?:but|yet|aber|however|though|whereas)\b.*\b(?:I|we|mine|ich|wir)\b/u;

/** Whether two numbers next to one another are offered for the same thing: "231,424 or 230,400". */
export function isAlternative(first: Claim, second: Claim): boolean {
  return (
    second.line === first.line &&
    second.expression.kind === 'number' &&
    second.words.some(({ text, direct }) => direct && (OR.test(text) || BUT.test(text)))
  );
}

/** The numbers that stand in a row with one, without words between them but "or"; it alone where none do. */
export function listedWith(claim: Claim, claims: readonly Claim[]): readonly Claim[] {
  if (!isBare(claim)) return [claim];
  let [from, to] = [claim.order, claim.order];
  while (isNext(claims[from - 1], claims[from])) from -= 1;
  while (isNext(claims[to], claims[to + 1])) to += 1;
  return claims.slice(from, to + 1);
}

function isNext(first: Claim | undefined, second: Claim | undefined): boolean {
  return (
    first !== undefined &&
    second !== undefined &&
    isBare(first) &&
    isBare(second) &&
    first.line === second.line &&
    (second.span.start - first.span.end <= FURTHEST || isAlternative(first, second))
  );
}

function isBare({ expression, equation, cell, termOf }: Claim): boolean {
  return expression.kind === 'number' && equation === null && cell === null && termOf === null;
}
