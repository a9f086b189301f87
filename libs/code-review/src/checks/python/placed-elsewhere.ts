import { readSignature } from '@tensormark/frameworks';
import type { Program, Signature } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { libraryCalls } from '../../ask/library-calls.js';
import { libraryNames, lookedUp } from '../../ask/library-names.js';
import { callsOf, classesOf, holds } from '../../ask/tree.js';

export const placedElsewhere: Check = {
  id: 'placed-elsewhere',
  title: 'An argument in the place of another',
  severity: 'warning',
  why: 'By place it is taken for what stands there in the signature: a weight decay becomes a momentum, a padding a stride.',
  instead: 'Hand it over by its name: weight_decay=weight_decay.',
  needs: 'A setting handed by place to something of PyTorch’s, called as another of its settings is.',
  wrong: [
    `
import torch

class Slow(torch.optim.SGD):
    def __init__(self, params, lr, weight_decay):
        super().__init__(params, lr, weight_decay)  # <--
`,
    `
import torch.nn as nn

def block(width, padding=1, stride=2):
    return nn.Conv2d(width, width, 3, padding, stride)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

def block(width, out_channels, stride=2, dilation=1, momentum=0.9):
    first = nn.Conv2d(width, out_channels, stride, stride)
    second = nn.Conv2d(out_channels, out_channels, 3, 1, dilation, dilation)
    return nn.Sequential(first, second, nn.MaxPool2d(stride)), torch.optim.SGD(first.parameters(), 0.1, momentum)
`,
  ],
  *run(program) {
    for (const { call, signatures } of callsWithSignatures(program)) {
      const [signature] = signatures;
      if (
        signature === undefined ||
        signatures.length > 1 ||
        call.args.some(({ kind }) => kind === 'Starred')
      )
        continue;
      const names = signature.placed.map(({ name }) => name).filter((name) => name !== 'self');
      const all = new Set([...names, ...signature.named.map(({ name }) => name)]);
      const given = call.args.map(settingIn);
      const found = given.findIndex((name, at) => {
        const place = names[at];
        if (name === undefined || place === undefined || name === place || !all.has(name)) return false;
        if (!SETTING.test(name) || !SETTING.test(place) || isAlike(name, place)) return false;
        // Some settings are given the same on purpose.
        return given[names.indexOf(name)] !== name && !call.keywords.some((keyword) => keyword.name === name);
      });
      if (found < 0) continue;
      yield {
        at: call.span,
        message: `${given[found] ?? ''} is handed over in the place of ${names[found] ?? ''}.`,
        evidence: [],
      };
    }
  },
};

interface Called {
  readonly call: tree.Call;
  readonly signatures: readonly Signature[];
}

/** Calls of PyTorch's functions and classes, and of the class that one of the program derives from. */
function* callsWithSignatures(program: Program): Generator<Called> {
  for (const { call, path, signatures } of libraryCalls(program))
    if (path.startsWith('torch.')) yield { call, signatures };
  const paths = new Map(libraryNames(program).used.map(({ node, path }) => [node, path]));
  for (const call of callsOf(program)) {
    const path = paths.get(call.callee);
    if (path !== undefined && RECURRENT.test(path)) yield { call, signatures: [OF_RECURRENT] };
  }
  if (!program.source.includes('__init__(')) return;
  for (const call of callsOf(program)) {
    if (!/^super\(.*\)\.__init__$/s.test(call.callee.span.text)) continue;
    const owner = classesOf(program).findLast(({ span }) => holds(span, call.span));
    const [base, more] = owner?.bases ?? [];
    const path = base === undefined || more !== undefined ? '' : (paths.get(base) ?? '');
    const signatures = path.startsWith('torch.') ? lookedUp(path)?.offer?.signatures : undefined;
    if (signatures !== undefined) yield { call, signatures };
  }
}

/** Recurrent layers hand on whatever they are given: this is how they take it. */
const RECURRENT = /^torch\.nn\.(modules\.rnn\.)?(LSTM|GRU|RNN)$/;
const OF_RECURRENT = readSignature(
  '(input_size,hidden_size,num_layers=,bias=,batch_first=,dropout=,bidirectional=)',
);

/** What settings are called, rather than sizes, which are given as they come. */
const SETTING =
  /^(lr|momentum|dampening|weight_decay|nesterov|betas|alpha|eps|amsgrad|stride|padding|dilation|groups|bias|padding_mode|output_padding|num_layers|batch_first|dropout|bidirectional|step_size|milestones|gamma|last_epoch|T_max|eta_min|factor|patience|batch_size|shuffle|num_workers|drop_last|affine)$/;

/** Settings of which one is often worth what another is. */
const isAlike = (name: string, place: string): boolean =>
  /^(stride|dilation|padding)$/.test(name) && place === 'output_padding'
    ? true
    : name === 'dilation' && place === 'padding';

/** The name of `lr`, `self.lr`, `args.lr` and `config['lr']`. */
function settingIn({ kind, span: { text } }: tree.Expression): string | undefined {
  if (kind === 'Name') return text;
  if (kind === 'Attribute') return /\.(\w+)$/.exec(text)?.[1];
  return kind === 'Subscript' ? /\[['"](\w+)['"]\]$/.exec(text)?.[1] : undefined;
}
