import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, classesOf, methodOf, statementsOf } from '../../ask/tree.js';

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
  ],
  right: [
    `${WORDS}
table = nn.Embedding(len(index) + 1, 16, padding_idx=0)
`,
    `${WORDS}
index['<pad>'] = 0
table = nn.Embedding(len(index), 16, padding_idx=0)
`,
  ],
  *run(program) {
    if (!/\bEmbedding\(/.test(program.source) || !program.source.includes('enumerate(')) return;
    const tables = numberedFromOne(program);
    const sized = tables.length === 0 ? [] : embeddingPlaces(program);
    for (const { name, span } of tables) {
      const isAdded = new RegExp(String.raw`\b${name}\s*(\[[^\]]*\]\s*=[^=]|\.(update|setdefault)\()`).test(
        program.source,
      );
      if (isAdded) continue;
      const counts = new Set([`len(${name})`, ...namesOf(program, `len(${name})`)]);
      const found = sized.flatMap(({ callee, place, keyword }) => rowsGiven(program, callee, place, keyword));
      const rows = found.find(({ text }) => counts.has(text.replaceAll(/\s/g, '')));
      if (rows === undefined) continue;
      yield {
        at: rows.span,
        message: `${name} numbers its words from 1, and the embedding has as many rows as there are words.`,
        evidence: [places(['the words are numbered here', span])],
      };
    }
  },
};

/** Tables `{word: i + 1 for i, word in enumerate(words)}`, or counted by `enumerate(words, 1)`. */
function numberedFromOne(program: Program): { name: string; span: Span }[] {
  return statementsOf(program).flatMap((statement) => {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'DictComp') return [];
    const [target] = statement.targets;
    const { element, clauses } = statement.value;
    const [clause] = clauses;
    if (target?.kind !== 'Name' || clause === undefined || clauses.length !== 1) return [];
    const over = clause.iterable.span.text.replaceAll(/\s/g, '');
    const isCounted = over.startsWith('enumerate(');
    const startsAtOne = /,(start=)?1\)$/.test(over);
    const adds = /^\w+\+1$|^1\+\w+$/.test(element.span.text.replaceAll(/\s/g, ''));
    const isPlain = element.kind === 'Name';
    return isCounted && ((adds && !/,(start=)?\d+\)$/.test(over)) || (isPlain && startsAtOne))
      ? [{ name: target.id, span: statement.span }]
      : [];
  });
}

/** Names that are given just that. */
function namesOf(program: Program, text: string): string[] {
  return statementsOf(program).flatMap((statement) =>
    statement.kind === 'Assign' && statement.value.span.text.replaceAll(/\s/g, '') === text
      ? statement.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []))
      : [],
  );
}

/** What is called with the number of rows of an embedding: nn.Embedding itself, or a class that hands it on. */
function embeddingPlaces(program: Program): { callee: RegExp; place: number; keyword: string }[] {
  const found = [{ callee: /^(nn\.|torch\.nn\.)?Embedding$/, place: 0, keyword: 'num_embeddings' }];
  for (const definition of classesOf(program)) {
    const init = methodOf(definition, '__init__');
    if (init === undefined) continue;
    eachNode(init, (node) => {
      if (node.kind !== 'Call' || !/(^|\.)Embedding$/.test(node.callee.span.text)) return;
      const text = node.args[0]?.span.text;
      const place = init.parameters.findIndex(({ name }) => name === text) - 1;
      if (text !== undefined && place >= 0)
        found.push({ callee: new RegExp(`^${definition.name}$`), place, keyword: text });
    });
  }
  return found;
}

function rowsGiven(
  program: Program,
  callee: RegExp,
  place: number,
  keyword: string,
): { text: string; span: Span }[] {
  const found: { text: string; span: Span }[] = [];
  for (const node of callsOf(program)) {
    if (!callee.test(node.callee.span.text)) continue;
    const given: tree.Expression | undefined =
      node.keywords.find(({ name }) => name === keyword)?.value ?? node.args[place];
    if (given !== undefined) found.push({ text: given.span.text, span: node.span });
  }
  return found;
}
