import type { Program } from '@tensormark/frameworks';
import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { torchCalls } from '../../ask/torch-calls.js';
import { functionsAround, statementsIn, targetsOf } from '../../ask/tree.js';

const READER = (read: string): string => `
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

class Reader(nn.Module):
    def __init__(self, words):
        super().__init__()
        self.embed = nn.Embedding(words, 32, padding_idx=0)
        self.rnn = nn.GRU(32, 64, batch_first=True)
        self.head = nn.Linear(64, 2)

    def forward(self, words, lengths):
        packed = pack_padded_sequence(self.embed(words), lengths, batch_first=True, enforce_sorted=False)
        states, last = self.rnn(packed)
        states, _ = pad_packed_sequence(states, batch_first=True)
        ${read}
`;

export const paddedLastStep: Check = {
  id: 'padded-last-step',
  title: 'The last step of padded sequences',
  severity: 'warning',
  why: 'pad_packed_sequence fills with zeros after the end of each sequence: at the last place only the longest ones have a state, and all others are read as zeros.',
  instead: 'Take the state that the RNN gives besides its outputs, or the outputs at lengths - 1.',
  needs: 'What pad_packed_sequence gives, indexed with -1 along the steps.',
  wrong: [
    READER('return self.head(states[:, -1])  # <--'),
    READER('return self.head(states[:, -1, :])  # <--'),
  ],
  right: [
    READER('return self.head(last[-1])'),
    READER('return self.head(states[torch.arange(len(words)), lengths - 1])'),
    READER('return self.head(states)[..., -1]'),
  ],
  *run(program) {
    if (!program.source.includes('pad_packed_sequence')) return;
    for (const { call, path } of torchCalls(program)) {
      if (!path.endsWith('.pad_packed_sequence')) continue;
      const home = functionsAround(program, call.span).at(-1);
      const body = statementsIn(home?.body ?? program.body);
      const made = body.find((one) => one.kind === 'Assign' && firstOf(one, call) !== undefined);
      const name = made?.kind === 'Assign' ? firstOf(made, call) : undefined;
      if (made === undefined || name === undefined) continue;
      const isFirst = call.keywords.some(
        ({ name: key, value }) => key === 'batch_first' && value.span.text === 'True',
      );
      const again = body.find((one) => one.span.start > made.span.end && targetsOf(one).includes(name));
      const read = lastStepOf(program, name, isFirst, made.span.end, again?.span.end ?? Infinity);
      if (read === undefined || (home !== undefined && read.span.end > home.span.end)) continue;
      yield {
        at: read.span,
        message:
          'At the last step sequences shorter than the longest are padding: their states are zeros here.',
        evidence: [places(['it is padded here', call.span])],
      };
    }
  },
};

/** The name that is given the states: `states, lengths = pad_packed_sequence(…)`, `states = pad_packed_sequence(…)[0]`. */
function firstOf({ targets, value }: tree.Assign, call: tree.Call): string | undefined {
  const [target] = targets;
  if (targets.length !== 1 || target === undefined) return undefined;
  if (value === call && target.kind === 'Tuple') {
    const [first] = target.items;
    return first?.kind === 'Name' ? first.id : undefined;
  }
  const isPicked = value.kind === 'Subscript' && value.value === call && value.index.span.text === '0';
  return isPicked && target.kind === 'Name' ? target.id : undefined;
}

function lastStepOf(
  program: Program,
  name: string,
  isFirst: boolean,
  from: number,
  to: number,
): tree.Subscript | undefined {
  const found: tree.Subscript[] = [];
  eachNode(program.body, (node) => {
    if (node.kind !== 'Subscript' || node.span.start < from || node.span.end > to) return;
    if (node.value.kind !== 'Name' || node.value.id !== name) return;
    const by = node.index.span.text.replaceAll(/\s/g, '');
    if (isFirst ? /^:,-1(,:|,\.\.\.)?$/.test(by) : /^-1(,:)*$/.test(by)) found.push(node);
  });
  return found[0];
}
