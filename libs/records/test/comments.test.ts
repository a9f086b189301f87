import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, NotFoundError } from '@tensormark/records';
import { type Setting, setting } from './setting.js';

describe('the bank of comments', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const add = (text: string, question = '1', by = here.markers[0]) =>
    here.records.comments.add({ examId: here.exam.id, question, text, by });
  const texts = async (question = '1') =>
    (await here.records.comments.ofQuestion(here.exam.id, question)).map(({ text }) => text);

  it('is-shared-by-question-in-the-order-it-was-written', async () => {
    await add('Give units.');
    await add('Show the working.', '1', here.markers[1]);
    await add('Elsewhere.', '2');
    expect(await texts()).toEqual(['Give units.', 'Show the working.']);
    expect(await texts('2')).toEqual(['Elsewhere.']);
  });

  it('the-same-text-again-is-the-same-comment-until-it-is-taken-out', async () => {
    const { id } = await add(' Give units. ', '1', here.markers[1]);
    expect(await texts()).toEqual(['Give units.', 'Show the working.']);
    await here.records.comments.retire(id, here.markers[1]);
    expect(await texts()).toEqual(['Show the working.']);
    await expect(here.records.comments.retire(id, here.markers[1])).rejects.toBeInstanceOf(NotFoundError);
    expect((await add('Give units.')).id).not.toBe(id);
  });

  it('its-words-never-change', async () => {
    const { id } = await add('As it was.');
    await expect(
      here.database.query("UPDATE comments SET text = 'else' WHERE id = $1", [id]),
    ).rejects.toThrow('never changed');
    await expect(here.database.query('DELETE FROM comments WHERE id = $1', [id])).rejects.toThrow('never');
  });

  it('blank-text-and-unknown-exams-are-refused', async () => {
    await expect(add('  ')).rejects.toBeInstanceOf(InvalidRecordError);
    const { comments } = here.records;
    await expect(
      comments.add({ examId: here.examiner, question: '1', text: 'x', by: here.examiner }),
    ).rejects.toBeInstanceOf(NotFoundError);
  });
});
