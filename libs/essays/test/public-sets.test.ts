import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSets } from '../../../bench/essays/public-sets.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sets-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (name: string, text: string) => {
  await writeFile(join(folder, name), text);
  return readSets(folder).map(({ references, answers }) => ({
    references,
    answers: answers.map(({ text: said, score, truth }) => [said, score, truth]),
  }));
};

describe('a public set as it was published', () => {
  it('points-and-feedback-as-xml', async () => {
    const answer = (text: string, score: number, feedback: string): string =>
      `<studentAnswer id="N_1.1"> \n <response>${text}\n </response>\n <score>${score}</score>\n<verification_feedback>${feedback}</verification_feedback></studentAnswer>`;
    const text = `<?xml version='1.0' encoding='UTF-8'?>\n<question id="1.1" module="N">\n<questionText>Why?\n</questionText>\n<referenceAnswers>\n<referenceAnswer id="N_1.1_a1">\nIt is warm (0.25) and dry(0.5 points).\n</referenceAnswer>\n</referenceAnswers>\n<studentAnswers>${answer('Warm and dry', 1, 'Correct')}${answer('Warm', 0.75, 'Correct')}${answer('No', 0, 'Incorrect')}</studentAnswers>\n</question>`;
    expect(await read('1.1_N.xml', text)).toEqual([
      {
        references: ['It is warm and dry .'],
        answers: [
          ['Warm and dry', 1, 'covered'],
          ['Warm', 0.75, 'partly'],
          ['No', 0, 'absent'],
        ],
      },
    ]);
  });

  it('grades-before-answers-as-an-assignment', async () => {
    const text =
      '#################################\n\tQuestion: Why?\n\tAnswer: So.\n\n5.0\t[3]\tIt is so.\n2.5\t[4]\tNo idea\n\n#################################\n\tQuestion: Where?\n\tAnswer: Here.\n\n1 [3] There\n';
    expect(await read('assign1.txt', text)).toEqual([
      {
        references: ['So.'],
        answers: [
          ['It is so.', 1, 'covered'],
          ['No idea', 0.5, 'partly'],
        ],
      },
      { references: ['Here.'], answers: [['There', 0.2, 'absent']] },
    ]);
  });
});

describe('a public set as a table', () => {
  it('answers-that-a-spreadsheet-lost', async () => {
    const text = 'question,desired_answer,student_answer,score_avg\nWhy?,So.,#NAME?,3.5\nWhy?,So.,So.,5\n';
    expect(await read('lost.csv', text)).toEqual([{ references: ['So.'], answers: [['So.', 1, 'covered']] }]);
  });

  it('scores-of-five-as-csv', async () => {
    const text =
      'id,question,desired_answer,student_answer,score_me,score_avg\r\n' +
      '1,"Why, then?",Because.,"He said ""so"", and\nleft.",5,5\r\n1,"Why, then?",Because.,No idea,1,1.5\r\n2,Where?,Here.,There,3,3\r\n';
    expect(await read('scores.csv', text)).toEqual([
      {
        references: ['Because.'],
        answers: [
          ['He said "so", and left.', 1, 'covered'],
          ['No idea', 0.3, 'absent'],
        ],
      },
      { references: ['Here.'], answers: [['There', 0.6, 'partly']] },
    ]);
  });

  it('five-labels-as-json-lines', async () => {
    const rows = ['correct', 1, 'partially_correct_incomplete', 3].map((label) =>
      JSON.stringify({ question: 'Why?', reference_answer: 'So.', student_answer: 'x', label }),
    );
    expect(await read('labels.jsonl', rows.join('\n'))).toEqual([
      {
        references: ['So.'],
        answers: [
          ['x', 1, 'covered'],
          ['x', 0, 'contradicted'],
          ['x', 0.5, 'partly'],
          ['x', 0, 'absent'],
        ],
      },
    ]);
  });

  it('feedback-beside-a-score-out-of-the-questions-own-marks', async () => {
    const row = (provided_answer: string, score: number, verification_feedback: string) => ({
      question: 'Why?',
      reference_answer: 'So.',
      provided_answer,
      score,
      verification_feedback,
    });
    const rows = [row('a', 2, 'Correct'), row('b', 1, 'Partially correct'), row('c', 0, 'Incorrect')];
    expect(await read('feedback.json', JSON.stringify(rows))).toEqual([
      {
        references: ['So.'],
        answers: [
          ['a', 1, 'covered'],
          ['b', 0.5, 'partly'],
          ['c', 0, 'absent'],
        ],
      },
    ]);
  });
});
