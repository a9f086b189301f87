import { evaluate, type Rational } from './evaluate.js';
import type { Formula } from './formula.js';
import { QUANTITIES } from './quantities.js';

/** How a formula is written out. */
export interface Notation {
  /** `numbers` writes each quantity's value, `symbols` its usual letter, `words` its name. */
  readonly quantities: 'numbers' | 'symbols' | 'words';
}

const NUMBERS: Notation = { quantities: 'numbers' };

/** How tightly a node holds together: a child that holds more loosely than its place needs brackets. */
const Binding = { Sum: 1, Product: 2, Power: 3, Atom: 4 } as const;
type Binding = (typeof Binding)[keyof typeof Binding];

interface Style {
  readonly notation: Notation;
  readonly latex: boolean;
}

/** Plain text: `64 · (3·3·3 + 1)`. */
export function toText(formula: Formula, notation: Notation = NUMBERS): string {
  return write(formula, { notation, latex: false }, true);
}

/** LaTeX, without the dollar signs: `64 \cdot (3 \cdot 3 \cdot 3 + 1)`. */
export function toLatex(formula: Formula, notation: Notation = NUMBERS): string {
  return write(formula, { notation, latex: true }, true);
}

/** The formula and its value: `64 · (3·3·3 + 1) = 1,792`. @throws FormulaError where it has none. */
export function equationText(formula: Formula): string {
  const text = toText(formula);
  const value = formatRational(evaluate(formula));
  return text === value ? value : `${text} = ${value}`;
}

/** The formula and its value in LaTeX: `64 \cdot (…) = 1{,}792`. @throws FormulaError where it has none. */
export function equationLatex(formula: Formula): string {
  const text = toLatex(formula);
  const value = formatRational(evaluate(formula)).replaceAll(',', '{,}');
  return text === value ? value : `${text} = ${value}`;
}

/** `1792` as `1,792`. */
export function formatInteger(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString();
  const head = digits.length % 3 || 3;
  const groups = [digits.slice(0, head)];
  for (let at = head; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3));
  return (value < 0n ? '-' : '') + groups.join(',');
}

export function formatRational({ numerator, denominator }: Rational): string {
  const whole = formatInteger(numerator);
  return denominator === 1n ? whole : `${whole}/${formatInteger(denominator)}`;
}

function write(formula: Formula, style: Style, roomy: boolean): string {
  const inside = (child: Formula, least: Binding): string => bracketed(child, style, least);
  switch (formula.kind) {
    case 'literal':
      return number(formula.value, style);
    case 'quantity':
      return quantityText(formula.role, formula.value, style);
    case 'part':
      return write(formula.of, style, roomy);
    case 'sum':
      return formula.terms.map((term) => inside(term, Binding.Sum)).join(' + ');
    case 'difference':
      return `${inside(formula.from, Binding.Sum)} ${style.latex ? '-' : '−'} ${inside(formula.subtract, Binding.Product)}`;
    case 'product': {
      const times = style.latex ? ' \\cdot ' : roomy ? ' · ' : '·';
      return factorsIn(formula.factors)
        .map((factor) => inside(factor, Binding.Power))
        .join(times);
    }
    case 'quotient':
      return style.latex
        ? `\\frac{${write(formula.numerator, style, true)}}{${write(formula.denominator, style, true)}}`
        : `${inside(formula.numerator, Binding.Power)}/${inside(formula.denominator, Binding.Atom)}`;
    case 'power':
      return style.latex
        ? `${inside(formula.base, Binding.Atom)}^{${write(formula.exponent, style, true)}}`
        : `${inside(formula.base, Binding.Atom)}^${inside(formula.exponent, Binding.Atom)}`;
    case 'floor':
      return enclosed(formula.of, style, ['⌊', '⌋'], ['\\left\\lfloor ', ' \\right\\rfloor']);
    case 'ceil':
      return enclosed(formula.of, style, ['⌈', '⌉'], ['\\left\\lceil ', ' \\right\\rceil']);
    case 'maximum':
    case 'minimum': {
      const name = formula.kind === 'maximum' ? 'max' : 'min';
      return `${style.latex ? `\\${name}` : name}(${formula.of.map((child) => write(child, style, false)).join(', ')})`;
    }
  }
}

/**
 * A product within a product keeps its brackets where they group, as in `512 · (3·7·7)`; where brackets stand within it,
 * `4 · 64 · (32 + 64 + 2)`, further ones would only clutter.
 */
function factorsIn(factors: readonly Formula[]): readonly Formula[] {
  return factors.flatMap((factor) => {
    const inner = unnamed(factor);
    if (inner.kind !== 'product') return [factor];
    const own = factorsIn(inner.factors);
    return own.length === 1 || own.some(needsBrackets) ? own : [factor];
  });
}

function unnamed(formula: Formula): Formula {
  return formula.kind === 'part' ? unnamed(formula.of) : formula;
}

function needsBrackets(factor: Formula): boolean {
  const { kind } = unnamed(factor);
  return kind === 'sum' || kind === 'difference' || kind === 'product' || kind === 'quotient';
}

function bracketed(child: Formula, style: Style, least: Binding): string {
  const text = write(child, style, false);
  if (bindingOf(child, style) >= least) return text;
  return style.latex && text.includes('\\frac') ? `\\left(${text}\\right)` : `(${text})`;
}

function bindingOf(formula: Formula, style: Style): Binding {
  switch (formula.kind) {
    case 'part':
      return bindingOf(formula.of, style);
    case 'sum':
    case 'difference':
      return Binding.Sum;
    case 'product':
      return Binding.Product;
    case 'quotient':
      // A fraction bar brackets by itself; a slash does not: (64/8)·3 must not be read as 64/(8·3).
      return style.latex ? Binding.Power : Binding.Product;
    case 'power':
      return Binding.Power;
    case 'literal':
    case 'quantity':
      return formula.value < 0n ? Binding.Sum : Binding.Atom;
    default:
      return Binding.Atom;
  }
}

function enclosed(
  of: Formula,
  style: Style,
  text: readonly [string, string],
  latex: readonly [string, string],
): string {
  const [open, close] = style.latex ? latex : text;
  return open + write(of, style, false) + close;
}

function quantityText(role: keyof typeof QUANTITIES, value: bigint, style: Style): string {
  const facts = QUANTITIES[role];
  switch (style.notation.quantities) {
    case 'numbers':
      return number(value, style);
    case 'symbols':
      return style.latex ? facts.symbol : facts.symbol.replaceAll(/[{}]/g, '');
    case 'words':
      return style.latex ? `\\text{${facts.words}}` : facts.words;
  }
}

function number(value: bigint, style: Style): string {
  const text = formatInteger(value);
  return style.latex ? text.replaceAll(',', '{,}') : text;
}
