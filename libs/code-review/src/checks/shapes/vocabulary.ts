import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, classesOf, methodOf, nodesOf } from '../../ask/tree.js';

const WORDS = `
import torch
import torch.nn as nn
words = sorted({'a', 'b', 'c'})
index = {word: at + 1 for at, word in enumerate(words)}
`;

export const vocabularySize: Check = {
  id: 'vocabulary-size',
  title: 'An embedding one row too small for its words',
  severity: 'error',
  why: 'Words are numbered from 1, so that the last has the number of words there are: an embedding of as many rows ends one before it.',
  instead: 'Make it one row larger: nn.Embedding(len(index) + 1, …).',
  needs:
    'A table of words numbered from 1, never added to, and an embedding of as many rows as it has words.',
  wrong: [
    `${WORDS}
table = nn.Embedding(len(index), 16, padding_idx=0)  # <--
`,
    `${WORDS}
class Net(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.table = nn.Embedding(count, 16)
net = Net(len(index))  # <--
`,
    `
from keras.layers import Embedding, Input
from data import texts
seen = set()
for text in texts:
    for word in text.split():
        seen.add(word)
count = len(seen)
words = sorted(list(seen))
number = dict([(word, i + 1) for i, word in enumerate(words)])
rows = [[number[word] for word in text.split()] for text in texts]
found = Embedding(count, 50, mask_zero=True)(Input((None,)))  # <--
`,
    `
import torch.nn as nn
from data import texts, vocabulary

number = {}
for at, word in enumerate(vocabulary):
    number[word] = at + 1

class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(len(vocabulary), 64, padding_idx=0)  # <--

lines = [[number[word] for word in text] for text in texts]
`,
  ],
  right: [
    `${WORDS}
table = nn.Embedding(len(index) + 1, 16, padding_idx=0)
`,
    `${WORDS}
index['<pad>'] = 0
table = nn.Embedding(len(index), 16, padding_idx=0)
`,
    `
import torch.nn as nn
from data import texts, vocabulary
number = {word: at for at, word in enumerate(vocabulary, 1)}
table = nn.Embedding(len(number) + 1, 8)
lines = [[number.get(word, 0) for word in text] for text in texts]
count = len(vocabulary)
count += 1
other = nn.Embedding(count, 8)
`,
    `
import torch.nn as nn
from data import texts, vocabulary
number = {word: at + 1 for at, word in enumerate(vocabulary)}
table = nn.Embedding(len(vocabulary), 8)
lines = [[number[word] - 1 for word in text] for text in texts]
`,
  ],
  *run(program) {
    if (!/\bEmbedding\(/.test(program.source) || !program.source.includes('enumerate(')) return;
    const tables = [...numberings(program)];
    if (tables.length === 0) return;
    const given = assignedIn(program);
    const sized = embeddingPlaces(program).flatMap((place) => rowsGiven(program, place));
    for (const table of tables) {
      const { name, of, at } = table;
      if (isMadeLess(program, name)) continue;
      const words = wordsOf(of, given);
      const rows = sized.find(({ count }) => {
        const what = countedIn(count, given);
        if (what === undefined) return false;
        return what.span.text === name ? !isAddedTo(program, table) : wordsOf(what, given) === words;
      });
      if (rows === undefined) continue;
      yield {
        at: rows.span,
        message: `${name} numbers its words from 1, and the embedding has as many rows as there are words.`,
        evidence: [places(['the words are numbered here', at.span])],
      };
    }
  },
};

type Assigned = ReadonlyMap<string, tree.Expression | undefined>;

/** What names and attributes are given, by their text; undefined where more than once. */
function assignedIn(program: Program): Assigned {
  const given = new Map<string, tree.Expression | undefined>();
  for (const { targets, value } of nodesOf(program, 'Assign'))
    for (const { span } of targets) given.set(span.text, given.has(span.text) ? undefined : value);
  for (const { target } of nodesOf(program, 'AugAssign')) given.set(target.span.text, undefined);
  return given;
}

/** What is counted: `x` of `len(x)`, and of a name that is given that. */
function countedIn(rows: tree.Expression, given: Assigned): tree.Expression | undefined {
  const written = rows.kind === 'Name' || rows.kind === 'Attribute' ? given.get(rows.span.text) : rows;
  return written?.kind === 'Call' && written.callee.span.text === 'len' ? written.args[0] : undefined;
}

/** The words behind sorting and gathering, by their text. */
function wordsOf(expression: tree.Expression, given: Assigned, depth = 0): string {
  const written =
    expression.kind === 'Name' || expression.kind === 'Attribute'
      ? given.get(expression.span.text)
      : expression;
  const [inner] =
    written?.kind === 'Call' && /^(sorted|list|set|tuple)$/.test(written.callee.span.text)
      ? written.args
      : [];
  return inner === undefined || depth > 4 ? expression.span.text : wordsOf(inner, given, depth + 1);
}

interface Numbering {
  readonly name: string;
  /** What is gone over. */
  readonly of: tree.Expression;
  readonly at: tree.Statement;
}

/** Dictionaries that give each of something its place plus one. */
function* numberings(program: Program): Generator<Numbering> {
  for (const at of nodesOf(program, 'Assign')) {
    const [target] = at.targets;
    const made = madeIn(at.value);
    const of = made && numberedIn(made.key, made.value, made.clauses[0]?.target, made.clauses[0]?.iterable);
    if (target !== undefined && made?.clauses.length === 1 && of !== undefined)
      yield { name: target.span.text, of, at };
  }
  for (const { target, iterable, body } of nodesOf(program, 'For'))
    for (const at of body) {
      const put = at.kind === 'Assign' && at.targets[0]?.kind === 'Subscript' ? at.targets[0] : undefined;
      if (at.kind !== 'Assign' || put === undefined) continue;
      const of = numberedIn(put.index, at.value, target, iterable);
      if (of !== undefined) yield { name: put.value.span.text, of, at };
    }
}

interface Pairs {
  readonly key: tree.Expression;
  readonly value: tree.Expression;
  readonly clauses: readonly tree.ComprehensionClause[];
}

/** `{word: i + 1 for …}` and `dict([(word, i + 1) for …])`. */
function madeIn(value: tree.Expression): Pairs | undefined {
  if (value.kind === 'DictComp')
    return value.key && { key: value.key, value: value.element, clauses: value.clauses };
  const [pairs] = value.kind === 'Call' && value.callee.span.text === 'dict' ? value.args : [];
  if (pairs?.kind !== 'ListComp' && pairs?.kind !== 'GeneratorExp') return undefined;
  const [key, number] = pairs.element.kind === 'Tuple' ? pairs.element.items : [];
  return key && number && { key, value: number, clauses: pairs.clauses };
}

/** What `for i, word in enumerate(…)` goes over, where a word is given the number after its place. */
function numberedIn(
  key: tree.Expression,
  value: tree.Expression,
  target: tree.Expression | undefined,
  iterable: tree.Expression | undefined,
): tree.Expression | undefined {
  const [place, word] = target?.kind === 'Tuple' ? target.items : [];
  if (iterable?.kind !== 'Call' || iterable.callee.span.text !== 'enumerate') return undefined;
  const [of, second] = iterable.args;
  const start = (second ?? iterable.keywords.find(({ name }) => name === 'start')?.value)?.span.text ?? '0';
  if (place === undefined || word?.span.text !== key.span.text) return undefined;
  const number = value.span.text.replaceAll(/\s/g, '');
  const isNext = number === `${place.span.text}+1` || number === `1+${place.span.text}`;
  return (start === '0' && isNext) || (start === '1' && number === place.span.text) ? of : undefined;
}

/** A pattern for what is done with a name or attribute. */
function doneWith(name: string, what: string): RegExp {
  return new RegExp(String.raw`(?<![\w.])${name.replaceAll('.', String.raw`\.`)}\s*${what}`);
}

/** Whether the numbers are made less by one where they are looked up. */
function isMadeLess({ source }: Program, name: string): boolean {
  return doneWith(name, String.raw`(\[[^\]]+\]|\.get\([^)]*\))\s*-`).test(source);
}

/** Whether words are put into it beside those that are gone over, such as the one for padding. */
function isAddedTo({ source }: Program, { name, at }: Numbering): boolean {
  const own = at.kind === 'Assign' && at.targets[0]?.kind === 'Subscript' ? 1 : 0;
  const put = new RegExp(doneWith(name, String.raw`(\[[^\]]*\]\s*=[^=]|\.(update|setdefault|pop)\()`), 'g');
  return [...source.matchAll(put)].length > own;
}

interface Place {
  readonly callee: RegExp;
  readonly place: number;
  readonly keyword: RegExp;
}

/** What is called with the number of rows of an embedding: nn.Embedding itself, or a class that hands it on. */
function embeddingPlaces(program: Program): Place[] {
  const found: Place[] = [{ callee: /(^|\.)Embedding$/, place: 0, keyword: /^(num_embeddings|input_dim)$/ }];
  for (const definition of classesOf(program)) {
    const init = methodOf(definition, '__init__');
    if (init === undefined) continue;
    eachNode(init, (node) => {
      if (node.kind !== 'Call' || !/(^|\.)Embedding$/.test(node.callee.span.text)) return;
      const text = node.args[0]?.span.text;
      const place = init.parameters.findIndex(({ name }) => name === text) - 1;
      if (text !== undefined && place >= 0)
        found.push({ callee: new RegExp(`^${definition.name}$`), place, keyword: new RegExp(`^${text}$`) });
    });
  }
  return found;
}

/** How many rows it is given, each time that it is called. */
function rowsGiven(
  program: Program,
  { callee, place, keyword }: Place,
): { readonly count: tree.Expression; readonly span: Span }[] {
  return callsOf(program).flatMap(({ callee: called, args, keywords, span }) => {
    if (!callee.test(called.span.text)) return [];
    const count = keywords.find(({ name }) => name !== undefined && keyword.test(name))?.value ?? args[place];
    return count === undefined ? [] : [{ count, span }];
  });
}
