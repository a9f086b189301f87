import type { tree } from '@tensormark/python';
import { eachNode } from './nodes.js';

/** What a parameter of a function is, by what the function does with it and what it is called. */
export type Role = 'optimizer' | 'scheduler' | 'loader' | 'network' | 'loss' | 'other';

interface Use {
  readonly methods: Set<string>;
  called: boolean;
  iterated: boolean;
}

const NETWORK_METHODS = ['train', 'eval', 'parameters', 'named_parameters', 'state_dict', 'load_state_dict'];

/** The role of each parameter of a function. */
export function rolesOf(definition: tree.FunctionDefinition): ReadonlyMap<string, Role> {
  const uses = new Map<string, Use>();
  for (const { name } of definition.parameters)
    uses.set(name, { methods: new Set(), called: false, iterated: false });
  const useOf = (node: tree.Expression): Use | undefined =>
    node.kind === 'Name' ? uses.get(node.id) : undefined;
  const iterated = (node: tree.Expression): void => {
    const use = useOf(node);
    if (use !== undefined) use.iterated = true;
    if (node.kind === 'Call')
      for (const arg of node.args) if (arg.kind === 'Name' || arg.kind === 'Call') iterated(arg);
  };
  for (const statement of definition.body)
    eachNode(statement, (node) => {
      if (node.kind === 'Attribute') useOf(node.value)?.methods.add(node.attribute);
      if (node.kind === 'Call') {
        const use = useOf(node.callee);
        if (use !== undefined) use.called = true;
        if (node.callee.kind === 'Name' && node.callee.id === 'iter')
          for (const arg of node.args) iterated(arg);
      }
      if (node.kind === 'For') iterated(node.iterable);
    });
  return new Map([...uses].map(([name, use]) => [name, roleOf(name, use)]));
}

function roleOf(name: string, { methods, called, iterated }: Use): Role {
  if (methods.has('zero_grad') && methods.has('step')) return 'optimizer';
  if (methods.has('step')) return /sched|warm|anneal/i.test(name) ? 'scheduler' : 'optimizer';
  if (NETWORK_METHODS.some((method) => methods.has(method))) return 'network';
  if (/optim|^opt/i.test(name)) return 'optimizer';
  if (/sched/i.test(name)) return 'scheduler';
  if (iterated && (methods.has('dataset') || /load|iter|data|batch/i.test(name))) return 'loader';
  if (called && /loss|criter|crit\b|objective/i.test(name)) return 'loss';
  if (called && /model|net|encoder|decoder|generator|discriminator|backbone/i.test(name)) return 'network';
  return 'other';
}
