import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

/**
 * `X = (X - X.mean(0)) / X.std(0)`, in one line or by names, and the parts to learn and to test cut from it after: what a
 * scaler does, by hand.
 */
export function* scaledByHand(program: Program): Generator<Found> {
  if (!/\.mean\(|\.min\(|np\.mean|np\.min/.test(program.source)) return;
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || !/^\w+$/.test(name)) continue;
    const home = functionsAround(program, one.span).at(-1);
    const body = bodyAround(program, one.span);
    const text = one.value.span.text.replaceAll(/\s/g, '');
    const scaled = /^\(?\(?(\w+)-([\w.()=,]+?)\)\/\(?([\w.()=,\-+]+?)\)*$/.exec(text);
    const [, data, from, by] = scaled ?? [];
    if (data === undefined || from === undefined || by === undefined) continue;
    if (!isFigureOf(from, data, body, one) || !isFigureOf(by, data, body, one)) continue;
    const cut = body.find((other) => other.span.start >= one.span.end && isTestPart(other, name));
    // Learned from the whole before: the parts may have been cut already.
    if (cut === undefined || /train/i.test(data) || home?.name.includes('normali') === true) continue;
    yield {
      at: one.span,
      message: 'These figures are of all the data, those that are kept for testing too.',
      evidence: [places(['the data are split', cut.span])],
    };
  }
}

/** `X.mean(axis=0)`, `np.std(X)`, or a name for such, given at once with others or alone. */
function isFigureOf(
  written: string,
  data: string,
  body: readonly tree.Statement[],
  before: tree.Statement,
): boolean {
  const figure = new RegExp(
    String.raw`^\(?(${data}\.(mean|std|min|max)\([\w=,]*\)?|(np|numpy|torch)\.(mean|std|min|max)\(${data}[\w=,]*\)?)`,
  );
  if (figure.test(written)) return true;
  const name = /^\w+/.exec(written)?.[0] ?? '';
  const made = body.find((one) => one.span.end <= before.span.start && targetsOf(one).includes(name));
  return (
    made?.kind === 'Assign' &&
    made.value.span.text
      .replaceAll(/\s/g, '')
      .split(/,(?=[a-zA-Z])/)
      .some((part) => figure.test(part))
  );
}

/** `test = X[n:]`, `train, test = X[:n], X[n:]`, `train_test_split(X, ...)`. */
function isTestPart(one: tree.Statement, name: string): boolean {
  if (one.kind !== 'Assign' || !targetsOf(one).some((target) => /te(st)?$|test|val/i.test(target)))
    return false;
  return new RegExp(String.raw`\b${name}\[[^\]]*\w:\s*[\],]|train_test_split\(\s*${name}\b`).test(
    one.value.span.text,
  );
}
