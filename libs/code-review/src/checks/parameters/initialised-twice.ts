import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsOf } from '../../ask/tree.js';

const NET = (second: string): string => `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Linear(20, 4)
        self.enc.weight.data.normal_(0.0, 0.1)
        self.dec = nn.Linear(4, 20)
        ${second}.weight.data.normal_(0.0, 0.1)

    def forward(self, x):
        return self.dec(self.enc(x).relu())
`;

/** What gives a layer's weights new values, whatever they were. */
const INITIALISES =
  /^(self\.\w+)\.(weight|bias)(\.data|\.detach\(\))?\.(normal_|uniform_|zero_|fill_)\(|^(?:torch\.)?(?:nn\.)?init\.\w+_\((self\.\w+)\.(weight|bias)\b/;

export const initialisedTwice: Check = {
  id: 'initialised-twice',
  title: 'A layer initialised twice, and the next one not',
  severity: 'warning',
  why: 'The line was copied with the name of the layer before: that one gets new values again, and the new layer keeps those it was made with.',
  instead: 'Name the layer that was just made.',
  needs:
    'The same initialisation of one layer twice, the second right after another layer was made that has none.',
  wrong: [NET('self.enc').replace(/(self\.enc\.weight\.data\.normal_\(0\.0, 0\.1\))\n\n/, '$1  # <--\n\n')],
  right: [NET('self.dec')],
  *run(program) {
    for (const owner of statementsOf(program)) {
      if (owner.kind !== 'FunctionDef' || owner.name !== '__init__') continue;
      const first = new Map<string, tree.Statement>();
      let made: string | undefined;
      const named = new Set<string>();
      for (const statement of owner.body) {
        const { text } = statement.span;
        if (
          statement.kind === 'Assign' &&
          /^self\.\w+\s*=\s*[\w.]*(Linear|Conv\w+|Embedding|LSTM|GRU)\(/.test(text)
        ) {
          made = text.slice(0, text.indexOf('=')).trim();
          continue;
        }
        const match = INITIALISES.exec(text);
        const layer = match?.[1] ?? match?.[5];
        if (layer === undefined || statement.kind !== 'Expr') continue;
        named.add(layer);
        const before = first.get(text);
        if (before === undefined) first.set(text, statement);
        else if (made !== undefined && made !== layer && !owner.span.text.includes(`${made}.`))
          yield {
            at: statement.span,
            message: `${layer} is initialised again here, and ${made}, which was just made, is not.`,
            evidence: [places(['it was initialised here', before.span])],
          };
      }
    }
  },
};
