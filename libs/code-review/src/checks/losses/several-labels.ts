import { isValue } from '@tensormark/frameworks';
import type { Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { activationOf, behind, linearMaker } from '../../ask/ancestry.js';
import { lossesNamed, titleOf } from '../../ask/losses.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

export const severalLabels: Check = {
  id: 'several-labels',
  title: 'Scores that are read one by one, and learned as one choice',
  severity: 'warning',
  why: 'Cross entropy takes all outputs for one choice among classes; sigmoid and a threshold take each for a question of its own, whose answer was never learned.',
  instead: 'For labels that may hold together use BCEWithLogitsLoss; for one class of several read argmax.',
  needs: 'Cross entropy of a layer’s scores, and sigmoid of the same layer’s scores compared with a number.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(512, 25)
criterion = nn.CrossEntropyLoss()
def train(loader, optimizer):
    for x, y in loader:
        optimizer.zero_grad()
        scores = net(x)
        loss = criterion(scores, y)  # <--
        loss.backward()
        optimizer.step()
        held = (torch.sigmoid(scores) > 0.5).float()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(512, 25)
criterion = nn.BCEWithLogitsLoss()
def train(loader, optimizer):
    for x, y in loader:
        optimizer.zero_grad()
        scores = net(x)
        loss = criterion(scores, y)
        loss.backward()
        optimizer.step()
        held = (torch.sigmoid(scores) > 0.5).float()
`,
  ],
  *run(program) {
    if (!/sigmoid/i.test(program.source)) return;
    const compared = comparedIn(program);
    if (compared.size === 0) return;
    for (const loss of lossesNamed(program, 'cross_entropy')) {
      const layer = loss.input && linearMaker(behind(loss.input));
      const at = loss.moment.span;
      const width = layer?.sizes['out_features'];
      if (layer === undefined || at === undefined || typeof width !== 'number' || width < 3) continue;
      const read = compared.get(layer);
      if (read === undefined) continue;
      yield {
        at,
        message: `${titleOf(loss)} learns one choice among ${width} classes, and each score is read by itself, by sigmoid and a threshold.`,
        evidence: [places(['they are read here', read.span], ['the layer', layer.span])],
      };
    }
  },
};

/** Layers whose scores go through sigmoid and are compared with a number. */
function comparedIn(program: Program): ReadonlyMap<ProgramModule, Value> {
  const found = new Map<ProgramModule, Value>();
  for (const { result, given } of madeOnce(program, 'gt', 'ge')) {
    const [chances, number] = given;
    if (!isValue(chances) || (typeof number !== 'number' && typeof number !== 'bigint')) continue;
    const sigmoid = behind(chances);
    const [scores] = sigmoid.inputs;
    const layer = scores && activationOf(sigmoid) === 'sigmoid' ? linearMaker(behind(scores)) : undefined;
    if (layer !== undefined) found.set(layer, result);
  }
  return found;
}
