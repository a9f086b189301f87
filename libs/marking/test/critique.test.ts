import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { gradeDocument, openMarkingEngine, readExam } from '../src/index.js';
import type { ProposedMark } from '../src/index.js';

const FOLDER = new URL('../../../examples/demonstration/', import.meta.url);
let mark: (answer: string) => ProposedMark;

beforeAll(async () => {
  const engine = await openMarkingEngine();
  const reading = readExam(readFileSync(new URL('exam.yaml', FOLDER), 'utf8'));
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  mark = (answer) => {
    const graded = gradeDocument(reading.definition, `Question 3:\n\n${answer}\n`, engine);
    if (graded.kind === 'refused') throw new Error(graded.message);
    const part = graded.parts.find(({ part: { key } }) => key === '3');
    if (part === undefined) throw new Error('no question 3');
    return part.proposal;
  };
});

describe('marking a critique', () => {
  it('both-quotes-stand-side-by-side', () => {
    const answer = 'There is no activation between the convolutional layers.';
    const claim = mark(answer).evidence.find(({ kind }) => kind === 'claim');
    expect(claim).toMatchObject({
      subject: 'activation',
      verdict: 'supported',
      code: { text: 'self.conv2 = nn.Conv2d(512, 512, kernel_size=3, padding=1)' },
    });
  });

  it('points-are-covered-contradicted-or-not-found-and-never-marked', () => {
    const proposal = mark('The model uses max pooling. There is no ReLU between the convolutions.');
    expect(proposal).toMatchObject({ outcome: 'needs-person', marks: null });
    expect(proposal.items.map(({ proposed }) => proposed)).toEqual([null, null, null, null]);
    expect(proposal.items.map(({ reason }) => reason.split(/[ ,:]/)[0])).toEqual([
      'Not',
      'Covered',
      'Contradicted',
      'Not',
    ]);
  });

  it('a-fault-that-no-claim-names-is-listed', () => {
    const missed = (answer: string) =>
      mark(answer).evidence.flatMap((each) => (each.kind === 'finding' ? [each.check] : []));
    expect(missed('The model does not contain any bugs.')).toContain('softmax-ce');
    expect(missed('Softmax is applied before cross entropy, which is wrong.')).not.toContain('softmax-ce');
  });
});
