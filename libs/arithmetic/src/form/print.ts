import type { Expression, Numeral } from '../expression.js';
import { FUNCTIONS } from '../evaluation/functions.js';

/** How tightly a construct binds: an operand of a tighter place needs brackets. */
const SUM = 1;
const PRODUCT = 2;
const UNARY = 3;
const POWER = 4;
const ATOM = 5;

interface Style {
  readonly times: string;
  readonly divide: string;
  readonly minus: string;
  number(numeral: Numeral): string;
  name(name: string): string;
  bracket(inner: string): string;
  fraction(numerator: string, denominator: string): string;
  power(base: string, exponent: string): string;
  root(of: string, degree: string | null): string;
  call(name: string, inner: string): string;
  series(operation: 'sum' | 'product', variable: string, from: string, to: string, body: string): string;
  remainder: string;
}

const TEXT: Style = {
  times: ' × ',
  divide: ' / ',
  minus: ' − ',
  number: (numeral) => `${grouped(numeral.written, ',')}${suffixText(numeral)}`,
  name: (name) => name,
  bracket: (inner) => `(${inner})`,
  fraction: (numerator, denominator) => `${numerator} / ${denominator}`,
  power: (base, exponent) => `${base}^${exponent}`,
  root: (of, degree) => (degree === null ? `√(${of})` : `(${of})^(1/${degree})`),
  call: (name, inner) =>
    name === 'floor' ? `⌊${inner}⌋` : name === 'ceil' ? `⌈${inner}⌉` : `${name}(${inner})`,
  series: (operation, variable, from, to, body) =>
    `${operation === 'sum' ? '∑' : '∏'}[${variable} = ${from} … ${to}] ${body}`,
  remainder: ' mod ',
};

const LATEX: Style = {
  times: ' \\times ',
  divide: ' / ',
  minus: ' - ',
  number: (numeral) => `${grouped(numeral.written, '{,}')}${latexSuffix(numeral)}`,
  name: (name) => latexName(name),
  bracket: (inner) => `\\left(${inner}\\right)`,
  fraction: (numerator, denominator) => `\\frac{${numerator}}{${denominator}}`,
  power: (base, exponent) => `${base}^{${exponent}}`,
  root: (of, degree) => (degree === null ? `\\sqrt{${of}}` : `\\sqrt[${degree}]{${of}}`),
  call: (name, inner) =>
    name === 'floor'
      ? `\\left\\lfloor ${inner} \\right\\rfloor`
      : name === 'ceil'
        ? `\\left\\lceil ${inner} \\right\\rceil`
        : `${FUNCTIONS.get(name)?.latex ?? `\\operatorname{${name}}`}\\left(${inner}\\right)`,
  series: (operation, variable, from, to, body) =>
    `\\${operation === 'sum' ? 'sum' : 'prod'}_{${variable}=${from}}^{${to}} ${body}`,
  remainder: ' \\bmod ',
};

/** An expression in plain text: `(3 × 7 × 7 + 1) × 512`. Reads back to the same value. */
export function toText(expression: Expression): string {
  return print(expression, TEXT, SUM);
}

/** An expression in LaTeX, without delimiters: `(3 \times 7 \times 7 + 1) \times 512`. Reads back to the same value. */
export function toLatex(expression: Expression): string {
  return print(expression, LATEX, SUM);
}

function print(node: Expression, style: Style, place: number): string {
  const bracket = (binding: number, text: string) => (binding < place ? style.bracket(text) : text);
  switch (node.kind) {
    case 'number':
      return bracket(node.numeral.suffix === null ? ATOM : POWER, style.number(node.numeral));
    case 'name':
      return style.name(node.name);
    case 'negative':
      return bracket(SUM, `${style.minus.trim()}${print(node.of, style, UNARY)}`);
    case 'sum':
      return bracket(
        SUM,
        node.terms
          .map(({ negative, expression }, at) => {
            const sign = negative ? style.minus : ' + ';
            return `${at === 0 ? (negative ? style.minus.trim() : '') : sign}${print(expression, style, PRODUCT)}`;
          })
          .join(''),
      );
    case 'product':
      return bracket(
        PRODUCT,
        node.factors
          .map(({ inverse, expression }, at) => {
            const text = print(expression, style, UNARY);
            return `${at === 0 ? '' : inverse ? style.divide : style.times}${text}`;
          })
          .join(''),
      );
    case 'fraction':
      return bracket(
        style === LATEX ? UNARY : PRODUCT,
        style.fraction(
          print(node.numerator, style, style === LATEX ? SUM : UNARY),
          print(node.denominator, style, style === LATEX ? SUM : UNARY),
        ),
      );
    case 'power':
      return bracket(
        POWER,
        style.power(print(node.base, style, ATOM), print(node.exponent, style, style === LATEX ? SUM : ATOM)),
      );
    case 'root':
      return bracket(
        POWER,
        style.root(print(node.of, style, SUM), node.degree && print(node.degree, style, ATOM)),
      );
    case 'factorial':
      return bracket(POWER, `${print(node.of, style, ATOM)}!`);
    case 'remainder':
      return bracket(
        PRODUCT,
        `${print(node.dividend, style, UNARY)}${style.remainder}${print(node.divisor, style, UNARY)}`,
      );
    case 'call':
      return style.call(
        node.function,
        node.arguments.map((argument) => print(argument, style, SUM)).join(', '),
      );
    case 'series':
      return bracket(
        PRODUCT,
        style.series(
          node.operation,
          node.variable,
          print(node.from, style, SUM),
          print(node.to, style, SUM),
          print(node.body, style, PRODUCT),
        ),
      );
    case 'tuple':
      return `(${node.items.map((item) => print(item, style, SUM)).join(', ')})`;
  }
}

/** Whole numbers get their thousands grouped, as far as the author wrote none of their own. */
function grouped(written: string, comma: string): string {
  if (/^\d{5,}$/.test(written)) return written.replace(/\B(?=(?:\d{3})+$)/g, comma);
  return comma === ','
    ? written.replaceAll('{,}', ',').replace(/\\[,;: ]|~/g, ' ')
    : written
        .replace(/,/g, '{,}')
        .replace(/\{\{,\}\}/g, '{,}')
        .replace(/_/g, '\\_');
}

function suffixText({ suffix }: Numeral): string {
  if (suffix === null) return '';
  return suffix === '%' || /^e/i.test(suffix) || suffix.length === 1 ? suffix : ` ${suffix}`;
}

function latexSuffix({ suffix }: Numeral): string {
  if (suffix === null) return '';
  const exponent = /^e([+-]?)(\d+)$/i.exec(suffix);
  if (exponent) return ` \\times 10^{${exponent[1] === '-' ? '-' : ''}${exponent[2] ?? ''}}`;
  return suffix === '%' ? '\\%' : `\\,\\text{${suffix}}`;
}

function latexName(name: string): string {
  const [base = '', ...rest] = name.split('_');
  if (/^\p{L}$/u.test(base)) return rest.length === 0 ? base : `${base}_{\\text{${rest.join('\\_')}}}`;
  return `\\text{${name.replaceAll('_', '\\_')}}`;
}
