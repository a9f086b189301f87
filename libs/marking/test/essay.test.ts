import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  openMarkingEngine,
  partsOf,
  readExam,
  type MarkingEngine,
  type ProposedMark,
} from '@tensormark/marking';

const EXAM = `format: 1
exam: essays
title: Essays
questions:
  - id: 1
    prompt: About deep networks.
    parts:
      - id: a
        kind: essay
        marks: 3
        prompt: Why do skip connections help?
        rubric:
          - id: flow
            says: The gradient can flow directly through the skip connection.
            marks: 1
            wordings: [The error signal skips the layers in between.]
          - { id: add, says: The input of the block is added to its output., marks: 1, synonyms: [[block, stage]] }
          - { id: cost, says: It costs no further parameters., marks: 1, terms: [parameters] }
        misconceptions:
          - { id: fewer, says: Skip connections reduce the number of layers., why: The layers stay. }
`;

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

function mark(answer: string): ProposedMark {
  const reading = readExam(EXAM);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  const [part] = partsOf(reading.definition);
  if (part === undefined) throw new Error('the exam has no part');
  return engine.mark(part, answer);
}
const suggested = (answer: string) =>
  mark(answer).items.map(({ evidence }) => {
    const found = evidence.find(({ kind }) => kind === 'suggestion');
    if (found?.kind !== 'suggestion') throw new Error('nothing is suggested');
    return [found.verdict, found.span && answer.slice(found.span.start, found.span.end)];
  });

describe('an essay', () => {
  it('shows-each-items-sentence-and-proposes-no-marks', () => {
    const answer =
      'ResNets are old. The error signal skips the layers in between. The input of a stage is added to its output.';
    expect(suggested(answer)).toEqual([
      ['likely-covered', 'The error signal skips the layers in between.'],
      ['likely-covered', 'The input of a stage is added to its output.'],
      ['no-evidence-found', undefined],
    ]);
    const proposal = mark(answer);
    expect(proposal).toMatchObject({
      outcome: 'needs-person',
      marks: null,
      summary: 'A person marks this essay. Of 3 rubric items 2 seem covered, 1 was not found.',
    });
    expect(
      proposal.items.every(({ proposed, outcome }) => proposed === null && outcome === 'undecided'),
    ).toBe(true);
  });

  it('does-not-say-that-nothing-was-found-of-what-is-named', () => {
    const [, , named] = mark('Its parameters are many, and that is all I know.').items;
    expect(named?.evidence.map(({ kind }) => kind)).toEqual(['suggestion', 'mention']);
    const said = [named?.reason, ...(named?.evidence.map(({ says }) => says) ?? [])].join(' ');
    expect(said).toContain('It is named, and no sentence was found that says this');
    expect(said).not.toContain('speaks to this');
  });

  it('shows-a-contradiction', () => {
    expect(suggested('The gradient can not flow directly through the skip connection.')[0]?.[0]).toBe(
      'possible-conflict',
    );
  });

  it('shows-a-listed-misconception-with-what-is-wrong-about-it', () => {
    const [found] = mark('Skip connections reduce the number of layers in the network.').evidence;
    expect(found).toMatchObject({
      kind: 'misconception',
      explanations: ['The layers stay.'],
      span: { start: 0 },
    });
  });

  it('repeating-the-question-covers-nothing', () => {
    const verdicts = suggested('Skip connections help deep networks. This is why skip connections help.').map(
      ([verdict]) => verdict,
    );
    expect(verdicts).not.toContain('likely-covered');
  });

  it('an-answer-in-another-language-is-left-to-a-person', () => {
    const { evidence } = mark(
      'Der Gradient kann durch die skip connection direkt fließen und wird nicht klein.',
    );
    expect(evidence).toContainEqual(expect.objectContaining({ kind: 'caution' }));
  });
});
