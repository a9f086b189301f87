import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidRecordError, NotFoundError } from '@tensormark/records';
import { PARTS, type Setting, setting } from './setting.js';

describe('exams', () => {
  let here: Setting;
  beforeAll(async () => {
    here = await setting();
  });
  afterAll(() => here.close());
  const version = (source: string) => ({
    slug: 'final',
    title: 'Final',
    source,
    definition: { z: 1, a: [0.1, null, 'ü\u200b𝑥'] },
    parts: PARTS,
    by: here.examiner,
  });

  it('the-same-source-twice-is-one-version', async () => {
    const first = await here.records.exams.put(version('v1'));
    const again = await here.records.exams.put(version('v1'));
    expect([first.created, again.created]).toEqual([true, false]);
    expect(again.exam).toEqual(first.exam);
  });

  it('another-source-is-the-next-version-and-going-back-is-one-more', async () => {
    const second = await here.records.exams.put(version('v2'));
    const back = await here.records.exams.put(version('v1'));
    expect([second.exam.current.number, back.exam.current.number]).toEqual([2, 3]);
    expect(await here.records.exams.versions(back.exam.id)).toHaveLength(3);
    expect((await here.records.exams.version(second.exam.current.id)).source).toBe('v2');
  });

  it('the-definition-comes-back-letter-by-letter', async () => {
    const { current } = await here.records.exams.get('final');
    expect(JSON.stringify(current.definition)).toBe(JSON.stringify(version('').definition));
    expect(current.parts.map(({ maximum }) => maximum)).toEqual(['4', '2.5', '10']);
  });

  it('eight-different-versions-put-at-once-get-eight-numbers', async () => {
    const put = (source: string) => here.records.exams.put({ ...version(source), slug: 'race' });
    await Promise.all(Array.from({ length: 8 }, (_, index) => put(`v${index}`)));
    const versions = await here.records.exams.versions((await here.records.exams.get('race')).id);
    expect(versions.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('two-parts-of-one-name-or-a-maximum-that-is-no-decimal-are-refused', async () => {
    const [part] = PARTS;
    if (!part) throw new Error('There is a part.');
    await expect(here.records.exams.put({ ...version('x'), parts: [part, part] })).rejects.toThrow(
      InvalidRecordError,
    );
    await expect(
      here.records.exams.put({ ...version('x'), parts: [{ ...part, maximum: '1e3' }] }),
    ).rejects.toThrow(/1\.a.*1e3/);
  });

  it('what-is-not-there-is-named', async () => {
    expect(await here.records.exams.find('nowhere')).toBeNull();
    await expect(here.records.exams.get("' OR 1=1 --")).rejects.toThrow(NotFoundError);
    await expect(here.records.exams.version('not-a-uuid')).rejects.toThrow(/no exam version "not-a-uuid"/);
  });
});
