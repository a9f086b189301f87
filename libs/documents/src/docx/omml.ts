import { attribute, child, elements, textOf, value } from '../xml/walk.js';
import type { XmlElement } from '../xml/read-xml.js';

const DEEPEST = 60;

/** Characters that LaTeX spells, as Office's equations use them. The others stand for themselves. */
const COMMANDS: Readonly<Record<string, string>> = {
  '×': '\\times ',
  '·': '\\cdot ',
  '⋅': '\\cdot ',
  '÷': '\\div ',
  '±': '\\pm ',
  '∓': '\\mp ',
  '−': '-',
  '≤': '\\le ',
  '≥': '\\ge ',
  '≠': '\\ne ',
  '≈': '\\approx ',
  '≡': '\\equiv ',
  '∝': '\\propto ',
  '∼': '\\sim ',
  '∑': '\\sum ',
  '∏': '\\prod ',
  '∫': '\\int ',
  '∂': '\\partial ',
  '∇': '\\nabla ',
  '∞': '\\infty ',
  '√': '\\surd ',
  '→': '\\to ',
  '←': '\\leftarrow ',
  '⇒': '\\Rightarrow ',
  '↦': '\\mapsto ',
  '∈': '\\in ',
  '∉': '\\notin ',
  '⊂': '\\subset ',
  '⊆': '\\subseteq ',
  '∪': '\\cup ',
  '∩': '\\cap ',
  '∀': '\\forall ',
  '∃': '\\exists ',
  '⊙': '\\odot ',
  '⊗': '\\otimes ',
  '⊕': '\\oplus ',
  '∗': '*',
  '…': '\\dots ',
  '⋯': '\\cdots ',
  '⋮': '\\vdots ',
  '‖': '\\|',
  '⌈': '\\lceil ',
  '⌉': '\\rceil ',
  '⌊': '\\lfloor ',
  '⌋': '\\rfloor ',
  '⟨': '\\langle ',
  '⟩': '\\rangle ',
  α: '\\alpha ',
  β: '\\beta ',
  γ: '\\gamma ',
  δ: '\\delta ',
  ε: '\\epsilon ',
  ϵ: '\\epsilon ',
  ζ: '\\zeta ',
  η: '\\eta ',
  θ: '\\theta ',
  ι: '\\iota ',
  κ: '\\kappa ',
  λ: '\\lambda ',
  μ: '\\mu ',
  ν: '\\nu ',
  ξ: '\\xi ',
  π: '\\pi ',
  ρ: '\\rho ',
  σ: '\\sigma ',
  τ: '\\tau ',
  φ: '\\phi ',
  ϕ: '\\phi ',
  χ: '\\chi ',
  ψ: '\\psi ',
  ω: '\\omega ',
  Γ: '\\Gamma ',
  Δ: '\\Delta ',
  Θ: '\\Theta ',
  Λ: '\\Lambda ',
  Σ: '\\Sigma ',
  Π: '\\Pi ',
  Φ: '\\Phi ',
  Ψ: '\\Psi ',
  Ω: '\\Omega ',
  '%': '\\%',
  '#': '\\#',
  '&': '\\&',
  '{': '\\{',
  '}': '\\}',
};

const ACCENTS: Readonly<Record<string, string>> = {
  '\u0302': '\\hat',
  '^': '\\hat',
  '\u0303': '\\tilde',
  '~': '\\tilde',
  '\u0304': '\\bar',
  '\u0305': '\\overline',
  '¯': '\\bar',
  '\u0307': '\\dot',
  '\u0308': '\\ddot',
  '\u20d7': '\\vec',
  '→': '\\vec',
};

const FUNCTIONS = /^(?:log|ln|exp|max|min|sin|cos|tan|tanh|arg|lim|det|dim|sup|inf|gcd|sinh|cosh|Pr)$/;

/** An equation of an Office document (ECMA-376 part 1, section 22.1) in LaTeX, without dollar signs. */
export function toLatex(element: XmlElement, depth = 0): string {
  if (depth > DEEPEST) return textOf(element);
  const write = WRITERS[element.name];
  if (write !== undefined) return write(element, (part) => all(part, depth + 1));
  return all(element, depth + 1);
}

type Inner = (part: XmlElement | undefined) => string;

function all(element: XmlElement | undefined, depth: number): string {
  if (element === undefined) return '';
  return elements(element)
    .filter(({ name }) => !name.endsWith('Pr'))
    .map((each) => toLatex(each, depth))
    .join('');
}

