/** Commands of LaTeX that are one sign. */
const SIGNS: Readonly<Record<string, string>> = {
  times: '×',
  cdot: '·',
  div: '÷',
  pm: '±',
  mp: '∓',
  ast: '∗',
  star: '⋆',
  circ: '∘',
  bullet: '•',
  le: '≤',
  leq: '≤',
  ge: '≥',
  geq: '≥',
  ne: '≠',
  neq: '≠',
  approx: '≈',
  equiv: '≡',
  sim: '∼',
  propto: '∝',
  ll: '≪',
  gg: '≫',
  in: '∈',
  notin: '∉',
  subset: '⊂',
  subseteq: '⊆',
  cup: '∪',
  cap: '∩',
  emptyset: '∅',
  to: '→',
  rightarrow: '→',
  leftarrow: '←',
  mapsto: '↦',
  Rightarrow: '⇒',
  Leftrightarrow: '⇔',
  implies: '⇒',
  iff: '⇔',
  infty: '∞',
  partial: '∂',
  nabla: '∇',
  sum: '∑',
  prod: '∏',
  int: '∫',
  forall: '∀',
  exists: '∃',
  neg: '¬',
  land: '∧',
  lor: '∨',
  oplus: '⊕',
  odot: '⊙',
  otimes: '⊗',
  ldots: '…',
  dots: '…',
  cdots: '⋯',
  prime: '′',
  langle: '⟨',
  rangle: '⟩',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  mid: '|',
  vert: '|',
  Vert: '‖',
  ell: 'ℓ',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  iota: 'ι',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  varphi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Xi: 'Ξ',
  Pi: 'Π',
  Sigma: 'Σ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
  quad: '  ',
  qquad: '    ',
  lbrace: '{',
  rbrace: '}',
  backslash: '\\',
  colon: ':',
  top: '⊤',
  bot: '⊥',
  dagger: '†',
  hbar: 'ℏ',
  Re: 'ℜ',
  Im: 'ℑ',
  degree: '°',
};
/** Commands that say how their argument looks, and no more. */
const LOOKS =
  /^(?:text|mathrm|mathbf|mathit|mathsf|mathtt|mathcal|boldsymbol|bm|operatorname\*?|textbf|textit|texttt|mbox|boxed|underline|overline|hat|bar|vec|tilde|displaystyle|textstyle|left|right|big|Big|bigl|bigr|Bigl|Bigr|limits|nolimits)$/;
const RAISED = new Map(
  [...'0123456789+-=()niabcdefghjklmoprstuvwxyzT'].map((each, at) => [
    each,
    [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ'][at] ?? each,
  ]),
);
const LOWERED = new Map(
  [...'0123456789+-=()aehijklmnoprstuvx'].map((each, at) => [
    each,
    [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ'][at] ?? each,
  ]),
);

const LONGEST = 4000;
const DEEPEST = 40;

/**
 * A formula of LaTeX as one line of signs: `\frac{a}{b} \times 2^{10}` is `a/b × 2¹⁰`. What it does not know stays as it
 * is written, so nothing is lost. Formulas longer than LONGEST stay as they are.
 */
export function inOneLine(latex: string): string {
  if (latex.length > LONGEST) return latex;
  return new Reader(latex).all().replaceAll(/ {3,}/g, '  ').trim();
}

class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly source: string) {}

  all(): string {
    let text = '';
    while (this.at < this.source.length) {
      const before = this.at;
      text += this.upTo('}');
      // A brace that closes nothing.
      if (this.source[this.at] === '}') {
        text += '}';
        this.at += 1;
      }
      if (this.at === before) this.at += 1;
    }
    return text;
  }

  private upTo(end: string): string {
    let text = '';
    while (this.at < this.source.length && this.source[this.at] !== end) text += this.atom();
    return text;
  }

  private atom(): string {
    const character = this.source[this.at] ?? '';
    if (character === '\\') return this.command();
    this.at += 1;
    switch (character) {
      case '{': {
        if (this.depth >= DEEPEST) return character;
        this.depth += 1;
        const inner = this.upTo('}');
        this.depth -= 1;
        this.at += 1;
        // `75{,}264` is one number.
        return inner;
      }
      case '^':
        return script(this.argument(), RAISED, '^');
      case '_':
        return script(this.argument(), LOWERED, '_');
      case '~':
        return '\u00a0';
      case '&':
        return ' ';
      default:
        return character;
    }
  }

  private command(): string {
    const [whole = '\\', name = ''] = /^\\([a-zA-Z]+\*?|.)?/su.exec(this.source.slice(this.at)) ?? [];
    this.at += whole.length;
    if (name === 'frac' || name === 'dfrac' || name === 'tfrac') {
      return `${grouped(this.argument())}/${grouped(this.argument())}`;
    }
    if (name === 'sqrt') return `√${grouped(this.argument())}`;
    if (name === 'begin' || name === 'end') {
      this.argument();
      return '';
    }
    if (LOOKS.test(name)) {
      if (this.source[this.at] === '.' && /^(?:left|right)$/.test(name)) this.at += 1;
      return '';
    }
    const sign = SIGNS[name];
    if (sign !== undefined) return sign;
    if (name === '\\') return '; ';
    if (/^[,;:!>\s]$/.test(name)) return name === '!' ? '' : ' ';
    if (/^[{}%$#&_|]$/.test(name)) return name;
    // Functions are called by their names: \max, \exp, \log.
    return /^[a-zA-Z]+$/.test(name) && name.length <= 8 ? name : whole;
  }

  private argument(): string {
    while (this.source[this.at] === ' ') this.at += 1;
    return this.at < this.source.length ? this.atom() : '';
  }
}

function script(text: string, signs: ReadonlyMap<string, string>, otherwise: string): string {
  const set = [...text].map((each) => signs.get(each));
  if (set.every((each) => each !== undefined)) return set.join('');
  return `${otherwise}${grouped(text)}`;
}

function grouped(text: string): string {
  return /^[\p{L}\p{N}.,]*$/u.test(text.trim()) ? text.trim() : `(${text.trim()})`;
}
