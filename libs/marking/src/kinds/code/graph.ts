import type { ModelReading } from '@tensormark/frameworks';
import { countParameters, isCall, PYTORCH_COUNTING, type CallNode, type Network } from '@tensormark/network';
import type { Evidence } from '../../proposal.js';

type Graph = Extract<Evidence, { kind: 'graph' }>;
type Step = Graph['steps'][number];

/** More than these nobody looks through; calls of one module are then told as one step. */
const MOST_STEPS = 60;

/** The forward pass as it was read, step by step with the shapes that come out; nothing where it did not end. */
export function graphOf({ network, traced, inputs }: ModelReading): Graph[] {
  if (network === undefined || !traced || inputs.types.length === 0) return [];
  const steps = shortened(network);
  const calls = steps.length - network.inputs.length;
  if (calls < 1 || steps.length > MOST_STEPS) return [];
  const wholly = depthsOf(network).length === 0 || steps.every(({ calls: of }) => of === 1);
  return [
    {
      kind: 'graph',
      steps: steps.map(({ step }) => step),
      says: `The forward pass for one input in ${calls} ${calls === 1 ? 'step' : 'steps'}${wholly ? '' : ', each module told as one'}.${steps.some(({ step }) => step.raises !== undefined) ? ' Sizes after an error are assumed.' : ''}`,
    },
  ];
}

interface Drawn {
  readonly step: Step;
  readonly calls: number;
}

/** In as few modules as need be: each call by itself where they are few. */
function shortened(network: Network): readonly Drawn[] {
  let steps = stepsOf(network, Infinity);
  for (const depth of depthsOf(network)) {
    if (steps.length <= MOST_STEPS) break;
    steps = stepsOf(network, depth);
  }
  return steps;
}

/** How deep modules lie in one another, deepest first. */
function depthsOf({ nodes }: Network): number[] {
  const deepest = Math.max(0, ...nodes.filter(isCall).map(({ modulePath }) => levels(modulePath).length));
  return Array.from({ length: Math.max(0, deepest - 1) }, (_, at) => deepest - 1 - at);
}

const levels = (path: string) => (path === '' ? [] : path.split('.'));

interface Group {
  /** The module whose calls they are; undefined for a call by itself. */
  readonly module?: string;
  readonly nodes: number[];
  readonly from: Set<number>;
  last: CallNode | undefined;
}

function stepsOf(network: Network, depth: number): readonly Drawn[] {
  const groups: Group[] = [];
  const groupOf = new Map<number, number>();
  for (const node of network.nodes) {
    if (node.kind !== 'input' && !isCall(node)) continue;
    const module = isCall(node) ? moduleAt(node, depth) : undefined;
    const before = groups.at(-1);
    const goesOn = module !== undefined && before?.module === module;
    const group: Group = goesOn
      ? before
      : { ...(module === undefined ? {} : { module }), nodes: [], from: new Set(), last: undefined };
    if (!goesOn) groups.push(group);
    const at = groups.length - 1;
    group.nodes.push(node.id);
    groupOf.set(node.id, at);
    if (!isCall(node)) continue;
    group.last = node;
    for (const { node: source } of node.inputs) {
      const from = groupOf.get(source);
      if (from !== undefined && from !== at) group.from.add(from);
    }
  }
  const counted = new Set<string>();
  return groups.map((group) => ({ step: stepOf(network, group, counted), calls: group.nodes.length }));
}

/** The module that tells of this call, where modules so deep are told as one step. */
function moduleAt({ modulePath }: CallNode, depth: number): string | undefined {
  const path = levels(modulePath);
  return path.length < depth || depth === Infinity ? undefined : path.slice(0, depth).join('.');
}

function stepOf(network: Network, { module, nodes, from, last }: Group, counted: Set<string>): Step {
  const first = network.nodes[nodes[0] ?? 0];
  const outputs = last?.outputs ?? first?.outputs ?? [];
  const path = nodes.length > 1 ? module : last?.layer === undefined ? undefined : last.modulePath;
  const operation =
    nodes.length > 1 && module !== undefined
      ? (network.modules.get(module)?.type ?? module)
      : (last?.operation ?? (first?.kind === 'input' ? first.name : ''));
  // What is called again has its parameters once.
  const own = path === undefined || path === '' || counted.has(path) ? 0n : parametersOf(network, path);
  if (path !== undefined) counted.add(path);
  const line = last?.place?.line;
  const raises = nodes.flatMap((id) => {
    const node = network.nodes[id];
    return node?.kind === 'call' ? (node.error?.type ?? []) : [];
  })[0];
  return {
    operation,
    ...(path === undefined || path === '' ? {} : { name: path }),
    from: [...from].toSorted((one, other) => one - other),
    shapes: outputs.map(({ shape }) => [...shape]),
    ...(own > 0n && { parameters: Number(own) }),
    ...(nodes.length === 1 && line !== undefined && { line }),
    ...(raises !== undefined && { raises }),
  };
}

const parametersOf = (network: Network, path: string): bigint =>
  countParameters(network, PYTORCH_COUNTING, path).parameters;
