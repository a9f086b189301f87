import { DEFAULT_BUDGET } from '../budget.js';
import type { Expression } from '../expression.js';
import { lex } from '../lexer/lexer.js';
import { Names } from '../names.js';
import { Parser } from '../parsing/parser.js';

export type ExpressionReading =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'refused'; readonly message: string };

const LONGEST_QUOTE = 40;
/** Two signs next to each other of which the second is none of a number: `3 +* 4`, whose asterisk a text may hold for emphasis. */
const TORN = /[-+*/^]\s*[*/^]/;

/** Reads a text that is one expression and nothing else, unlike a working: `exp(z1) / Z`. What it means is not looked at. */
export function readExpression(text: string): ExpressionReading {
  const [torn] = TORN.exec(text.replace(/\*\*/g, '^').replace(/\/\//g, '/')) ?? [];
  if (torn !== undefined)
    return {
      kind: 'refused',
      message: `not understood as an expression at “${torn}”: A number was expected between the signs.`,
    };
  const { tokens, refused } = lex(text, DEFAULT_BUDGET);
  if (refused !== null) return { kind: 'refused', message: `the expression has too many ${refused}` };
  const parser = new Parser(tokens, new Names(), DEFAULT_BUDGET);
  const parsed = parser.parse(0, tokens.length, true);
  if (parsed !== null && parsed.next === tokens.length)
    return { kind: 'expression', expression: parsed.expression };
  const why = parser.trouble?.message;
  const rest = text.slice(tokens[parsed?.next ?? 0]?.start ?? text.length).trim();
  const place = rest === '' || rest === text.trim() ? '' : ` at “${rest.slice(0, LONGEST_QUOTE)}”`;
  return {
    kind: 'refused',
    message: `not understood as an expression${place}${why === undefined ? '' : `: ${why}`}`,
  };
}
