import type { Check } from '../../check.js';

export const syntaxError: Check = {
  id: 'syntax-error',
  title: 'Not Python',
  severity: 'error',
  why: 'Python reads a whole file before it runs any of it: nothing of this file runs.',
  instead: 'Mend the line at the place shown; a bracket or string left open may begin earlier.',
  needs: 'Text that Python’s grammar does not take.',
  wrong: [
    `
import torch.nn as nn

class Net(nn.Module)  # <--
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        return self.fc(x)
`,
    `
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 64)
    nn.ReLU(),  # <--
    nn.Linear(64, 3),
)
`,
  ],
  right: [
    `
import torch.nn as nn

class Net(nn.Module):
    ...

def forward(self, x): ...
`,
  ],
  *run({ syntaxErrors }) {
    const [first] = syntaxErrors;
    if (first === undefined) return;
    // Where the parser stumbles once, what it says afterwards is often of its own making.
    yield {
      at: first.span,
      message: `Python cannot read this line: ${first.message}.`,
      evidence: [{ kind: 'error', type: first.type, message: first.message, exact: true }],
    };
  },
};
