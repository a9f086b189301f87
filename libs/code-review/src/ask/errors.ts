import { armsOf, isValue, turnsOf } from '@tensormark/frameworks';
import type { ErrorRaised, Loop, Moment, Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Evidence } from '../finding.js';
import { eventsOf } from './events.js';
import { statementAt } from './tree.js';

/**
 * Errors of the program, each place and kind once: a loop's later turns and a second forward say the same again. Of those
 * that only the last batch of a loader raises, the first: what comes after it follows from the statement left out.
 */
export function errorsOf(program: Program): ErrorRaised[] {
  const seen = new Set<string>();
  const broken = new Set<Loop>();
  const errors = eventsOf(program, 'error').map((error) => asOfProgram(program, error));
  return errors.filter(({ moment, message, type }) => {
    const later = turnsOf(moment).find(({ loop, index }) => loop.overLoader && index > 0)?.loop;
    const key = `${moment.span?.source.file ?? ''}:${moment.span?.start ?? -1}:${type}:${message.replaceAll(/\d+/g, '#')}`;
    if (moment.span === undefined || seen.has(key) || isOfStatement(program, moment)) return false;
    // What hangs on a count of batches may not happen for the last: `if i == 0:`.
    if (later !== undefined && isConditional(moment, later)) return false;
    seen.add(key);
    if (later !== undefined && broken.has(later)) return false;
    if (later !== undefined) broken.add(later);
    return true;
  });
}

/** Whether it comes of taking a `print` of Python 2 for a call: there it prints all that follows, `print (a + b).mean()`. */
function isOfStatement({ syntaxErrors }: Program, { span }: Moment): boolean {
  return (
    span !== undefined &&
    span.text.startsWith('print (') &&
    syntaxErrors.some(({ message }) => message.startsWith("Missing parentheses in call to 'print'"))
  );
}

/** Whether something in a loop happens under a condition there that is not known. */
function isConditional({ arm }: Moment, loop: Loop): boolean {
  for (let current = arm; current !== undefined; current = current.outer) {
    const { condition } = current;
    const isInLoop = condition.start >= loop.span.start && condition.end <= loop.span.end;
    if (isInLoop && condition.source.file === loop.span.source.file) return true;
  }
  return false;
}

/**
 * What a network of torchvision's refuses is an error of the call that the program itself makes; the layer is spoken of only
 * where the program put it in.
 */
function asOfProgram({ file }: Program, error: ErrorRaised): ErrorRaised {
  const { moment, module } = error;
  if (moment.span?.source.file.startsWith('<torchvision.') !== true) return error;
  const known = placed.get(error);
  if (known !== undefined) return known;
  let { activation } = moment;
  while (activation !== undefined && activation.calledAt?.source.file !== file) activation = activation.outer;
  const found = {
    ...error,
    moment: { ...moment, span: activation?.calledAt },
    module: module?.span?.source.file === file ? module : undefined,
  };
  placed.set(error, found);
  return found;
}

const placed = new WeakMap<ErrorRaised, ErrorRaised>();

/** The error as evidence. */
export function inWords({ type, message, exact }: ErrorRaised): Evidence {
  return { kind: 'error', type, message, exact };
}

/** What the failing call was given first. */
export function inputOf({ args }: ErrorRaised): Value | undefined {
  return args?.positional.find(isValue);
}

/** The layer that refused its input, where it is one of PyTorch's own. */
export function layerOf({ module }: ErrorRaised): ProgramModule | undefined {
  return module?.layer === undefined ? undefined : module;
}

/** Numbers in a message, by the groups of a pattern. */
export function numbersIn(message: string, pattern: RegExp): number[] | undefined {
  const found = pattern.exec(message);
  return found === null ? undefined : found.slice(1).map(Number);
}

/**
 * Whether it happens only where the program has asked what it deals with (`if len(parts) == 2: a, b = parts`, `if isinstance(out, tuple):`)
 * and the answer is not known.
 */
export function isAskedFirst(program: Program, { moment }: ErrorRaised): boolean {
  const { span } = moment;
  if (span === undefined) return false;
  const text = statementAt(program, span)?.span.text ?? span.text;
  for (const { condition } of armsOf(moment))
    for (const [, asked = ''] of condition.text.matchAll(/\b(?:len|isinstance|type)\(\s*([\w.]+)/g))
      if (text.includes(asked)) return true;
  return false;
}
