import { describe, expect, it } from '@jest/globals';
import { prepareExecution, type PlannedDevice } from '@tensormark/execution';
import { openProgramReader, openReader } from '@tensormark/frameworks';
import { prepareRun } from '../src/index.js';

const RESNET = `
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width, out, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(width, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU(),
            nn.Conv2d(out, out, 3, 1, 1, bias=False), nn.BatchNorm2d(out))
        self.way = nn.Sequential()
        if stride != 1 or width != out:
            self.way = nn.Sequential(nn.Conv2d(width, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        return (self.body(x) + self.way(x)).relu()

class ResNet18(nn.Module):
    def __init__(self, classes=1000):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.stages = nn.Sequential(
            Block(64, 64, 1), Block(64, 64, 1), Block(64, 128, 2), Block(128, 128, 1),
            Block(128, 256, 2), Block(256, 256, 1), Block(256, 512, 2), Block(512, 512, 1))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(512, classes)

    def forward(self, x):
        return self.fc(self.pool(self.stages(self.stem(x))).flatten(1))
`;

const planner = {
  code: await openReader(),
  programs: openProgramReader(),
  prepare: prepareExecution,
};

function planned(device: PlannedDevice | undefined) {
  const prepared = prepareRun(
    {
      text: RESNET,
      filename: 'net.py',
      inputs: [[3, 64, 64]],
      classes: 1000,
      loss: 'likely',
      batch: 64,
      ...(device && { device }),
    },
    planner,
  );
  if (prepared.kind !== 'job') throw new Error(JSON.stringify(prepared));
  const { plans, scaled, estimate, plannedFor, probes } = prepared.job;
  // Published: 11,689,512.
  expect(estimate.parameters).toBe(11_689_512);
  return {
    batch: plans.batch,
    scaled,
    passes: estimate.multiplyAccumulates,
    plannedFor,
    probes: probes.length,
  };
}

describe('ResNet-18 on 64 images of 3 by 64 by 64', () => {
  it.each(['tensorflow', 'webgpu'] as const)('is run at its size on a GPU by %s', (backend) => {
    const { batch, scaled, plannedFor, probes } = planned({ backend, kind: 'gpu' });
    expect({ batch, scaled, plannedFor }).toEqual({ batch: 64, scaled: undefined, plannedFor: 'gpu' });
    expect(probes).toBe(11);
  });

  it.each([
    ['WebAssembly', { backend: 'wasm', kind: 'cpu' }],
    ['a GPU that is software', { backend: 'webgpu', kind: 'cpu' }],
    ['a device that was not found', undefined],
  ] as const)('is made smaller for %s, and says so', (_, device) => {
    const { batch, scaled, passes } = planned(device);
    expect(batch).toBe(4);
    expect(scaled).toMatchObject({
      from: { batch: 64, inputs: [[3, 64, 64]] },
      to: { batch: 4, inputs: [[3, 16, 16]] },
      why: expect.stringMatching(/^a pass takes 9,\d+,000,000 multiply-accumulates/),
    });
    // No image is made smaller than 16 by 16.
    expect(passes).toBeLessThan(65_000_000);
  });
});
