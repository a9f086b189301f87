import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsOf, statementsOf } from '../../ask/tree.js';

/** What a copy keeps of itself at the least, where it follows slowly. */
const SMALL = 0.1;

/** A copy that is to follow slowly, by what is written: `target.copy_(tau * target + (1 - tau) * learned)`, with a small tau. */
export function* writtenBlends(program: Program): Generator<Found> {
  for (const { of, value, span } of blendsIn(program)) {
    if (value.kind !== 'BinOp' || value.operator !== '+') continue;
    const copied = bare(of);
    const sides = [partOf(value.left), partOf(value.right)];
    const own = sides.find((one) => one?.of === copied);
    const other = sides.find((one) => one !== undefined && one.of !== copied);
    if (own === undefined || other === undefined) continue;
    const share = ownShare(program, own.by, other.by);
    if (share === undefined || share > SMALL) continue;
    yield {
      at: span,
      message: `${copied} keeps ${own.by}, ${share}, of itself and takes all the rest of the other, each time: it is to be the other way about.`,
      evidence: [],
    };
  }
}

interface Blend {
  readonly of: tree.Expression;
  readonly value: tree.Expression;
  readonly span: Span;
}

/** `t.copy_(...)`, `t.data = ...` */
function blendsIn(program: Program): Blend[] {
  const copied = callsOf(program).flatMap(({ callee, args: [value], span }): Blend[] =>
    callee.kind === 'Attribute' && callee.attribute === 'copy_' && value !== undefined
      ? [{ of: callee.value, value, span }]
      : [],
  );
  const given = statementsOf(program).flatMap((one): Blend[] => {
    const [target] = one.kind === 'Assign' ? one.targets : [];
    return one.kind === 'Assign' && target?.kind === 'Attribute' && target.attribute === 'data'
      ? [{ of: target, value: one.value, span: one.span }]
      : [];
  });
  return [...copied, ...given];
}

/** `t.data`, `t`: the same parameter. */
function bare({ span }: tree.Expression): string {
  return span.text.replace(/\.data$/, '');
}

/** `tau * t.data`, in either order: what is taken, and how much of it. */
function partOf(node: tree.Expression): { readonly of: string; readonly by: string } | undefined {
  if (node.kind !== 'BinOp' || node.operator !== '*') return undefined;
  const [left, right] = [bare(node.left), bare(node.right)];
  const written = (text: string): string => text.replaceAll(/[\s()]/g, '').replace(/^1\.0?-/, '1-');
  const isShare = (text: string): boolean =>
    /^(1-)?(self\.)?\w+$/.test(written(text)) &&
    /tau|momentum|decay|polyak|beta|rho|^1|^m$/i.test(written(text));
  if (isShare(left) && !isShare(right)) return { of: right, by: written(left) };
  return isShare(right) && !isShare(left) ? { of: left, by: written(right) } : undefined;
}

/** What a copy keeps of itself, where the other gives the rest: `m * t + (1 - m) * o`, or `(1 - m) * t + m * o`. */
function ownShare(program: Program, own: string, other: string): number | undefined {
  if (other === `1-${own}`) return shareOf(program, own);
  const rest = own === `1-${other}` ? shareOf(program, other) : undefined;
  return rest === undefined || rest >= 1 ? undefined : Number((1 - rest).toPrecision(6));
}

/** A share that is the default of a parameter, or that the program gives one name once. */
function shareOf({ source }: Program, name: string): number | undefined {
  const last = name.replace(/^self\./, '');
  const given = [
    ...source.matchAll(new RegExp(String.raw`\b${last}\s*(?::\s*float\s*)?=\s*(\d[\w.-]*)`, 'gi')),
  ];
  const numbers = new Set(given.map(([, number]) => Number(number)));
  const [only, more] = numbers;
  return more === undefined && only !== undefined && only > 0 ? only : undefined;
}
