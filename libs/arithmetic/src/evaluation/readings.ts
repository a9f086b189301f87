import { CONVENTION_QUESTIONS, type Convention } from '../conventions.js';
import type { Expression } from '../expression.js';
import { parts } from '../form/structure.js';

const MAX_READINGS = 24;

/** Every combination of conventions that bears on an expression, the usual reading (none) first. */
export function readingsOf(expression: Expression): readonly (readonly Convention[])[] {
  let readings = known.get(expression);
  if (!readings) {
    readings = findReadings(expression);
    known.set(expression, readings);
  }
  return readings;
}

/** Sides are compared more than once; their trees never change. */
const known = new WeakMap<Expression, readonly (readonly Convention[])[]>();
const USUAL_ONLY: readonly (readonly Convention[])[] = [[]];

function findReadings(expression: Expression): readonly (readonly Convention[])[] {
  const bearing = new Set<Convention>();
  for (const part of parts(expression)) collect(part, bearing, part === expression);
  if (expression.kind === 'tuple') {
    bearing.add('shape-is-its-product');
    if (expression.asNumber) bearing.add('commas-group-thousands');
  }
  if (bearing.size === 0) return USUAL_ONLY;
  let readings: (readonly Convention[])[] = [[]];
  for (const question of CONVENTION_QUESTIONS) {
    const answers = question.filter((convention) => bearing.has(convention));
    if (answers.length === 0) continue;
    const extended = readings.flatMap((reading) => answers.map((answer) => [...reading, answer]));
    readings = [...readings, ...extended].slice(0, MAX_READINGS);
  }
  return readings.toSorted((a, b) => a.length - b.length);
}

function collect(part: Expression, bearing: Set<Convention>, isWhole: boolean): void {
  switch (part.kind) {
    case 'number':
      if (part.numeral.otherMantissa) bearing.add(part.numeral.otherMantissa.convention);
      // In a calculation 5% is 1/20; alone it may be a number of per cents: `2·60·90/150 = 72%`.
      if (isWhole || part.numeral.suffix !== '%')
        for (const { convention } of part.numeral.otherMultipliers) bearing.add(convention);
      return;
    case 'call':
      if (part.function === 'log') {
        bearing.add('log-is-base-10');
        bearing.add('log-is-base-2');
      }
      return;
    case 'product': {
      const divides = part.factors.some(
        (factor, at) =>
          factor.joined === 'juxtaposed' && part.factors.slice(0, at).some(({ inverse }) => inverse),
      );
      if (divides) bearing.add('juxtaposition-binds-tighter');
      return;
    }
    case 'name':
      if (part.meaning && part.meaning.first !== part.meaning.last) bearing.add('name-is-unrounded');
      return;
    case 'sum':
      if (
        part.terms.some(
          ({ expression }, at) => at > 0 && expression.kind === 'number' && expression.numeral.suffix === '%',
        )
      ) {
        bearing.add('percent-of-what-precedes');
      }
      return;
    default:
  }
}
