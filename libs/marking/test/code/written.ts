/** 1 for met, 0 for not met, ? for what a person has to decide; by hand. */
export type Wanted = Readonly<Record<string, 0 | 1 | '?'>>;

export type Written = readonly [name: string, answer: string, wanted: Wanted];

const indented = (code: string): string =>
  code
    .trim()
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n');

/** A module of PyTorch by the lines of its constructor and of its forward. */
export const torchModule = (init: string, forward: string): string => `import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
${indented(init)}

    def forward(self, x):
${indented(forward)}
`;
