import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { modeDependent } from '../../ask/modes.js';
import { isOfTesting } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { callsOf, nodesOf, statementsOf } from '../../ask/tree.js';

/** Words of programs that ask in training mode, or train in the other, on purpose. */
const ON_PURPOSE =
  /monte|\bmc_|uncertain|freeze|frozen|(?<!self)\.training\b|bn_|instance.?norm|requires_grad\s*=\s*False|\.train\(\s*(False|mode|phase|\w*train\w*)/i;

/**
 * A network that is put into training mode and into the other nowhere in the file, and that is asked in a loop over what is
 * for testing, or in a function that is called so: for networks that are not followed.
 */
export function* evaluatedAsTrained(program: Program): Generator<Found> {
  const { source } = program;
  if (/\.eval\(\s*\)/.test(source) || !/\.train\(\s*\)/.test(source) || !/\.backward\(/.test(source)) return;
  if (ON_PURPOSE.test(source) || isTheSameInBoth(program)) return;
  for (const put of statementsOf(program)) {
    const name = /^([\w.]+)\.train\(\s*\)$/.exec(put.span.text)?.[1];
    if (put.kind !== 'Expr' || name === undefined) continue;
    for (const { span } of testsIn(program)) {
      if (/\.(backward|step)\(|\btrain_?step/.test(span.text)) continue;
      const asked = callsOf(program).find(
        ({ callee, args, span: at }) =>
          callee.span.text === name && args.length > 0 && at.start >= span.start && at.end <= span.end,
      );
      if (asked === undefined) continue;
      // Put into training mode in the very place that tests.
      const isHere = put.span.start >= span.start && put.span.end <= span.end;
      yield {
        at: isHere ? put.span : asked.span,
        message: `${name} is put into training mode, and into evaluation mode nowhere: it is evaluated here as it is trained.`,
        evidence: [places(['it is put into training mode', put.span], ['it is asked here', asked.span])],
      };
      return;
    }
  }
}

/** A network that is put into evaluation mode before a loop that trains it, and into training mode nowhere. */
export function* trainedAsEvaluated(program: Program): Generator<Found> {
  const { source } = program;
  if (
    !/\.eval\(\s*\)/.test(source) ||
    /\.train\s*\(|(?<!self)\.training\b/.test(source) ||
    !/\.backward\(/.test(source)
  )
    return;
  if (ON_PURPOSE.test(source) || isTheSameInBoth(program)) return;
  for (const body of bodiesOf(program)) {
    for (const [index, put] of body.entries()) {
      const name = /^([\w.]+)\.eval\(\s*\)$/.exec(put.span.text)?.[1];
      if (put.kind !== 'Expr' || name === undefined || !isLearned(source, name)) continue;
      const loop = body
        .slice(index + 1)
        .find(
          (one) => one.kind === 'For' && /\.backward\(/.test(one.span.text) && /\.step\(/.test(one.span.text),
        );
      const asked = loop && callWithin(loop, name);
      if (asked === undefined) continue;
      yield {
        at: put.span,
        message: `${name} is put into evaluation mode here, and into training mode nowhere, and is trained in the loop that follows.`,
        evidence: [places(['it is trained here', asked])],
      };
      return;
    }
  }
}

/** Networks of which all is known, none of which has layers that tell the modes apart. */
function isTheSameInBoth(program: Program): boolean {
  const networks = program.modules.filter(({ parents, isNative }) => parents.length === 0 && !isNative);
  return (
    networks.length > 0 &&
    networks.every((one) => one.isReadable && modeDependent(program, one) === undefined)
  );
}

/** Loops over what is for testing, and functions that are called so. */
function testsIn(program: Program): readonly { readonly span: Span }[] {
  return [
    ...nodesOf(program, 'FunctionDef').filter(
      ({ name, span }) => isOfTesting(name) && /no_grad|inference_mode|==|\.eq\(|\bfor\b/.test(span.text),
    ),
    ...nodesOf(program, 'For').filter(({ iterable }) => {
      const over = goneOver(iterable).span.text;
      return isOfTesting(over) && /load|iter|_dl$|batches|^(test|val|valid|validation)$/i.test(over);
    }),
  ];
}

function* bodiesOf(program: Program): Generator<readonly tree.Statement[]> {
  yield program.body;
  for (const one of statementsOf(program))
    if (one.kind === 'FunctionDef' || one.kind === 'For' || one.kind === 'While') yield one.body;
}

/** Whether an optimiser has its parameters, by what is written. */
function isLearned(source: string, name: string): boolean {
  const written = name.replaceAll('.', String.raw`\.`);
  return new RegExp(
    String.raw`(optim\w*\.\w+|\b(Adam|AdamW|SGD|RMSprop))\(\s*(params\s*=\s*)?${written}\.parameters\(\)`,
  ).test(source);
}

function callWithin(statement: tree.Statement, name: string): Span | undefined {
  let found: Span | undefined;
  eachNode(statement, (node) => {
    if (node.kind === 'Call' && node.callee.span.text === name && node.args.length > 0) found ??= node.span;
  });
  return found;
}
