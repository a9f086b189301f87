import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { loopsOf, statementsOf } from './tree.js';

/** `eval()` of a network after which its loop computes gradients once more. */
export interface ModeLeft {
  readonly set: Span;
  readonly trained: Span;
}

type Step =
  | { readonly kind: 'eval' | 'train'; readonly of: string; readonly span: Span }
  /** Called where gradients are kept. */
  | { readonly kind: 'called'; readonly of: string }
  | { readonly kind: 'backward'; readonly span: Span }
  /** What may have set any mode. */
  | { readonly kind: 'open' };

/** Functions are followed into each other so far. */
const MOST_DEPTH = 3;
/** A condition that holds now and then in a loop, whatever is asked for. */
const NOW_AND_THEN = /%|interval|every|freq/;

/**
 * Loops in which a network is put into evaluation mode and trained on in the turn after, by what is written: for networks that are not
 * followed. Conditions that ask for anything but a turn leave the mode open.
 */
export function* modesLeft(program: Program): Generator<ModeLeft> {
  if (!/\.eval\(\)/.test(program.source) || !/\.backward\(/.test(program.source)) return;
  const functions = functionsIn(program);
  const seen = new Set<number>();
  for (const loop of loopsOf(program)) {
    const turn = stepsIn(loop.body, { functions, depth: 0, names: new Map(), keeps: true });
    const modes = new Map<string, Span>();
    const called = new Map<string, Span>();
    for (const step of [...turn, ...turn]) {
      if (step.kind === 'open') {
        modes.clear();
        called.clear();
      } else if (step.kind === 'backward') {
        const [set] = [...called.values()].filter(({ start }) => !seen.has(start));
        called.clear();
        if (set === undefined) continue;
        seen.add(set.start);
        yield { set, trained: step.span };
      } else if (step.kind === 'called') {
        const set = modes.get(step.of);
        // What is never put into training mode is meant to stay as it is: a teacher, or layers of another network.
        if (set !== undefined && isTrained(program, step.of) && !takesTurns(turn, step.of))
          called.set(step.of, set);
      } else if (step.kind === 'eval') modes.set(step.of, step.span);
      else {
        modes.delete(step.of);
        called.delete(step.of);
      }
    }
  }
}

/** Whether a network is put aside while another learns, and has a time in training mode of its own in every turn. */
function takesTurns(turn: readonly Step[], name: string): boolean {
  const learns = { eval: false, train: false };
  let mode: 'eval' | 'train' | undefined;
  for (const step of [...turn, ...turn])
    if ((step.kind === 'eval' || step.kind === 'train') && step.of === name) mode = step.kind;
    else if (step.kind === 'backward' && mode !== undefined) learns[mode] = true;
  return learns.eval && learns.train;
}

function isTrained({ source }: Program, name: string): boolean {
  const last = name.split('.').at(-1) ?? name;
  return (
    source.includes(`${last}.train(`) ||
    new RegExp(
      String.raw`optim\w*\([^\n]*\b${last}\.parameters\(\)|(Adam|AdamW|SGD|RMSprop)\(\s*(\[\s*\{\s*['"]params['"]\s*:\s*)?([\w.]*\.)?${last}(\.\w+)?\.parameters\(\)`,
      'i',
    ).test(source)
  );
}

type Functions = ReadonlyMap<string, tree.FunctionDefinition>;

/** Functions and methods by name; those of a name that several have are left out. */
function functionsIn(program: Program): Functions {
  const found = new Map<string, tree.FunctionDefinition>();
  const twice = new Set<string>();
  for (const node of statementsOf(program)) {
    if (node.kind !== 'FunctionDef') continue;
    if (found.has(node.name)) twice.add(node.name);
    found.set(node.name, node);
  }
  for (const name of twice) found.delete(name);
  return found;
}

interface Reading {
  readonly functions: Functions;
  readonly depth: number;
  /** A function's parameters in the words of who calls it. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether gradients are kept. */
  readonly keeps: boolean;
}

const NO_GRADIENTS = /no_grad|inference_mode|set_grad_enabled/;

/** What statements do to modes, in order. */
function stepsIn(body: readonly tree.Statement[], reading: Reading): Step[] {
  return body.flatMap((statement): Step[] => {
    switch (statement.kind) {
      case 'FunctionDef':
      case 'ClassDef':
        return [];
      case 'If':
        return stepsUnder(statement, reading);
      case 'For':
        return [...stepsOf(statement.iterable, reading), ...stepsIn(statement.body, reading)];
      case 'While':
      case 'Try':
        return stepsIn(statement.body, reading);
      case 'With': {
        const head = statement.span.text.split('\n')[0] ?? '';
        return stepsIn(statement.body, { ...reading, keeps: reading.keeps && !NO_GRADIENTS.test(head) });
      }
      default:
        return stepsOf(statement, reading);
    }
  });
}

function stepsUnder(statement: tree.If, reading: Reading): Step[] {
  const own = stepsOf(statement.test, reading);
  const then = stepsIn(statement.body, reading);
  const otherwise = stepsIn(statement.orElse, reading);
  if (![...then, ...otherwise].some(({ kind }) => kind !== 'called')) return [...own, ...then, ...otherwise];
  const isNowAndThen = NOW_AND_THEN.test(statement.test.span.text) && statement.orElse.length === 0;
  const ends = statement.body.some(({ kind }) => /^(Return|Continue|Break|Raise)$/.test(kind));
  return isNowAndThen && !ends ? [...own, ...then] : [...own, { kind: 'open' }];
}

function stepsOf(root: object, reading: Reading): Step[] {
  const found: Step[] = [];
  const calls: tree.Call[] = [];
  eachNode(root, (node) => {
    if (node.kind === 'Call') calls.push(node);
  });
  // What a call is given, or is made on, is worked out before it: `loss_of(model(x), y).backward()`.
  if (calls.length > 1) calls.sort((one, other) => one.span.end - other.span.end);
  for (const node of calls) {
    const { callee, span } = node;
    const text = inWords(callee.span.text, reading);
    if (callee.kind === 'Attribute' && /^(eval|train|backward)$/.test(callee.attribute)) {
      const of = inWords(callee.value.span.text, reading);
      const isOff = node.args[0]?.span.text === 'False';
      if (callee.attribute === 'backward') found.push({ kind: 'backward', span });
      else if (callee.attribute === 'eval' && node.args.length === 0) found.push({ kind: 'eval', of, span });
      else if (callee.attribute === 'train') found.push({ kind: isOff ? 'eval' : 'train', of, span });
      continue;
    }
    const called = functionCalled(callee, reading);
    if (called !== undefined) found.push(...stepsWithin(called, node, reading));
    else if (reading.keeps) {
      found.push({ kind: 'called', of: text });
      // `score_loss(network, batch)`: what computes a loss calls the network that it is handed.
      if (/loss|criterion|estimation|objective/i.test(text))
        for (const { span: given } of node.args)
          found.push({ kind: 'called', of: inWords(given.text, reading) });
    }
  }
  return found;
}

function functionCalled(
  callee: tree.Expression,
  { functions, depth }: Reading,
): tree.FunctionDefinition | undefined {
  if (depth >= MOST_DEPTH) return undefined;
  if (callee.kind === 'Name') return functions.get(callee.id);
  return callee.kind === 'Attribute' && callee.value.span.text === 'self'
    ? functions.get(callee.attribute)
    : undefined;
}

function stepsWithin(called: tree.FunctionDefinition, call: tree.Call, reading: Reading): Step[] {
  const names = new Map<string, string>();
  const parameters = called.parameters.filter(({ name }) => name !== 'self');
  for (const [at, argument] of call.args.entries()) {
    const parameter = parameters[at];
    if (parameter !== undefined) names.set(parameter.name, inWords(argument.span.text, reading));
  }
  const keeps = reading.keeps && !called.decorators.some(({ span }) => NO_GRADIENTS.test(span.text));
  return stepsIn(called.body, { ...reading, depth: reading.depth + 1, names, keeps });
}

function inWords(text: string, { names }: Reading): string {
  const [root = '', ...rest] = text.split('.');
  return [names.get(root) ?? root, ...rest].join('.');
}
