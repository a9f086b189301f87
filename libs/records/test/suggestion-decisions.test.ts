import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, NotFoundError } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('what markers say of suggestions', () => {
  let here: Setting;
  let answers: { id: string; proposal: string; scheme: string }[];
  beforeAll(async () => {
    here = await setting();
    answers = [];
    for (let at = 0; at < 3; at++) {
      const submission = await here.submitted();
      const [first] = await here.records.answers.ofSubmission(submission.id);
      const { proposed } = await here.records.markingQueue.item(first?.id ?? '');
      answers.push({ id: first?.id ?? '', proposal: proposed?.id ?? '', scheme: proposed?.schemeHash ?? '' });
    }
  });
  afterAll(() => here.close());
  const decide = (at: number, accepted: boolean, verdict = 'likely-covered', by = here.markers[0]) =>
    here.records.suggestionDecisions.decide({
      answerId: answers[at]?.id ?? '',
      proposedMarkId: answers[at]?.proposal ?? '',
      item: 'flow',
      scorer: 'lexical-1',
      verdict,
      accepted,
      by,
    });

  it('counts-the-latest-word-on-each-answer', async () => {
    await decide(0, true);
    await decide(1, true, 'unclear');
    await decide(2, true);
    await decide(2, false, 'likely-covered', here.markers[1]);
    expect(await here.records.suggestionDecisions.acceptance(here.exam.id, answers[0]?.scheme ?? '')).toEqual(
      [
        {
          part: '1.a',
          item: 'flow',
          scorer: 'lexical-1',
          decided: 3,
          accepted: 2,
          coveredDecided: 2,
          coveredAccepted: 1,
        },
      ],
    );
    expect(await here.records.suggestionDecisions.ofProposal(answers[2]?.proposal ?? '')).toMatchObject([
      { item: 'flow', accepted: false },
    ]);
  });

  it('another-scheme-begins-anew', async () => {
    expect(await here.records.suggestionDecisions.acceptance(here.exam.id, 'another')).toEqual([]);
  });

  it('a-proposal-of-another-answer-or-of-none-is-refused', async () => {
    const given = { item: 'flow', scorer: 's', verdict: 'unclear', accepted: true, by: here.markers[0] };
    const mixed = { ...given, answerId: answers[0]?.id ?? '', proposedMarkId: answers[1]?.proposal ?? '' };
    await expect(here.records.suggestionDecisions.decide(mixed)).rejects.toBeInstanceOf(InvalidRecordError);
    await expect(
      here.records.suggestionDecisions.decide({ ...mixed, proposedMarkId: 'none' }),
    ).rejects.toBeInstanceOf(NotFoundError);
  });

  it('is-never-changed', async () => {
    await expect(
      here.database.query('UPDATE suggestion_decisions SET accepted = NOT accepted'),
    ).rejects.toThrow('never changed');
    await expect(here.database.query('DELETE FROM suggestion_decisions')).rejects.toThrow('never changed');
  });
});
