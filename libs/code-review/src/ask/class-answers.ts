import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { oncePerProgram } from './once.js';
import { callsOf, holds, nodesOf, statementsIn, statementsOf, targetsOf } from './tree.js';

/** Where a program compares the place of the largest score with a label: labels that are compared so are numbers of classes. */
export interface ClassAnswer {
  /** The name of the scores. */
  readonly scores: string;
  /** The name of the labels. */
  readonly labels: string;
  /** Over which dimension: the classes, 1, or by mistake the batch, 0. */
  readonly over: 0 | 1;
  /** What gave the answer: its places, or, by mistake, the largest scores themselves. */
  readonly by: 'places' | 'values';
  readonly at: Span;
  /** Where the largest was taken. */
  readonly taken: Span;
  /** The function that it stands in, or the program. */
  readonly within: Span | undefined;
}

/** What leaves the numbers of a tensor as they are. */
const AS_THEY_ARE =
  /\.(data|cpu\(\)|detach\(\)|numpy\(\)|long\(\)|int\(\)|float\(\)|squeeze\([^()]*\)|view\([^()]*(\([^()]*\))?\)|view_as\([\w.]*\)|reshape\([^()]*\)|flatten\(\)|to\([\w.]*\)|item\(\)|eval\(\))/g;

/** The name of what something is, before it was moved or reshaped; undefined where it is more than a name. */
export function nameBehind(written: string): string | undefined {
  let text = written.replaceAll(/\s+/g, '');
  for (let depth = 0; depth < 3; depth++)
    text = text
      .replace(/^\(([^()]*)\)$/, '$1')
      .replaceAll(AS_THEY_ARE, '')
      .replace(/^(?:torch|np)\.squeeze\(([\w.]+)\)$/, '$1');
  return /^(self\.)?[A-Za-z_]\w*$/.test(text) ? text : undefined;
}

export const classAnswers = oncePerProgram((program): readonly ClassAnswer[] => {
  if (!/max\(/.test(program.source) || !/==|\.eq\(/.test(program.source)) return [];
  const functions = statementsOf(program).filter((one) => one.kind === 'FunctionDef');
  const found: ClassAnswer[] = [];
  for (const [left, right, at] of comparisons(program)) {
    const around = functions.findLast(({ span }) => holds(span, at));
    const within = around?.kind === 'FunctionDef' ? around.body : program.body;
    for (const [answer, label] of [
      [left, right],
      [right, left],
    ] as const) {
      const labels = nameBehind(label);
      const largest = labels === undefined ? undefined : largestOf(answer, within, at);
      if (labels === undefined || largest === undefined || largest.scores === labels) continue;
      found.push({ ...largest, labels, at, within: around?.span });
      break;
    }
  }
  return found;
});

function* comparisons(program: Program): Generator<readonly [string, string, Span]> {
  for (const { left, comparators, operators, span } of nodesOf(program, 'Compare')) {
    const [right] = comparators;
    if (operators.length === 1 && operators[0] === '==' && right !== undefined)
      yield [left.span.text, right.span.text, span];
  }
  for (const { callee, args, span } of callsOf(program)) {
    const [one, other] = args;
    if (callee.kind !== 'Attribute' || callee.attribute !== 'eq' || one === undefined) continue;
    if (callee.value.span.text === 'torch' && other !== undefined)
      yield [one.span.text, other.span.text, span];
    else yield [callee.value.span.text, one.span.text, span];
  }
}

type Largest = Pick<ClassAnswer, 'scores' | 'by' | 'taken' | 'over'>;

/** What is taken of which scores by an expression, or by the one statement before that sets the name it is. */
function largestOf(written: string, within: readonly tree.Statement[], at: Span): Largest | undefined {
  const direct = largestIn(written);
  if (direct !== undefined) return { ...direct, taken: at };
  const name = nameBehind(written);
  const set =
    name && statementsIn(within).findLast((one) => one.span.end <= at.start && targetsOf(one).includes(name));
  if (name === undefined || set === undefined || set === '' || set.kind !== 'Assign') return undefined;
  const { text } = set.value.span;
  const targets = targetsOf(set);
  if (targets.length === 1) {
    const one = largestIn(text);
    return one && { ...one, taken: set.span };
  }
  const pair = maxIn(text);
  return pair === undefined || targets.length !== 2
    ? undefined
    : { ...pair, by: targets[1] === name ? 'places' : 'values', taken: set.span };
}

const OVER = String.raw`(?:dim=|axis=)?(-1|0|1)(?:,(?:keepdim=)?(?:True|False))?`;
const MAX = [
  new RegExp(String.raw`^torch\.max\(([\w.()]+?),${OVER}\)$`),
  new RegExp(String.raw`^([\w.()]+?)\.max\(${OVER}\)$`),
];
const ARGMAX = [
  new RegExp(String.raw`^torch\.argmax\(([\w.()]+?),${OVER}\)`),
  new RegExp(String.raw`^([\w.()]+?)\.argmax\(${OVER}\)`),
];

type Taken = Pick<ClassAnswer, 'scores' | 'over'>;

/** `scores` and the dimension in `torch.max(scores, 1)` and `scores.max(1)`. */
function taken(text: string, forms: readonly RegExp[]): Taken | undefined {
  for (const form of forms) {
    const [, given, over] = form.exec(text) ?? [];
    const scores = given === undefined ? undefined : nameBehind(given);
    if (scores !== undefined) return { scores, over: over === '0' ? 0 : 1 };
  }
  return undefined;
}

function maxIn(written: string): Taken | undefined {
  return taken(written.replaceAll(/\s+/g, ''), MAX);
}

function largestIn(written: string): Omit<Largest, 'taken'> | undefined {
  const text = written.replaceAll(/\s+/g, '').replace(/^\((.*)\)$/, '$1');
  const [, of, at, name] = /^(.*?)(?:\[([01])\]|\.(indices|values))(?:\..*)?$/.exec(text) ?? [];
  const pair = of === undefined ? undefined : maxIn(of);
  if (pair !== undefined) return { ...pair, by: at === '1' || name === 'indices' ? 'places' : 'values' };
  const places = taken(text, ARGMAX);
  return places && { ...places, by: 'places' };
}
