import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { oncePerProgram } from './once.js';
import { leavesOf } from './targets.js';
import { callsOf, classesOf, functionsAround, methodOf, nodesOf, statementsOf, targetsOf } from './tree.js';

/**
 * What a name certainly is by what is written around it, whether that is run or not: for code that is given networks and loaders of
 * which nothing else is known.
 */

/** The function that a place is written in; undefined at the level of the file. */
export function functionAt(program: Program, span: Span): tree.FunctionDefinition | undefined {
  return functionsAround(program, span).at(-1);
}

/** The one statement of a function, or of the file, that gives a name or attribute its value there; undefined where there are more or none. */
export function onlyGiving(program: Program, text: string, at: Span): tree.Statement | undefined {
  const [only, more] = allGiving(program, text, functionAt(program, at));
  return more === undefined ? only : undefined;
}

/** The statements of a function, or of the file, that give a name or attribute a value. */
function allGiving(
  program: Program,
  text: string,
  scope: tree.FunctionDefinition | undefined,
): readonly tree.Statement[] {
  return statementsOf(program).filter(
    (one) => targetsOf(one).includes(text) && functionAt(program, one.span) === scope,
  );
}

/** Methods that tensors have, and nothing else that a program of PyTorch's commonly has. */
const OF_TENSORS: ReadonlySet<string> = new Set(
  'backward detach detach_ unsqueeze permute contiguous size dim numel requires_grad_ view_as expand_as masked_fill'.split(
    ' ',
  ),
);

/** A loop over what a loader gives: the names of a batch's parts, and of what counts the batches. */
export interface WrittenBatchLoop {
  readonly loop: tree.For;
  readonly loader: tree.Expression;
  readonly isCounted: boolean;
}

const OF_LOADERS = /(^|[._])\w*(data_?)?loader\w*$|_dl$/i;

/** Whether an expression is called what loaders are called. */
export function isNamedLoader(node: tree.Expression): boolean {
  return (node.kind === 'Name' || node.kind === 'Attribute') && OF_LOADERS.test(node.span.text);
}

/** The call that counts, or shows progress, apart from what it goes over. */
function unwrapped(node: tree.Expression): { readonly of: tree.Expression; readonly isCounted: boolean } {
  let of = node;
  let isCounted = false;
  for (let depth = 0; depth < 4 && of.kind === 'Call'; depth++) {
    const [first] = of.args;
    const name = of.callee.span.text;
    if (first === undefined || !/^(enumerate|tqdm(\.\w+)?|trange|iter)$/.test(name)) break;
    isCounted ||= name === 'enumerate';
    of = first;
  }
  return { of, isCounted };
}

/** The loops over something that is called a loader. */
export const writtenBatchLoops = oncePerProgram((program): readonly WrittenBatchLoop[] =>
  nodesOf(program, 'For').flatMap((loop) => {
    const { of, isCounted } = unwrapped(loop.iterable);
    return isNamedLoader(of) ? [{ loop, loader: of, isCounted }] : [];
  }),
);

/** The names that a batch's parts are given where a batch is taken apart: `x` and `y` of `for i, (x, y) in enumerate(loader)`. */
function partsOf({ loop: { target }, isCounted }: WrittenBatchLoop): tree.Expression[] {
  if (target.kind !== 'Tuple') return [];
  if (!isCounted) return leavesOf(target);
  const [, batch] = target.items;
  return batch?.kind === 'Tuple' ? leavesOf(batch) : [];
}

/** How often a name is given a value in its function: what it is called with counts. A picture may become a tensor under the same name. */
function timesGiven(program: Program, name: string, at: Span): number {
  const scope = functionAt(program, at);
  const isParameter = scope?.parameters.some((one) => one.name === name) ?? false;
  return allGiving(program, name, scope).length + (isParameter ? 1 : 0);
}

