import type { ErrorRaised, Loop, Program } from '@tensormark/frameworks';
import { armsOf, eachNode, namesIn, turnsOf } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { attributesOf } from './attribute-names.js';
import { mayBeDecorated } from './decorators.js';
import { eventsOf } from './events.js';
import { oncePerProgram } from './once.js';
import { isEnteredByReading } from './places.js';
import { distance } from './spelling.js';
import { classesOf, hasUnknownBases, holds, statementAt } from './tree.js';

/** What says what reading lacks, or what the machine has, rather than what the program does wrong. */
const OF_SURROUNDINGS =
  /^(Assertion|Import|ModuleNotFound|FileNotFound|FileExists|Recursion|Memory|OS)\w*Error$/;

/**
 * The error that ends a program whatever its data: the first that is met on the way from its top, where no condition that is
 * unknown leads to it. What comes after an error follows from what it left out, and what reading enters by itself may be
 * given other things.
 */
export const certainError = oncePerProgram((program): ErrorRaised | undefined => {
  if (program.cutShort || mayHoldBack(program)) return undefined;
  for (const error of eventsOf(program, 'error')) {
    if (error.type === 'AssertionError') continue;
    const isOfKind = error.from === 'python' || /must be Tensor, not NoneType/.test(error.message);
    return isOfKind && isCertain(program, error) ? error : undefined;
  }
  return undefined;
});

/** Whether something in the program may keep errors from ending it: contexts that take them, a `finally` that returns. */
function mayHoldBack(program: Program): boolean {
  if (/\bsuppress\(|\braises\(|\b__exit__\b|\bcontextmanager\b|\bset_trace\(/.test(program.source))
    return true;
  let found = false;
  eachNode(program.body, (node) => {
    if (node.kind !== 'Try' || node.finalBody.length === 0) return;
    found ||= node.finalBody.some(({ span }) => /\b(return|break|continue)\b/.test(span.text));
  });
  return found;
}

/** What is refused now and was not by earlier releases, or that reading itself cannot do. */
const OF_RELEASES = /^linspace\(\)|names must be strings here/;

function isCertain(program: Program, error: ErrorRaised): boolean {
  const { moment, type, message } = error;
  if (OF_SURROUNDINGS.test(type) || OF_RELEASES.test(message) || /\bunknown\b/.test(message)) return false;
  if (moment.span?.source.file !== program.file || isAskedAbout(program, error)) return false;
  if (isEnteredByReading(moment) || mayBeDecorated(program, error)) return false;
  // What an object is, or lacks, may go with a setting that is not known.
  if (/NoneType/.test(message) && hangsOnSetting(error)) return false;
  const spoken = /^'(\w+)' object/.exec(message)?.[1];
  const cls = classesOf(program).find(({ name }) => name === spoken);
  if (cls !== undefined && hasUnknownBases(program, cls)) return false;
  if (type === 'AttributeError') return !hangsOnSetting(error) && lacksAttribute(program, message);
  // How long a list is, and what a dictionary has, hangs on turns that were not run.
  if (type === 'KeyError' && isSlipOfKey(program, moment.span)) return true;
  if (/^(IndexError|KeyError|ZeroDivisionError)$/.test(type)) return !isAfterCutLoop(program, error);
  // Gradients are there only where all that works on them was followed.
  return !(message.includes('NoneType') && /\bgrad\b/.test(moment.span.text));
}

/** Whether an unknown condition leads there that is no matter of turns and figures, as `epoch % 10 == 0` is. */
function hangsOnSetting({ moment }: ErrorRaised): boolean {
  return armsOf(moment).some(
    ({ condition }) => !/%|[<>]|\b(epoch|step|iter\w*|i|idx|batch\w*)\b/.test(condition.text),
  );
}

/** Whether a loop that reading went round fewer times than the program does came before. */
function isAfterCutLoop(program: Program, { moment }: ErrorRaised): boolean {
  const loops = new Set<Loop>();
  for (const event of program.events) {
    if (event.moment.at >= moment.at) break;
    for (const { loop } of turnsOf(event.moment)) loops.add(loop);
  }
  return [...loops].some(({ cut, turns, span }) => (cut || turns === 0) && span.source.file === program.file);
}

/** Whether what has no such attribute is known to have none: what reading models of a library is not all there is. */
function lacksAttribute(program: Program, message: string): boolean {
  const found = /^(?:'([\w.]+)' object|type object '(\w+)') has no attribute '(\w+)'/.exec(message);
  const [, object, type, name = ''] = found ?? [];
  const owner = object ?? type;
  if (owner === undefined || name.startsWith('__')) return false;
  const definition = classesOf(program).find((one) => one.name === owner);
  if (definition === undefined) {
    const names = attributesOf(owner);
    return names !== undefined && !names.has(name);
  }
  // What it is handed to may give it more, as may what sets attributes by name.
  if (
    /\bsetattr\s*\(|__dict__|__getattr__|(?<!\bsuper\([^()]*\))\.__init__\s*\(\s*self\b/.test(program.source)
  )
    return false;
  return !hasUnknownBases(program, definition) && attributesOf('Module')?.has(name) === false;
}

/** Whether an unknown condition that leads to an error speaks of what fails there, and so may keep it from failing. */
function isAskedAbout(program: Program, { moment }: ErrorRaised): boolean {
  if (moment.arm === undefined || moment.span === undefined) return false;
  const statement = statementAt(program, moment.span);
  const spoken = statement === undefined ? new Set<string>() : namesIn(statement);
  for (const { condition } of armsOf(moment)) {
    const { text } = condition;
    if (/\b(isinstance|hasattr|callable|getattr|try|None|type|is_\w+|in)\b/.test(text)) return true;
    if ([...text.matchAll(/[A-Za-z_]\w*/g)].some(([name]) => spoken.has(name))) return true;
  }
  return false;
}

/** Whether the text that a place asks a dictionary for is another of the program's keys, misspelt. */
function isSlipOfKey(program: Program, span: Span): boolean {
  const all = keysOf(program);
  const asked = all.filter((one) => !one.isNamed && holds(span, one.span));
  const [key] = asked;
  if (key === undefined || asked.length > 1 || all.filter(({ text }) => text === key.text).length > 1)
    return false;
  return all.some(({ text }) => text !== key.text && distance(text, key.text) === 1);
}

/** The texts by which dictionaries are written and asked: in braces, brackets, or as names of arguments. */
const keysOf = oncePerProgram(
  (program): readonly { readonly text: string; readonly span: Span; readonly isNamed: boolean }[] => {
    const keys: { text: string; span: Span; isNamed: boolean }[] = [];
    const take = (key: tree.Expression | undefined): void => {
      if (key?.kind === 'Constant' && typeof key.value === 'string')
        keys.push({ text: key.value, span: key.span, isNamed: false });
    };
    eachNode(program.body, (node) => {
      if (node.kind === 'Subscript') take(node.index);
      if (node.kind === 'Dict') for (const { key } of node.entries) take(key);
      if (node.kind !== 'Call') return;
      for (const { name, span } of node.keywords)
        if (name !== undefined) keys.push({ text: name, span, isNamed: true });
    });
    return keys;
  },
);
