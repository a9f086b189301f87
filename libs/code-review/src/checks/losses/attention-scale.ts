import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, nodesOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';
import { oncePerProgram } from '../../ask/once.js';

type Binary = tree.BinaryOperation;

const SETUP = `
import math
import torch
import torch.nn as nn

class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads, self.head_dim = heads, dim // heads
        self.to_q, self.to_k = nn.Linear(dim, dim), nn.Linear(dim, dim)
`;

const SPLIT = `
    def split(self, x):
        b, n, _ = x.shape
        return x.view(b, n, self.heads, self.head_dim).transpose(1, 2)

    def forward(self, x):
        q, k = self.split(self.to_q(x)), self.split(self.to_k(x))
`;

export const scaleInverted: Check = {
  id: 'scale-inverted',
  title: 'Scores of attention scaled the wrong way',
  severity: 'warning',
  why: 'Scores grow with the root of the width; made larger still by that root, softmax gives all weight to one key and hardly any gradient.',
  instead: 'Divide by sqrt(d), or multiply by d ** -0.5.',
  needs: 'A product of queries and keys that is divided by 1/sqrt(d), or multiplied by sqrt(d).',
  wrong: [
    `${SETUP}        self.scale = self.head_dim ** -0.5
${SPLIT}        scores = q @ k.transpose(-2, -1) / self.scale  # <--
        return scores.softmax(-1)
`,
    `${SETUP}${SPLIT}        return torch.softmax(torch.matmul(q, k.transpose(-2, -1)) * math.sqrt(self.head_dim), -1)  # <--
`,
  ],
  right: [
    `${SETUP}        self.scale = self.head_dim ** -0.5
        self.root = math.sqrt(self.head_dim)
${SPLIT}        scores = q @ k.transpose(-2, -1) * self.scale
        return (scores + q @ k.transpose(-2, -1) / self.root).softmax(-1)
`,
  ],
  *run(program) {
    if (!/softmax/i.test(program.source) || !ROOT.test(program.source)) return;
    for (const { node, factor, roots } of scaledScores(program)) {
      const grows = node.operator === '*' ? roots === 1 : roots === -1;
      if (!grows) continue;
      const [home] = functionsAround(program, node.span).slice(-1);
      // Of queries and keys of length 1 the scores are small.
      if (home !== undefined && /norm/i.test(home.span.text)) continue;
      yield {
        at: node.span,
        message:
          node.operator === '*'
            ? `The scores are multiplied by a root, ${factor.span.text}, where they are to be divided by it.`
            : `The scores are divided by ${factor.span.text}, which is 1 over a root: they are multiplied by that root.`,
        evidence: [],
      };
    }
  },
};

export const scaleWidth: Check = {
  id: 'scale-width',
  title: 'Scores of one head scaled by the width of all',
  severity: 'design',
  why: 'A head compares vectors of dim // heads numbers: divided by the root of all of dim, its scores are too small and attention starts out too even.',
  instead: 'Scale by the width of one head: (dim // heads) ** -0.5.',
  needs:
    'Scores scaled by the root of a width which the same class divides by the number of heads for its vectors.',
  wrong: [
    `${SETUP}        self.scale = dim ** -0.5
${SPLIT}        scores = q @ k.transpose(-2, -1) * self.scale  # <--
        return scores.softmax(-1)
`,
    `${SETUP}        self.width = dim
${SPLIT.replace('self.heads,', 'self.heads, self.width //')}        scores = torch.einsum('bhid,bhjd->bhij', q, k)
        scores = scores.masked_fill(x.mean(-1)[:, None, None] == 0, -1e9)
        return torch.softmax(scores / self.width ** 0.5, dim=-1)  # <--
`,
    `${SETUP}${SPLIT}        B, T, C = x.shape
        scores = q @ k.transpose(-2, -1) * (1.0 / math.sqrt(T))  # <--
        return scores.softmax(-1)
`,
  ],
  right: [
    `${SETUP}        self.scale = self.head_dim ** -0.5
${SPLIT}        scores = q @ k.transpose(-2, -1) * self.scale
        return scores.softmax(-1)
`,
  ],
  *run(program) {
    if (!/softmax/i.test(program.source) || !/head/i.test(program.source) || !ROOT.test(program.source))
      return;
    for (const { node, base, roots, made, owner } of scaledScores(program)) {
      if (base === undefined || owner === undefined || roots === (node.operator === '*' ? 1 : -1)) continue;
      if (isLength(program, node, base)) {
        yield {
          at: node.span,
          message: `The scores are scaled by the root of ${base}, which is how many places the sequence has.`,
          evidence: [],
          severity: 'warning',
        };
        continue;
      }
      const width = base.replace(/^self\./, '');
      if (/head/i.test(width) || !/^\w+$/.test(width)) continue;
      const isDivided = new RegExp(String.raw`\b${width}\s*//?\s*(self\.)?\w*heads?\w*`).test(
        owner.span.text,
      );
      if (!isDivided) continue;
      yield {
        at: node.span,
        message: `The scores of a head are scaled by the root of ${base}, the width of all heads together.`,
        evidence: [places(['the scale', made?.span])],
      };
    }
  },
};

