import { oncePerProgram } from './once.js';
import { leavesOf, targetsAt } from './targets.js';
import { callsOf, nodesOf } from './tree.js';

/** What gives attributes values. */
const GIVING = ['Assign', 'AugAssign', 'AnnAssign', 'For', 'With'] as const;

/** Attributes that anything in the program is given, or is asked whether it has them. */
export const attributesGiven = oncePerProgram((program): ReadonlySet<string> => {
  const given = new Set<string>();
  for (const kind of GIVING)
    for (const node of nodesOf(program, kind))
      for (const leaf of targetsAt(node).flatMap(leavesOf))
        if (leaf.kind === 'Attribute') given.add(leaf.attribute);
  for (const { callee, args } of callsOf(program)) {
    const [, name] = args;
    if (name?.kind !== 'Constant' || typeof name.value !== 'string') continue;
    if (/^(has|get|set)attr$/.test(callee.span.text)) given.add(name.value);
  }
  return given;
});
