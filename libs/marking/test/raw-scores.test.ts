import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, partsOf, readExam, type MarkingEngine } from '../src/index.js';

const EXAM = `
format: 1
exam: scores
title: Scores
questions:
  - id: 1
    kind: code
    marks: 2
    prompt: Write a classifier of ten classes that returns logits.
    input: [3, 32, 32]
    requirements:
      - { id: scores, says: Raw scores, marks: 2, check: raw-scores }
`;

const ending = (layers: string, returned: string): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 10, 3, padding=1)
        self.fc = nn.Linear(10, 10)
        ${layers}

    def forward(self, x):
        x = torch.relu(self.conv(x))
        x = x.mean(dim=(2, 3))
        return ${returned}
`;

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function outcomeOf(code: string): string | undefined {
  const reading = readExam(EXAM);
  if (reading.kind !== 'exam') throw new Error(JSON.stringify(reading));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('no part');
  return engine.mark(part, code).items.find((each) => each.item === 'scores')?.outcome;
}

describe('whether what comes out are raw scores', () => {
  it.each([
    ['a-linear-layer-at-the-end', '', 'self.fc(x)', 'met'],
    ['laid-out-otherwise-behind-it', '', 'self.fc(x).reshape(x.shape[0], 10)', 'met'],
    ['dropout-behind-it', 'self.drop = nn.Dropout(0.1)', 'self.drop(self.fc(x))', 'met'],
    ['softmax-as-a-layer', 'self.act = nn.Softmax(dim=1)', 'self.act(self.fc(x))', 'not-met'],
    ['softmax-as-a-function', '', 'F.softmax(self.fc(x), dim=1)', 'not-met'],
    ['softmax-as-a-method-and-flattened', '', 'self.fc(x).softmax(dim=-1).flatten(1)', 'not-met'],
    ['log-softmax', '', 'F.log_softmax(self.fc(x), dim=1)', 'not-met'],
    ['sigmoid', '', 'torch.sigmoid(self.fc(x))', 'not-met'],
    ['another-activation-is-for-a-person', '', 'torch.relu(self.fc(x))', 'undecided'],
    ['what-is-not-known-is-for-a-person', 'self.end = make_end()', 'self.end(self.fc(x))', 'undecided'],
  ])('%s', (_, layers, returned, outcome) => {
    expect(outcomeOf(ending(layers, returned))).toBe(outcome);
  });
});
