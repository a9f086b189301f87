import type { Operator, RelationSign } from '../tokens.js';

/** What a LaTeX command is to someone who reads the numbers. */
export type CommandMeaning =
  | { readonly kind: 'operator'; readonly operator: Operator; readonly cross?: boolean }
  | { readonly kind: 'relation'; readonly sign: RelationSign }
  | { readonly kind: 'inequality' }
  /** Takes arguments in braces that belong to the expression. */
  | { readonly kind: 'construct'; readonly command: 'fraction' | 'root'; readonly arguments: 1 | 2 }
  | { readonly kind: 'series'; readonly command: 'sum' | 'product' }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'bracket'; readonly bracket: '⌊' | '⌈' | '(' | '['; readonly opens: boolean }
  /** Changes the look only: its braces are as good as absent. `skipped` arguments before it are not content. */
  | { readonly kind: 'look'; readonly skipped: number; readonly text?: boolean }
  | { readonly kind: 'ignored'; readonly skipped: number; readonly space?: boolean }
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'rule' }
  | { readonly kind: 'dots' };

const entries: (readonly [string, CommandMeaning])[] = [];
const define = (names: string, meaning: CommandMeaning) => {
  for (const name of names.split(' ')) entries.push([name, meaning]);
};

define('times', { kind: 'operator', operator: '*', cross: true });
define('cdot cdotp ast star bullet odot otimes', { kind: 'operator', operator: '*' });
define('div', { kind: 'operator', operator: '/' });
define('mod bmod', { kind: 'operator', operator: 'mod' });
define('approx approxeq simeq cong sim doteq', { kind: 'relation', sign: '≈' });
define('equiv coloneqq triangleq', { kind: 'relation', sign: '=' });
define('to rightarrow longrightarrow Rightarrow Longrightarrow implies mapsto leadsto rightsquigarrow', {
  kind: 'relation',
  sign: '→',
});
define('ne neq lt gt le ge leq geq ll gg leqslant geqslant in', { kind: 'inequality' });
define('frac dfrac tfrac cfrac', { kind: 'construct', command: 'fraction', arguments: 2 });
define('sqrt', { kind: 'construct', command: 'root', arguments: 1 });
define('sum', { kind: 'series', command: 'sum' });
define('prod', { kind: 'series', command: 'product' });
for (const name of ['ln', 'log', 'exp', 'max', 'min', 'tanh', 'sin', 'cos', 'tan'])
  define(name, { kind: 'function', name });
define('lg', { kind: 'function', name: 'log10' });
define('lfloor', { kind: 'bracket', bracket: '⌊', opens: true });
define('rfloor', { kind: 'bracket', bracket: '⌊', opens: false });
define('lceil', { kind: 'bracket', bracket: '⌈', opens: true });
define('rceil', { kind: 'bracket', bracket: '⌈', opens: false });
define('lparen', { kind: 'bracket', bracket: '(', opens: true });
define('rparen', { kind: 'bracket', bracket: '(', opens: false });
define('lbrack', { kind: 'bracket', bracket: '[', opens: true });
define('rbrack', { kind: 'bracket', bracket: '[', opens: false });
define(
  'mathbf mathit mathsf mathtt mathcal mathbb bm boldsymbol boxed fbox underline overline emph textbf textit underbrace overbrace cancel ensuremath displaystyle textstyle scriptstyle bf large Large mathop',
  { kind: 'look', skipped: 0 },
);
define('text textrm textsf texttt textnormal mbox hbox mathrm operatorname intertext', {
  kind: 'look',
  skipped: 0,
  text: true,
});
define('textcolor colorbox overset underset stackrel', { kind: 'look', skipped: 1 });
define('color hspace vspace hphantom vphantom phantom label tag ref eqref begin end', {
  kind: 'ignored',
  skipped: 1,
});
define(
  'left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr middle limits nolimits nonumber notag centering',
  {
    kind: 'ignored',
    skipped: 0,
  },
);
define('quad qquad enspace thinspace space', { kind: 'ignored', skipped: 0, space: true });
define('therefore because', { kind: 'ignored', skipped: 0, space: true });
define('hline midrule toprule bottomrule', { kind: 'rule' });
define('dots ldots cdots vdots', { kind: 'dots' });
for (const [name, letter] of Object.entries({
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  omega: 'ω',
  Sigma: 'Σ',
  Delta: 'Δ',
  Theta: 'Θ',
  Omega: 'Ω',
  ell: 'ℓ',
  partial: '∂',
})) {
  define(name, { kind: 'letter', letter });
}

/** LaTeX commands by name; what is not here is read as an unknown word. */
export const COMMANDS: ReadonlyMap<string, CommandMeaning> = new Map(entries);

/** Environments whose rows have cells; in all others `&` only aligns. */
export const TABLE_ENVIRONMENTS: ReadonlySet<string> = new Set([
  'array',
  'tabular',
  'tabularx',
  'matrix',
  'bmatrix',
  'pmatrix',
]);
