import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { channelsOf } from '../../ask/widths.js';

/** Pooling and convolution: what they give has its batch in front. */
const KEEPS_BATCH = /^((Adaptive)?(Avg|Max)Pool[12]d|(adaptive_)?(avg|max)_pool[12]d|Conv[12]d|conv[12]d)$/;

export const squeezeAll: Check = {
  id: 'squeeze-all',
  title: 'squeeze() takes the batch away too',
  severity: 'design',
  why: 'Without a dimension it removes every one of size 1: of a batch of one, as the last of an epoch may be, the batch itself.',
  instead: 'Name the dimensions (squeeze(-1)), or flatten from the first: torch.flatten(x, 1).',
  needs: 'squeeze() with nothing named, on what a convolution or pooling gave.',
  wrong: [
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1))
        self.head = nn.Linear(16, 10)

    def forward(self, x):
        x = self.body(x).squeeze()  # <--
        return self.head(x)
`,
  ],
  right: [
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 16, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1))
        self.head = nn.Linear(16, 10)

    def forward(self, x):
        x = self.body(x).squeeze(-1).squeeze(-1)
        return self.head(x)
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'squeeze')) {
      const [input] = args.positional;
      const at = moment.span;
      if (args.positional.length !== 1 || args.named.size > 0) continue;
      if (!isValue(input) || at === undefined || seen.has(at.start) || !KEEPS_BATCH.test(makerOf(input)))
        continue;
      if (moment.activation?.name !== 'forward') continue;
      seen.add(at.start);
      yield {
        at,
        message: 'Of a batch with one example, squeeze() takes away the batch as well.',
        evidence: [places(['it comes from here', input.span])],
      };
    }
  },
};

export const batchHardcoded: Check = {
  id: 'batch-hardcoded',
  title: 'A number of rows written into a shape',
  severity: 'design',
  why: 'It holds for batches of that size alone: the last of an epoch, or a single example, raises an error or is mixed up.',
  instead: 'Take the number from the tensor: x.view(x.size(0), -1).',
  needs: 'A view of what a convolution or pooling gave, with a number or a setting for the batch.',
  wrong: [
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 10, 5)
        self.pool = nn.MaxPool2d(2)
        self.head = nn.Linear(1440, 10)

    def forward(self, x):
        x = self.pool(self.conv(x)).relu()
        return self.head(x.view(64, 1440))  # <--
`,
  ],
  right: [
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 10, 5)
        self.pool = nn.MaxPool2d(2)
        self.head = nn.Linear(1440, 10)

    def forward(self, x):
        batch_size = x.size(0)
        x = self.pool(self.conv(x)).relu()
        return self.head(x.view(batch_size, 1440)) + self.head(x.view(-1, 1440))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'view', 'reshape')) {
      const [input, rows, width] = args.positional;
      const at = moment.span;
      if (!isValue(input) || at === undefined || seen.has(at.start)) continue;
      if (typeof rows !== 'bigint' || rows < 2n || typeof width !== 'bigint' || args.positional.length !== 3)
        continue;
      const written = /\.(?:view|reshape)\(\s*([\w.]+)\s*,[^,]*\)$/.exec(at.text)?.[1];
      if (written === undefined || !isWritten(written, program.source) || !isOfBatch(input)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The shape says ${rows} rows, whatever the batch has.`,
        evidence: [places(['it comes from here', input.span])],
      };
    }
  },
};

/** A number, or a name that is only ever given one. */
function isWritten(written: string, source: string): boolean {
  if (/^\d+$/.test(written)) return true;
  if (!/batch|^bs$|^BS$/i.test(written) || written.includes('.')) return false;
  return !new RegExp(`\\b${written}\\b[^=\\n]*=[^=\\n]*(size|shape|len\\()`).test(source);
}

/** What has examples in front and channels behind them. */
function isOfBatch(value: Value): boolean {
  return channelsOf(value) !== undefined || KEEPS_BATCH.test(makerOf(value));
}