const tensorNames = oncePerProgram(
  (program): ReadonlyMap<tree.FunctionDefinition | undefined, ReadonlySet<string>> => {
    const known = new Map<tree.FunctionDefinition | undefined, Set<string>>();
    const add = (name: string, scope: tree.FunctionDefinition | undefined): void => {
      const names = known.get(scope);
      if (names === undefined) known.set(scope, new Set([name]));
      else names.add(name);
    };
    for (const { callee } of callsOf(program)) {
      if (callee.kind !== 'Attribute' || !OF_TENSORS.has(callee.attribute)) continue;
      const { value, span } = callee;
      if (value.kind === 'Name' && timesGiven(program, value.id, span) < 2)
        add(value.id, functionAt(program, span));
    }
    for (const batches of writtenBatchLoops(program))
      for (const part of partsOf(batches))
        if (part.kind === 'Name') add(part.id, functionAt(program, part.span));
    for (const definition of classesOf(program)) {
      const forward = isModuleClass(definition) ? methodOf(definition, 'forward') : undefined;
      for (const { name, fallback, kind } of forward?.parameters.slice(1) ?? [])
        if (fallback === undefined && kind === 'ordinary') add(name, forward);
    }
    return known;
  },
);

/** Whether a class is derived from PyTorch's Module, by what stands between its parentheses. */
export function isModuleClass({ bases }: tree.ClassDefinition): boolean {
  return bases.some(({ span }) => /(^|\.)Module$/.test(span.text));
}

/**
 * Whether a name is a tensor by what is written in its function: methods of tensors are called on it, it is part of a batch, or it is what
 * a network is called on.
 */
export function isWrittenTensor(program: Program, node: tree.Expression): boolean {
  if (node.kind !== 'Name') return false;
  return tensorNames(program).get(functionAt(program, node.span))?.has(node.id) ?? false;
}

/** Where the program treats a name as a network: its parameters are asked for, or its mode is set. */
const networkNames = oncePerProgram(
  (program): ReadonlyMap<string, ReadonlySet<tree.FunctionDefinition | undefined>> => {
    const found = new Map<string, Set<tree.FunctionDefinition | undefined>>();
    for (const { callee, args, span } of callsOf(program)) {
      if (callee.kind !== 'Attribute' || args.length > 0) continue;
      if (!/^(parameters|named_parameters|eval|train)$/.test(callee.attribute)) continue;
      const { text } = callee.value.span;
      found.set(text, (found.get(text) ?? new Set()).add(functionAt(program, span)));
    }
    return found;
  },
);

/**
 * Whether a name or attribute is a network by what is written: its parameters are asked for or its mode is set, there or where the name
 * comes from, or it is an object of one of the program's own modules.
 */
export function isWrittenNetwork(program: Program, node: tree.Expression): boolean {
  const { text } = node.span;
  const seen = networkNames(program).get(text);
  if (node.kind === 'Attribute') return seen !== undefined && /^self\.\w+$/.test(text);
  if (node.kind !== 'Name' || text === 'self') return false;
  for (const scope of [...functionsAround(program, node.span).toReversed(), undefined]) {
    if (seen?.has(scope) === true) return true;
    const given = statementsOf(program).filter(
      (one) => targetsOf(one).includes(text) && functionAt(program, one.span) === scope,
    );
    if (given.length > 0) return given.every((one) => makesModule(program, one));
    if (scope?.parameters.some(({ name }) => name === text) === true) return false;
  }
  return false;
}

/** `net = Net(10).to(device)`, of a class that is derived from Module. */
function makesModule(program: Program, statement: tree.Statement): boolean {
  if (statement.kind !== 'Assign') return false;
  let { value } = statement;
  while (
    value.kind === 'Call' &&
    value.callee.kind === 'Attribute' &&
    /^(to|cuda|cpu)$/.test(value.callee.attribute)
  )
    value = value.callee.value;
  const name = value.kind === 'Call' ? value.callee.span.text : '';
  return classesOf(program).some((one) => one.name === name && isModuleClass(one));
}
