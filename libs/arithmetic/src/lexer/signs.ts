import type { Bracket, Operator, RelationSign } from '../tokens.js';

/** What one character is, wherever its surroundings make no difference. */
export type Sign =
  | {
      readonly kind: 'operator';
      readonly operator: Operator;
      readonly cross?: boolean;
      readonly dash?: boolean;
    }
  | { readonly kind: 'relation'; readonly sign: RelationSign }
  | { readonly kind: 'inequality' | 'comma' | 'semicolon' | 'colon' | 'stop' }
  | { readonly kind: 'open' | 'close'; readonly bracket: Bracket };

const entries: (readonly [string, Sign])[] = [];
const define = (characters: string, sign: Sign) => {
  for (const character of characters) entries.push([character, sign]);
};

define('+', { kind: 'operator', operator: '+' });
define('-–—', { kind: 'operator', operator: '-', dash: true });
define('−', { kind: 'operator', operator: '-' });
define('*∗·∙⋅•', { kind: 'operator', operator: '*' });
define('×✕✖⨯', { kind: 'operator', operator: '*', cross: true });
define('/÷∕⁄', { kind: 'operator', operator: '/' });
define('^', { kind: 'operator', operator: '^' });
define('!', { kind: 'operator', operator: '!' });
define('=＝≡', { kind: 'relation', sign: '=' });
define('≈≃≅∼', { kind: 'relation', sign: '≈' });
define('→⇒⟶⟹↦➔➜', { kind: 'relation', sign: '→' });
define('<>≤≥≠', { kind: 'inequality' });
define(',，、', { kind: 'comma' });
define(';', { kind: 'semicolon' });
define(':', { kind: 'colon' });
define('.?', { kind: 'stop' });
define('(', { kind: 'open', bracket: '(' });
define(')', { kind: 'close', bracket: '(' });
define('[', { kind: 'open', bracket: '[' });
define(']', { kind: 'close', bracket: '[' });
define('⌊', { kind: 'open', bracket: '⌊' });
define('⌋', { kind: 'close', bracket: '⌊' });
define('⌈', { kind: 'open', bracket: '⌈' });
define('⌉', { kind: 'close', bracket: '⌈' });

export const SIGNS: ReadonlyMap<string, Sign> = new Map(entries);

/** Superscript digits and signs, and what they are on the line. */
export const SUPERSCRIPTS: ReadonlyMap<string, string> = new Map(
  [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺'].map((character, at) => [character, '0123456789-+'.charAt(at)]),
);

/** Fractions that are one character, as numerator and denominator. */
export const VULGAR_FRACTIONS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['½', [1, 2]],
  ['⅓', [1, 3]],
  ['⅔', [2, 3]],
  ['¼', [1, 4]],
  ['¾', [3, 4]],
  ['⅕', [1, 5]],
  ['⅛', [1, 8]],
  ['⅜', [3, 8]],
  ['⅝', [5, 8]],
  ['⅞', [7, 8]],
]);
