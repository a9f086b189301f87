import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, callsOf, targetsOf } from '../../ask/tree.js';

const EPISODE = (given: string): string => `
import torch
import torch.nn.functional as F

def loss_of(known, known_labels, asked, asked_labels, classes):
    prototypes = torch.stack([known[known_labels == one].mean(0) for one in range(classes)])
    distances = torch.cdist(asked, prototypes)
    return F.cross_entropy(${given}, asked_labels)
`;

export const distancesAsScores: Check = {
  id: 'distances-as-scores',
  title: 'Distances given as scores',
  severity: 'warning',
  why: 'Cross entropy makes the score of the right class the largest: of distances it drives each example away from its own class.',
  instead: 'Give the negative distances: F.cross_entropy(-distances, labels).',
  needs: 'What cdist gave, under its name, as the scores of a cross entropy or softmax.',
  wrong: [EPISODE('distances').replace('asked_labels)', 'asked_labels)  # <--')],
  right: [EPISODE('-distances'), EPISODE('-distances.pow(2)')],
  *run(program) {
    if (!/cdist\(/.test(program.source)) return;
    for (const call of callsOf(program)) {
      const [scores] = call.args;
      if (!/(^|\.)(cross_entropy|log_softmax)$/.test(call.callee.span.text) || scores?.kind !== 'Name')
        continue;
      const body = bodyAround(program, call.span).filter(({ span }) => span.end <= call.span.start);
      const given = body.filter((one) => targetsOf(one).includes(scores.id));
      const [made] = given;
      if (
        given.length !== 1 ||
        made?.kind !== 'Assign' ||
        !/^torch\.cdist\([^-]*\)(\.pow\(2\)|\s*\*\*\s*2)?$/.test(made.value.span.text)
      )
        continue;
      yield {
        at: call.span,
        message: `${scores.id} are distances, which are small where things are alike, and the largest score is learned for the right class.`,
        evidence: [places(['the distances', made.span])],
      };
    }
  },
};
