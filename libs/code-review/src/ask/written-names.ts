import type { Datum, Program, Value } from '@tensormark/frameworks';
import { foreignCall, isValue } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { eachMaking } from './makings.js';
import { oncePerProgram } from './once.js';
import { nodesOf } from './tree.js';

/** What a value is called where it is first used: `mu` of `mu ** 2`, `self.scale`; undefined where it has no name there. */
export function writtenName(program: Program, value: Value): string | undefined {
  const { made } = value;
  if (made.kind === 'argument') return made.name;
  return names(program).get(value) ?? (made.kind === 'attribute' ? made.name : undefined);
}

const names = oncePerProgram((program): ReadonlyMap<Value, string> => {
  const nodes = new Map<string, tree.BinaryOperation | tree.Call | tree.UnaryOperation>();
  for (const kind of ['BinOp', 'UnaryOp', 'Call'] as const)
    for (const node of nodesOf(program, kind)) nodes.set(`${node.span.start}:${node.span.end}`, node);
  const found = new Map<Value, string>();
  const named = (datum: Datum | undefined, node: tree.Expression | undefined): void => {
    if (!isValue(datum) || found.has(datum) || node === undefined) return;
    if (node.kind === 'Name' || node.kind === 'Attribute') found.set(datum, node.span.text);
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
