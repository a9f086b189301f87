import { argument, isValue } from '@tensormark/frameworks';
import type { Datum, LossComputed, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { places } from '../../ask/places.js';
import { callsOf, holds, nodesOf, usesOf } from '../../ask/tree.js';

const TAGGER = (criterion: string, padding = ''): string => `
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset

class Sentences(Dataset):
    def __init__(self, words, tags):
        self.words, self.tags = words, tags

    def __len__(self):
        return len(self.words)

    def __getitem__(self, at):
        return torch.tensor(self.words[at]), torch.tensor(self.tags[at])

def collate(batch):
    words, tags = zip(*batch)
    return pad_sequence(words, batch_first=True), pad_sequence(tags, batch_first=True${padding})

def train(words, tags, net, optimizer):
    criterion = ${criterion}
    net.train()
    for inputs, targets in DataLoader(Sentences(words, tags), 32, shuffle=True, collate_fn=collate):
        optimizer.zero_grad()
        loss = criterion(net(inputs).transpose(1, 2), targets)  # <--
        loss.backward()
        optimizer.step()
`;

const TRANSLATOR = (criterion: string): string => `
import torch.nn as nn

def train(model, loader, optimizer, pad_idx):
    criterion = ${criterion}
    model.train()
    for source, target in loader:
        scores = model(source, target[:, :-1])
        loss = criterion(scores.reshape(-1, scores.size(-1)), target[:, 1:].reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
`;

export const padsLearned: Check = {
  id: 'pads-learned',
  title: 'Padding that is learned as if it were told',
  severity: 'warning',
  why: 'Short sequences are filled up, and the loss counts what they are filled with like any other label: the network learns to say it, and the figure looks better than it is.',
  instead: 'Leave it out: nn.CrossEntropyLoss(ignore_index=0), or pad targets with -100.',
  needs: 'Targets of a cross entropy that pad_sequence filled up with a label that the loss does not ignore.',
  wrong: [
    TRANSLATOR('nn.CrossEntropyLoss()  # <--'),
    TAGGER('nn.CrossEntropyLoss()'),
    TAGGER('nn.CrossEntropyLoss(ignore_index=0)', ', padding_value=1'),
  ],
  right: [
    TRANSLATOR('nn.CrossEntropyLoss(ignore_index=pad_idx)'),
    TAGGER('nn.CrossEntropyLoss(ignore_index=0)').replace('  # <--', ''),
    TAGGER('nn.CrossEntropyLoss()', ', padding_value=-100').replace('  # <--', ''),
    TAGGER('nn.CrossEntropyLoss()')
      .replace('  # <--', '')
      .replace('.transpose(1, 2), targets)', '[inputs != 0], targets[inputs != 0])'),
  ],
  *run(program) {
    yield* padUnread(program);
    if (!program.source.includes('pad_sequence')) return;
    for (const loss of lossesNamed(program, 'cross_entropy', 'nll_loss')) {
      const at = loss.moment.span;
      const filled = isValue(loss.target) ? filledUp(loss.target) : undefined;
      if (at === undefined || filled === undefined || countsAll(loss, filled.by) !== true) continue;
      yield {
        at,
        message: `The targets are filled up with ${filled.by}, and ${titleOf(loss)} counts it like any other label.`,
        evidence: [places(['they are filled up here', filled.value.span])],
      };
    }
  },
};

/** A function that is told what pads, and makes its cross entropy without it, of targets shifted by one. */
function* padUnread(program: Program): Generator<Found> {
  for (const owner of nodesOf(program, 'FunctionDef')) {
    const pad = owner.parameters.find(({ name }) =>
      /^pad(ding)?(_?(idx|index|id|token(_id)?|value))?$/i.test(name),
    );
    if (pad === undefined || usesOf(owner.body, pad.name).length > 0) continue;
    const text = owner.body.map(({ span }) => span.text).join('\n');
    if (!/\[:,\s*1:\]|\[1:\]/.test(text) || /mask|!=|\bne\(|ignore_index/.test(text)) continue;
    const made = callsOf(program).find(
      ({ callee, span }) =>
        holds(owner.span, span) && /(^|\.)(CrossEntropyLoss|cross_entropy)$/.test(callee.span.text),
    );
    if (made === undefined) continue;
    yield {
      at: made.span,
      message: `${pad.name} is read nowhere: the loss counts what short sequences are filled up with like any other word.`,
      evidence: [],
    };
  }
}

/** Operations that leave which labels there are. */
const LAID_OUT =
  /^(view|reshape|flatten|contiguous|to|cuda|cpu|long|transpose|permute|t|clone|detach|squeeze|unsqueeze|unpacked)$/;

/** Where targets were filled up, and with what. */
function filledUp(target: Value): { readonly value: Value; readonly by: number } | undefined {
  let current: Value | undefined = target;
  for (let depth = 0; depth < 30 && current !== undefined; depth++) {
    const { made, inputs }: Value = current;
    if (made.kind === 'batch') [current] = inputs;
    else if (made.kind !== 'operation') return undefined;
    else if (made.name === 'pad_sequence') {
      const by: Datum | undefined = argument(made.args, 'padding_value', 2) ?? 0n;
      return typeof by === 'bigint' || typeof by === 'number'
        ? { value: current, by: Number(by) }
        : undefined;
    } else if (LAID_OUT.test(made.name) || (made.name === 'getitem' && isCut(made.args.positional[1])))
      [current] = inputs;
    else return undefined;
  }
  return undefined;
}

/** Whether a key takes a part by its place, and not by a mask. */
function isCut(key: Datum | undefined): boolean {
  if (Array.isArray(key)) return key.every((one: Datum) => isCut(one));
  if (typeof key === 'bigint' || key === null) return true;
  return typeof key === 'object' && 'kind' in key && key.kind === 'other' && key.holds?.kind === 'slice';
}

/** Whether a loss counts a label as it counts the others; undefined where that is not known. */
function countsAll({ args, module }: LossComputed, label: number): boolean | undefined {
  const config = module?.layer?.config ?? {};
  const [ignored, weight, reduction] = ['ignore_index', 'weight', 'reduction'].map(
    (name) => args.named.get(name) ?? config[name],
  );
  if (weight !== undefined && weight !== null) return undefined;
  if (reduction === 'none') return undefined;
  if (ignored === undefined) return label !== -100;
  return typeof ignored === 'number' || typeof ignored === 'bigint' ? Number(ignored) !== label : undefined;
}
