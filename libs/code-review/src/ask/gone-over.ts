import type { tree } from '@tensormark/python';

const TESTS =
  /(^|_|\.)(test|testing|val|valid|validate|validation|eval|evaluate|evaluation|dev)(_|\d|$)|^(test|val|valid|validation|dev)(loader|set|data|iter|dl|ds)/i;
const TRAINS = /train|trn|(^|_)tr(_|$)/i;

/** Whether a name, or a name of `self`, says that something is to learn from. */
export function isOfTraining(text: string): boolean {
  return /^(self\.)?\w+$/.test(text) && TRAINS.test(text) && !TESTS.test(text);
}

/** Whether a text says that something is to test or validate with. */
export function isOfTesting(text: string): boolean {
  return TESTS.test(text) && !TRAINS.test(text);
}

export function speaksOfTraining(text: string): boolean {
  return TRAINS.test(text);
}

/** What a loop goes over, without `enumerate`, `iter` and bars of progress. */
export function goneOver(iterable: tree.Expression): tree.Expression {
  let current = iterable;
  for (let depth = 0; depth < 4; depth++) {
    const [first] =
      current.kind === 'Call' && /^(enumerate|tqdm(\.\w+)?|iter)$/.test(current.callee.span.text)
        ? current.args
        : [];
    if (first === undefined) break;
    current = first;
  }
  return current;
}
