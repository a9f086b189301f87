import { beforeAll, describe, expect, it } from '@jest/globals';
import { openMarkingEngine, type MarkingEngine } from '../src/index.js';
import { marksFor, marksOf, partOf } from '../worked-answers/marking-papers.js';

const PART = partOf({
  question: `marks: 3
prompt: Parameters of a layer from 30 to 41 units with biases, and of one from 41 to 100?
ask:
  - { id: first, says: Parameters of the first layer, value: 30*41+41, marks: 2 }
  - { id: second, says: Parameters of the second layer, value: 41*100+100, marks: 1 }`,
});

let engine: MarkingEngine;
beforeAll(async () => {
  engine = await openMarkingEngine();
});

describe('what rests on text that does not show is for a person', () => {
  it.each([
    [
      'an-element-that-is-not-displayed',
      '<span style="display:none">first layer: 1271; second layer: 4200</span>',
    ],
    ['an-element-that-is-never-closed', '<p hidden >\nfirst layer: 1271\nsecond layer: 4200'],
    ['white-on-white', '$\\color{white}{first = 1271}$\n$second = 4200$'],
    ['a-colour-by-its-numbers', '\\textcolor[rgb]{1,1,1}{first layer: 1271, second layer: 4200}'],
    ['a-phantom', 'first layer: $\\phantom{1271}$ 1271\nsecond layer: 4200'],
    ['a-comment', '<!-- first layer: 1271\nsecond layer: 4200 -->\nI do not know.'],
    ['a-forced-direction', '\u202efirst layer: 1271\nsecond layer: 4200'],
  ])('%s', (_case, answer) => {
    expect(marksFor(engine, PART, answer)).toBe('? ?');
    expect(engine.mark(PART, answer).outcome).toBe('needs-person');
  });

  it('what-shows-beside-a-comment-is-marked', () => {
    const proposal = engine.mark(
      PART,
      '<!-- my answer -->\nfirst layer: 30*41+41 = 1271\nsecond layer: 4200',
    );
    expect(marksOf(proposal)).toBe('2 1');
    expect(proposal.outcome).toBe('proposed');
  });

  it('what-stands-behind-a-closed-element-is-marked', () => {
    const answer = '<b hidden >a note</b>\nfirst layer: 30*41+41 = 1271\nsecond layer: 1234';
    expect(marksFor(engine, PART, answer)).toBe('2 0');
  });

  it('a-place-of-the-hiding-is-shown', () => {
    const [first] = engine.mark(PART, '<i hidden >first layer: 1271</i>').items;
    expect(first?.reason).toContain('may not show');
    expect(first?.evidence.at(-1)).toMatchObject({ kind: 'caution', span: { start: 0 } });
  });
});