const WRITERS: Readonly<Record<string, (element: XmlElement, inner: Inner) => string>> = {
  r: (run) => written(run),
  t: (text) => spelled(textOf(text)),
  f: (fraction, inner) => {
    const parts = [inner(child(fraction, 'num')), inner(child(fraction, 'den'))];
    const type = value(fraction, 'fPr', 'type');
    if (type === 'noBar') return `\\binom{${parts[0]}}{${parts[1]}}`;
    return type === 'lin' ? `{${parts[0]}}/{${parts[1]}}` : `\\frac{${parts[0]}}{${parts[1]}}`;
  },
  sSup: (script, inner) => `${base(inner(child(script, 'e')))}^{${inner(child(script, 'sup'))}}`,
  sSub: (script, inner) => `${base(inner(child(script, 'e')))}_{${inner(child(script, 'sub'))}}`,
  sSubSup: (script, inner) =>
    `${base(inner(child(script, 'e')))}_{${inner(child(script, 'sub'))}}^{${inner(child(script, 'sup'))}}`,
  sPre: (script, inner) =>
    `{}_{${inner(child(script, 'sub'))}}^{${inner(child(script, 'sup'))}}${inner(child(script, 'e'))}`,
  rad: (root, inner) => {
    const degree = inner(child(root, 'deg')).trim();
    return degree === ''
      ? `\\sqrt{${inner(child(root, 'e'))}}`
      : `\\sqrt[${degree}]{${inner(child(root, 'e'))}}`;
  },
  nary: (operator, inner) => {
    const sign = spelled(value(operator, 'naryPr', 'chr') ?? '∫').trim();
    const sub = inner(child(operator, 'sub'));
    const sup = inner(child(operator, 'sup'));
    return `${sign}${sub === '' ? '' : `_{${sub}}`}${sup === '' ? '' : `^{${sup}}`} ${inner(child(operator, 'e'))}`;
  },
  d: (delimited, inner) => {
    const properties = child(delimited, 'dPr');
    const sign = (name: string, usual: string): string => spelled(value(properties, name) ?? usual).trim();
    const begin = sign('begChr', '(');
    const end = sign('endChr', ')');
    const between = sign('sepChr', '|');
    const parts = elements(delimited).filter(({ name }) => name === 'e');
    const tall = parts.some((part) =>
      /"(?:f|m|nary|eqArr)"/.test(JSON.stringify(elements(part).map(({ name }) => name))),
    );
    const text = parts.map(inner).join(between);
    return tall ? `\\left${begin || '.'}${text}\\right${end || '.'}` : `${begin}${text}${end}`;
  },
  m: (matrix, inner) => {
    const rows = elements(matrix).filter(({ name }) => name === 'mr');
    const cells = rows.map((row) =>
      elements(row)
        .filter(({ name }) => name === 'e')
        .map(inner)
        .join(' & '),
    );
    return `\\begin{matrix}${cells.join(' \\\\ ')}\\end{matrix}`;
  },
  eqArr: (lines, inner) =>
    `\\begin{aligned}${elements(lines)
      .filter(({ name }) => name === 'e')
      .map(inner)
      .join(' \\\\ ')}\\end{aligned}`,
  func: (called, inner) => {
    const name = inner(child(called, 'fName')).trim();
    const known = FUNCTIONS.test(name) ? `\\${name}` : name;
    return `${known} ${inner(child(called, 'e'))}`;
  },
  limLow: (limit, inner) => {
    const name = inner(child(limit, 'e')).trim();
    return `${FUNCTIONS.test(name) ? `\\${name}` : base(name)}_{${inner(child(limit, 'lim'))}}`;
  },
  limUpp: (limit, inner) => `${base(inner(child(limit, 'e')))}^{${inner(child(limit, 'lim'))}}`,
  acc: (accent, inner) =>
    `${ACCENTS[value(accent, 'accPr', 'chr') ?? '\u0302'] ?? '\\hat'}{${inner(child(accent, 'e'))}}`,
  bar: (bar, inner) =>
    `\\${value(bar, 'barPr', 'pos') === 'top' ? 'overline' : 'underline'}{${inner(child(bar, 'e'))}}`,
};

/** Deleted by tracked changes: not part of the equation. */
function written(run: XmlElement): string {
  const plain = value(run, 'rPr', 'sty') === 'p' || child(run, 'rPr', 'nor') !== undefined;
  const text = elements(run)
    .filter(({ name }) => name === 't' || name === 'sym')
    .map((each) => (each.name === 'sym' ? (attribute(each, 'char') ?? '') : textOf(each)))
    .join('');
  const words = plain && /\p{L}{2,}/u.test(text) && !FUNCTIONS.test(text.trim());
  return words ? `\\text{${text}}` : spelled(text);
}

function spelled(text: string): string {
  return Array.from(text.normalize('NFKC'), (character) => COMMANDS[character] ?? character).join('');
}

/** What carries a script: one symbol stands for itself, more need braces. */
function base(text: string): string {
  return /^(?:[\p{L}\p{N}]|\p{N}+|\\[a-z]+ ?)$/iu.test(text) ||
    /^[([].*[)\]]$/.test(text) ||
    text.startsWith('\\left')
    ? text.trimEnd()
    : `{${text}}`;
}
