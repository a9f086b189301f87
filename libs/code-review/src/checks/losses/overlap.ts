import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, holds, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';
import { termsOf } from '../../ask/sums.js';

const BOXES = `
import torch
def iou(a, b):
    x1, y1 = torch.max(a[:, 0], b[:, 0]), torch.max(a[:, 1], b[:, 1])
    x2, y2 = torch.min(a[:, 2], b[:, 2]), torch.min(a[:, 3], b[:, 3])
`;
const RATIO = `
    areas = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]) + (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    return inter / (areas - inter)
`;

export const overlapNegative: Check = {
  id: 'overlap-negative',
  title: 'The overlap of boxes that do not meet',
  severity: 'warning',
  why: 'Of boxes apart in both directions both differences are negative, and their product is a positive area that is not there.',
  instead: 'Hold both sides at 0 or more: (x2 - x1).clamp(min=0) * (y2 - y1).clamp(min=0).',
  needs:
    'A product of two differences, each of a smallest and a largest coordinate, that nothing in the function holds at 0 or compares.',
  wrong: [`${BOXES}    inter = (x2 - x1) * (y2 - y1)  # <--${RATIO}`],
  right: [
    `${BOXES}    inter = (x2 - x1).clamp(min=0) * (y2 - y1).clamp(min=0)${RATIO}`,
    `${BOXES}    inter = (x2 - x1) * (y2 - y1) * (x2 > x1) * (y2 > y1)${RATIO}`,
  ],
  *run(program) {
    if (!/\bmin|minimum/.test(program.source) || !/\bmax|maximum/.test(program.source)) return;
    for (const body of bodiesOf(program)) {
      const text = body.map(({ span }) => span.text.replaceAll(/#.*/g, '')).join('\n');
      if (!/min/.test(text) || !/max/.test(text)) continue;
      if (
        /clamp|clip\(|relu|where\(|[<>]|max(imum)?\([^()]*\b0(\.0*)?\s*[,)]|\bmax\(\s*0|maximum\(\s*0/.test(
          text,
        )
      )
        continue;
      const names = valuesIn(body);
      let found: tree.Expression | undefined;
      for (const statement of body)
        eachNode(statement, (node) => {
          if (node.kind !== 'BinOp' || node.operator !== '*') return;
          if (isOverlap(node.left, names) && isOverlap(node.right, names)) found ??= node;
        });
      if (found === undefined) continue;
      yield {
        at: found.span,
        message:
          'Both differences are negative for boxes that lie apart, and give an overlap that is not there.',
        evidence: [],
      };
    }
  },
};

type Names = ReadonlyMap<string, tree.Expression>;

/** The statements of each function, and of the module without them. */
function bodiesOf(program: Program): (readonly tree.Statement[])[] {
  const functions = statementsOf(program).flatMap((node) =>
    node.kind === 'FunctionDef' ? [statementsIn(node.body)] : [],
  );
  return [...functions, program.body.filter(({ kind }) => kind !== 'FunctionDef' && kind !== 'ClassDef')];
}

/** What the names of some statements stand for, where they are given a value once. */
function valuesIn(body: readonly tree.Statement[]): Names {
  const found = new Map<string, tree.Expression>();
  const twice = new Set<string>();
  const bind = (target: tree.Expression, value: tree.Expression): void => {
    if (target.kind === 'Name') {
      if (found.has(target.id)) twice.add(target.id);
      found.set(target.id, value);
    }
    if ((target.kind === 'Tuple' || target.kind === 'List') && value.kind === 'Tuple')
      for (const [at, item] of target.items.entries()) {
        const part = value.items[at];
        if (part !== undefined) bind(item, part);
      }
  };
  for (const statement of body)
    if (statement.kind === 'Assign') for (const target of statement.targets) bind(target, statement.value);
  for (const name of twice) found.delete(name);
  return found;
}

function meant(node: tree.Expression, names: Names, depth = 0): tree.Expression {
  const value = node.kind === 'Name' && depth < 8 ? names.get(node.id) : undefined;
  return value === undefined ? node : meant(value, names, depth + 1);
}

/** The smallest of two less the largest of two, with at most 1 added for pixels. */
function isOverlap(node: tree.Expression, names: Names): boolean {
  const value = meant(node, names);
  if (value.kind !== 'BinOp') return false;
  if (value.operator === '+' && /^1(\.0*)?$/.test(value.right.span.text)) return isOverlap(value.left, names);
  return (
    value.operator === '-' &&
    isOf(meant(value.left, names), /(^|\.)(min|minimum)$/) &&
    isOf(meant(value.right, names), /(^|\.)(max|maximum)$/)
  );
}

function isOf(node: tree.Expression, callee: RegExp): boolean {
  if (node.kind === 'Subscript') return isOf(node.value, callee);
  return node.kind === 'Call' && node.args.length >= 1 && callee.test(node.callee.span.text);
}

export const overlapRatio: Check = {
  id: 'overlap-ratio',
  title: 'Dice and intersection over union mixed up',
  severity: 'warning',
  why: 'Dice is 2·|A∩B| / (|A| + |B|), intersection over union |A∩B| / (|A| + |B| - |A∩B|): half of one and half of the other goes beyond 1, or never reaches it.',
  instead: 'Count the intersection twice over the sum of both, or once over their union.',
  needs:
    'A ratio of twice an intersection and a union; or of an intersection counted once and the sum of both, in what is called Dice.',
  wrong: [
    `
def box_iou(a, b):
    x1, y1 = max(a[0], b[0]), max(a[1], b[1])
    x2, y2 = min(a[2], b[2]), min(a[3], b[3])
    inter = max(0, x2 - x1) * max(0, y2 - y1)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return inter / (area_a + area_b + 1e-6)  # <--
`,
    `
import torch
def jaccard(p, y):
    inter = (p * y).sum()
    union = p.sum() + y.sum() - inter
    return (2 * inter + 1e-6) / (union + 1e-6)  # <--
`,
    `
import torch
def dice_score(p, y):
    inter = (p * y).sum()
    return (inter + 1e-6) / (p.sum() + y.sum() + 1e-6)  # <--
`,
  ],
  right: [
    `
import torch
def jaccard(p, y):
    inter = (p * y).sum()
    union = p.sum() + y.sum() - inter
    return (inter + 1e-6) / (union + 1e-6)

def dice_score(p, y):
    inter = (p * y).sum()
    total = p.sum() + y.sum()
    half = total / 2
    return (2 * inter + 1e-6) / (total + 1e-6), inter / half
`,
  ],
  *run(program) {
    if (!/iou|jaccard|dice|inter/i.test(program.source)) return;
    for (const owner of statementsOf(program)) {
      if (owner.kind !== 'FunctionDef') continue;
      const body = statementsIn(owner.body);
      const names = valuesIn(body);
      for (const statement of body) {
        if (statement.kind !== 'Assign' && statement.kind !== 'Return') continue;
        if (statement.value === undefined || statement.value === null) continue;
        const ratio = ratioIn(statement.value);
        if (ratio === undefined) continue;
        const word = mixedUp(ratio, names, wordsAround(program, owner, statement));
        if (word === undefined) continue;
        yield { at: statement.span, message: word, evidence: [places(['the ratio', ratio.span])] };
      }
    }
  },
};

/** What a value in a function is called: by the function, its class and the name that the value gets. */
function wordsAround(program: Program, owner: tree.FunctionDefinition, statement: tree.Statement): string {
  const around = classesOf(program).find(({ span }) => holds(span, owner.span));
  const own = targetsOf(statement).join(' ');
  return own !== '' && /dice|iou|jaccard/i.test(own) ? own : `${owner.name} ${around?.name ?? ''} ${own}`;
}

function ratioIn(root: tree.Expression): tree.BinaryOperation | undefined {
  let found: tree.BinaryOperation | undefined;
  eachNode(root, (node) => {
    if (node.kind === 'BinOp' && node.operator === '/') found ??= node;
  });
  return found;
}

const SMALL = /smooth|eps|^1(\.0*)?$|^\d*\.?\d*e-\d+$|^0?\.0*1$|^self\.(smooth|eps)|^delta$/i;

/** The sum that a name stands for, or what was written. */
function sumIn(node: tree.Expression, names: Names): tree.Expression {
  const value = node.kind === 'Name' ? names.get(node.id) : undefined;
  return value?.kind === 'BinOp' && (value.operator === '+' || value.operator === '-') ? value : node;
}

function mixedUp(ratio: tree.BinaryOperation, names: Names, words: string): string | undefined {
  const standsFor = (node: tree.Expression): tree.Expression => sumIn(node, names);
  const above = termsOf(ratio.left, standsFor).filter(({ node }) => !SMALL.test(node.span.text));
  const below = termsOf(ratio.right, standsFor).filter(({ node }) => !SMALL.test(node.span.text));
  const [only] = above;
  if (above.length !== 1 || only === undefined || below.length < 2) return undefined;
  const twice = twiceOf(only.node, names);
  const counted = twice ?? only.node;
  if (!/inter|overlap|^tp$|_and_/i.test(counted.span.text)) return undefined;
  const same = ({ node }: { node: tree.Expression }): boolean => node.span.text === counted.span.text;
  const isUnion = below.length === 3 && below.some((term) => term.sign < 0 && same(term));
  if (twice !== undefined && isUnion)
    return 'The intersection is counted twice over a union that has it once: the ratio goes up to 2.';
  const isSum =
    below.length === 2 && below.every((term) => term.sign > 0 && !same(term) && isPlainSum(term.node, names));
  if (
    twice === undefined &&
    below.length === 2 &&
    /iou|jaccard/i.test(words) &&
    !/dice|min/i.test(words) &&
    below.every((term) => term.sign > 0 && !same(term) && isArea(term.node, names))
  )
    return 'The intersection is in both areas: their union is their sum less the intersection once.';
  if (
    twice === undefined &&
    isSum &&
    /dice/i.test(words) &&
    !/iou|jaccard/i.test(words) &&
    isOnce(counted, names)
  )
    return 'The intersection is counted once over the sum of both: the ratio never goes beyond a half.';
  return undefined;
}

/** The half of what is counted twice: `2 * x`, `x * 2.`, a name for such. */
function twiceOf(node: tree.Expression, names: Names): tree.Expression | undefined {
  const value = node.kind === 'Name' ? (names.get(node.id) ?? node) : node;
  if (value.kind !== 'BinOp' || value.operator !== '*') return undefined;
  if (/^2(\.0*)?$/.test(value.left.span.text)) return value.right;
  return /^2(\.0*)?$/.test(value.right.span.text) ? value.left : undefined;
}

/** Whether what a name stands for has no other 2 in it. */
function isOnce(node: tree.Expression, names: Names): boolean {
  return (
    !/\b2(\.0*)?\s*\*|\*\s*2\b/.test(meant(node, names).span.text) &&
    node.kind === 'Name' &&
    names.has(node.id)
  );
}

/** The area of a box by its name, or a product of two differences. */
function isArea(node: tree.Expression, names: Names): boolean {
  const value = meant(node, names);
  if (value.kind !== 'BinOp' || value.operator !== '*') return false;
  return [value.left, value.right].every((side) => {
    const of = meant(side, names);
    return (
      of.kind === 'BinOp' &&
      (of.operator === '-' || (of.operator === '+' && /^1(\.0*)?$/.test(of.right.span.text)))
    );
  });
}

function isPlainSum(node: tree.Expression, names: Names): boolean {
  const { text } = meant(node, names).span;
  return /\bsum\(/.test(text) && !/\/|0?\.5\s*\*|\*\s*0?\.5/.test(text);
}
