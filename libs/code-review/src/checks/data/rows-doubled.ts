import { arrayFacts, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { rankOf } from '../../ask/facts.js';
import { givenIn } from '../../ask/targets.js';
import { nodesOf, statementsOf } from '../../ask/tree.js';

export const rowsDoubled: Check = {
  id: 'rows-doubled',
  title: "Python's shuffle of an array of rows",
  severity: 'warning',
  why: 'random.shuffle exchanges items one by one, and a row of an array, or an item of a tensor, is a view: the second of two is written over before it is kept. Some rows come to be there several times and others are lost.',
  instead: 'Use np.random.shuffle(rows), or an order: rows = rows[torch.randperm(len(rows))].',
  needs: 'A call of random.shuffle with an array of two axes or more, or with a tensor.',
  wrong: [
    `
import random
import numpy as np
from keras.models import Sequential
rows = np.loadtxt('flowers.csv', delimiter=',')
random.shuffle(rows)  # <--
x, y = rows[:, :4], rows[:, 4]
`,
    `
import torch
from random import shuffle
places = torch.arange(100)
shuffle(places)  # <--
`,
  ],
  right: [
    `
import random
import numpy as np
import torch
rows = np.loadtxt('flowers.csv', delimiter=',')
np.random.shuffle(rows)
x, y = rows[:, :4], rows[:, 4]
pairs = list(zip(x, y))
random.shuffle(pairs)
places = np.arange(100)
random.shuffle(places)
`,
  ],
  *run(program) {
    const own = ownShuffle(program.source);
    if (own === undefined) return;
    const said = new Set<number>();
    for (const { args, moment, result } of callsNamed(program, 'shuffle')) {
      const of = args.positional.at(-1);
      const at = moment.span;
      if (
        at === undefined ||
        said.has(at.start) ||
        (result !== null && !/\bRandom\(/.test(at.text)) ||
        !own.test(at.text)
      )
        continue;
      if (
        !isValue(of) ||
        args.named.size > 0 ||
        !hasRows(program, of, at.text.replace(/^.*\.?shuffle\(\s*|\s*\)$/g, ''))
      )
        continue;
      said.add(at.start);
      yield {
        at,
        message: 'The rows of an array are views: exchanged one by one, some are doubled and others lost.',
        evidence: [],
      };
    }
  },
};

/** How Python's own shuffle is called where it is imported. */
function ownShuffle(source: string): RegExp | undefined {
  const module = /^\s*import (?:[\w.]+(?: as \w+)?, *)*random(?: as (\w+))?\b/m.exec(source);
  const named = /^\s*from random import [^\n]*\bshuffle(?: as (\w+))?\b/m.exec(source);
  if (named !== null) return new RegExp(String.raw`^${named[1] ?? 'shuffle'}\(`);
  return module === null || /from numpy import[^\n]*\brandom\b/.test(source)
    ? undefined
    : new RegExp(String.raw`^${module[1] ?? 'random'}(\.Random\([^()]*\))?\.shuffle\(`);
}

/** Whether it is a tensor, or an array of two axes or more: by what is known of it, or as it is indexed later. */
function hasRows(program: Program, of: Value, written: string): boolean {
  if (!isNoList(program, written)) return false;
  if (of.dtype !== undefined && of.shape !== undefined) return of.shape.length > 0;
  const rank = arrayFacts(of).shape?.length ?? rankOf(of);
  return rank === undefined
    ? nodesOf(program, 'Subscript').some(
        ({ value, index }) => index.kind === 'Tuple' && isOfRows(program, value.span.text, written),
      )
    : rank > 1;
}

/** Whether a name is that of the array, or of a part of its rows: `train = rows[:n]`. */
function isOfRows(program: Program, name: string, written: string): boolean {
  return (
    name === written ||
    statementsOf(program).some((statement) =>
      givenIn(statement).some(
        ({ target, value }) =>
          target.span.text === name &&
          value.kind === 'Subscript' &&
          value.value.span.text === written &&
          value.index.kind === 'Slice',
      ),
    )
  );
}

/** Whether a name is never given a list: the rows of an array in a list are exchanged as they should be. */
function isNoList(program: Program, written: string): boolean {
  const given = statementsOf(program)
    .flatMap((statement) => givenIn(statement))
    .filter(({ target }) => target.span.text === written);
  return (
    given.length > 0 &&
    given.every(
      ({ value }) =>
        value.kind !== 'Name' &&
        value.kind !== 'List' &&
        value.kind !== 'ListComp' &&
        !/^(list|sorted|zip|map|filter)\(|\.tolist\(/.test(value.span.text),
    )
  );
}
