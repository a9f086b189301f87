import type { Datum, Program, Value } from '@tensormark/frameworks';
import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { eachMaking } from './makings.js';
import { oncePerProgram } from './once.js';
import { nodesOf, statementsOf } from './tree.js';

/** What a value is called where it is first used: `mu` of `mu ** 2`, `self.scale`; undefined where it has no name there. */
export function writtenName(program: Program, value: Value): string | undefined {
  const { made } = value;
  if (made.kind === 'argument') return made.name;
  return writtenNames(program).get(value) ?? (made.kind === 'attribute' ? made.name : undefined);
}

/** What all values are called that have a name where they are first used. */
export const writtenNames = oncePerProgram((program): ReadonlyMap<Value, string> => {
  const nodes = new Map<string, tree.BinaryOperation | tree.Call | tree.UnaryOperation>();
  for (const kind of ['BinOp', 'UnaryOp', 'Call'] as const)
    for (const node of nodesOf(program, kind)) nodes.set(`${node.span.start}:${node.span.end}`, node);
  const found = new Map<Value, string>();
  const named = (datum: Datum | undefined, node: tree.Expression | undefined): void => {
    if (!isValue(datum) || found.has(datum) || node === undefined) return;
    // A part of something goes by its key, or by the name of the whole.
    const whole = node.kind === 'Subscript' ? node.value : node;
    if (node.kind === 'Subscript' && node.index.kind === 'Constant' && typeof node.index.value === 'string')
      found.set(datum, node.index.value);
    else if (whole.kind === 'Name' || whole.kind === 'Attribute') found.set(datum, whole.span.text);
  };
  for (const value of eachMaking(program)) {
    const { made, span } = value;
    if (made.kind !== 'operation' || span === undefined || span.source.file !== program.file) continue;
    const node = nodes.get(`${span.start}:${span.end}`);
    const args = (foreignCall(value)?.args ?? made.args).positional;
    if (node?.kind === 'BinOp') {
      named(args[0], node.left);
      named(args[1], node.right);
    } else if (node?.kind === 'UnaryOp') named(args[0], node.operand);
    else if (node?.kind === 'Call') {
      const own = args.length - node.args.length;
      node.args.forEach((arg, at) => {
        named(args[at + own], arg);
      });
      if (own === 1 && node.callee.kind === 'Attribute') named(args[0], node.callee.value);
    }
  }
  return found;
});

/** The name that is given to what stands at a place; '' where it is given none by itself. */
export function givenName(program: Program, { start, end }: Span): string {
  return givenNames(program).get(`${start}:${end}`) ?? '';
}

const givenNames = oncePerProgram((program): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const statement of statementsOf(program)) {
    if (statement.kind !== 'Assign') continue;
    const [target, ...others] = statement.targets;
    const { start, end } = statement.value.span;
    if (others.length === 0 && (target?.kind === 'Name' || target?.kind === 'Attribute'))
      found.set(`${start}:${end}`, target.span.text);
  }
  return found;
});