/** Whether a name is the second of three sizes of what a function was given, `B, T, C = x.shape`: the length of the sequence. */
function isLength(program: Program, { span }: Binary, name: string): boolean {
  const home = functionsAround(program, span).at(-1);
  return (
    home !== undefined &&
    statementsIn(home.body).some(
      (one) =>
        one.kind === 'Assign' &&
        targetsOf(one)[1] === name &&
        targetsOf(one).length === 3 &&
        /^\w+\.(shape|size\(\))$/.test(one.value.span.text) &&
        home.parameters.some((parameter) => one.value.span.text.startsWith(`${parameter.name}.`)),
    )
  );
}

const ROOT = /\*\*\s*\(?-?\s*(0?\.5|1\s*\/\s*2)|\bsqrt\b/;

interface Scaled {
  readonly node: Binary;
  readonly factor: tree.Expression;
  /** 1: a root; −1: 1 over a root. */
  readonly roots: 1 | -1;
  /** What the root is of, as it is written. */
  readonly base: string | undefined;
  readonly made: tree.Statement | undefined;
  readonly owner: tree.ClassDefinition | undefined;
}

/** Products of queries and keys that are multiplied or divided by a root. */
const scaledScores = oncePerProgram((program): readonly Scaled[] => scaledProducts(program, isScores));

function scaledProducts(program: Program, isScaled: (node: tree.Expression) => boolean): readonly Scaled[] {
  const found: Scaled[] = [];
  for (const node of nodesOf(program, 'BinOp')) {
    if (node.operator !== '*' && node.operator !== '/') continue;
    if (!isScaled(node.left) && !areNamed(program, node.left, isScaled)) continue;
    const owner = statementsOf(program).findLast(
      (one): one is tree.ClassDefinition =>
        one.kind === 'ClassDef' && one.span.start <= node.span.start && one.span.end >= node.span.end,
    );
    const made = definitionOf(program, node.right, owner);
    const value = made?.kind === 'Assign' ? made.value : node.right;
    const root = rootOf(value);
    if (root !== undefined) found.push({ node, factor: node.right, made, owner, ...root });
  }
  return found;
}

/** Whether a name stands for scores made before in the same function, with nothing done to them since but masking. */
function areNamed(
  program: Program,
  node: tree.Expression,
  isScaled: (node: tree.Expression) => boolean,
): boolean {
  if (node.kind !== 'Name') return false;
  const home = functionsAround(program, node.span).at(-1);
  const before = statementsIn(home?.body ?? []).filter(
    (one) => one.span.end <= node.span.start && targetsOf(one).includes(node.id),
  );
  return (
    before.length > 0 &&
    before.every(
      (one, at) =>
        one.kind === 'Assign' &&
        (at === 0 ? isScaled(one.value) : one.value.span.text.startsWith(`${node.id}.masked_fill(`)),
    )
  );
}

/** `q @ k.transpose(…)`, `torch.matmul(q, k.T)`, `torch.einsum('bhid,bhjd->bhij', q, k)`: not of weights and values. */
function isScores(node: tree.Expression): boolean {
  if (node.kind === 'BinOp' && node.operator === '@') return isTurned(node.right);
  if (node.kind !== 'Call') return false;
  const name = node.callee.kind === 'Attribute' ? node.callee.attribute : node.callee.span.text;
  if (name === 'einsum') {
    const [, one, other, out] =
      /^['"]([^,'"]*?)\s*,\s*([^-'"]*?)\s*->\s*([^'"]*)['"]$/.exec(node.args[0]?.span.text ?? '') ?? [];
    const lastOf = (text = ''): string => text.replaceAll(' ', '').slice(-1);
    return one !== undefined && lastOf(one) === lastOf(other) && lastOf(out) !== lastOf(one);
  }
  return /^(matmul|bmm|mm)$/.test(name) && node.args.length > 0 && isTurned(node.args.at(-1));
}

function isTurned(node: tree.Expression | undefined): boolean {
  return node !== undefined && /\.(transpose|permute|swapaxes|t)\(|\.m?T$|^k_?t$/i.test(node.span.text);
}

/** The one statement that gives a name or attribute its value. */
function definitionOf(
  program: Program,
  node: tree.Expression,
  owner: tree.ClassDefinition | undefined,
): tree.Statement | undefined {
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return undefined;
  const all = statementsOf(program).filter(
    (one) =>
      one.kind === 'Assign' &&
      targetsOf(one).includes(node.span.text) &&
      (node.kind === 'Name'
        ? functionsAround(program, one.span).at(-1) === functionsAround(program, node.span).at(-1)
        : owner !== undefined && one.span.start >= owner.span.start && one.span.end <= owner.span.end),
  );
  return all.length === 1 ? all[0] : undefined;
}

function rootOf(node: tree.Expression): Pick<Scaled, 'roots' | 'base'> | undefined {
  const text = node.span.text.replaceAll(/\s/g, '');
  const power = /^\(?(.+?)\)?\*\*\(?(-?)(0?\.5|1\/2)\)?$/.exec(text);
  if (power !== null && !/[+*]/.test(power[1] ?? ''))
    return { roots: power[2] === '-' ? -1 : 1, base: power[1] };
  const root = /^\(?(1\.?0?\/)?\(?(?:math\.|np\.|numpy\.|torch\.)?sqrt\(([^()]+|[\w.]+\([^()]*\))\)\)*$/.exec(
    text,
  );
  return root === null ? undefined : { roots: root[1] === undefined ? 1 : -1, base: root[2] };
}

export const scaleAfterSoftmax: Check = {
  id: 'scale-after-softmax',
  title: 'Weights of attention scaled instead of the scores',
  severity: 'warning',
  why: 'The scores go into softmax as large as they are, and its weights no longer add up to 1.',
  instead: 'Scale inside: softmax(q @ k.T / sqrt(d), dim=-1).',
  needs:
    'A softmax over a product of queries and keys that is divided by a root, or multiplied by 1 over one.',
  wrong: [
    `${SETUP}${SPLIT}        weights = torch.softmax(q @ k.transpose(-2, -1), dim=-1) / math.sqrt(self.head_dim)  # <--
        return weights @ k
`,
  ],
  right: [
    `${SETUP}${SPLIT}        weights = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(self.head_dim), dim=-1)
        return weights @ k
`,
  ],
  *run(program) {
    if (!/softmax/i.test(program.source) || !ROOT.test(program.source)) return;
    for (const { node } of scaledProducts(program, isWeights))
      yield {
        at: node.span,
        message: 'What softmax gives is scaled here, and what goes into it is not.',
        evidence: [],
      };
  },
};

/** `softmax(q @ k.T)`, with the scores as they come. */
function isWeights(node: tree.Expression): boolean {
  if (node.kind !== 'Call' || !/softmax$/i.test(node.callee.span.text)) return false;
  const [given] = node.args;
  return given !== undefined && isScores(given);
}

export const temperatureTurned: Check = {
  id: 'temperature-turned',
  title: 'A temperature that divides here and multiplies there',
  severity: 'warning',
  why: 'Of scores and targets on one scale one gets sharper as the temperature falls and the other flatter: they no longer mean the same.',
  instead: 'Divide by the temperature in both.',
  needs: 'One function in which softmax of something times a temperature stands beside a division by it.',
  wrong: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Pairs(nn.Module):
    def __init__(self, temperature):
        super().__init__()
        self.temperature = temperature

    def forward(self, texts, images):
        logits = texts @ images.T / self.temperature
        targets = F.softmax((texts @ texts.T + images @ images.T) / 2 * self.temperature, dim=-1)  # <--
        return (-targets * F.log_softmax(logits, dim=-1)).sum(1).mean()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Distilled(nn.Module):
    def __init__(self, temperature):
        super().__init__()
        self.temperature = temperature

    def forward(self, student, teacher):
        wanted = F.softmax(teacher / self.temperature, dim=-1)
        given = F.log_softmax(student / self.temperature, dim=-1)
        return F.kl_div(given, wanted, reduction='batchmean') * self.temperature ** 2
`,
  ],
  *run(program) {
    if (!/temperature|\btau\b|\btemp\b/i.test(program.source)) return;
    const found: (readonly [tree.Expression, string])[] = [];
    eachNode(program.body, (node) => {
      if (node.kind !== 'Call' || !/softmax$/i.test(node.callee.span.text)) return;
      const [given] = node.args;
      if (given?.kind !== 'BinOp' || given.operator !== '*') return;
      const { text } = given.right.span;
      if (!/^(self\.)?\w*(temperature|tau|temp)$/i.test(text)) return;
      const home = functionsAround(program, node.span).at(-1);
      if (home === undefined) return;
      let divides = false;
      eachNode(home, (other) => {
        if (other.kind === 'BinOp' && other.operator === '/' && other.right.span.text === text)
          divides = true;
      });
      if (divides) found.push([given, text]);
    });
    for (const [{ span }, name] of found)
      yield {
        at: span,
        message: `${name} multiplies here, and divides elsewhere in this function.`,
        evidence: [],
      };
  },
};
