import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type Verdict } from '../src/index.js';

const verdictOf = (asked: string, says: readonly string[], answer: string): Verdict | undefined =>
  prepareAssessor({ asked, points: says.map((each, at) => ({ id: String(at), says: each })) }).assess(answer)
    .suggestions[0]?.verdict;

const isCovered = (asked: string, says: string, answer: string): boolean =>
  verdictOf(asked, [says], answer) === 'likely-covered';

describe('the only item of a question, in one clause', () => {
  const asked = 'What is erosion?';
  const says = 'Erosion is the removal of soil from a slope by running water.';
  it.each([
    ['said', 'Erosion is the removal of soil from a slope by water that runs down.', true],
    ['without-one-of-its-things', 'Erosion is the removal of soil by running water.', false],
    ['without-another', 'Erosion is the removal of soil from a slope.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });

  it('one-of-several-items-may-be-said-in-part', () => {
    const others = ['Roots of plants hold it back.', 'Terraces make it slower.'];
    const answer = 'Erosion is the removal of soil from a slope by running streams.';
    expect(verdictOf(asked, [says, ...others], answer)).toBe('likely-covered');
  });
});

describe('words that add nothing to those beside them', () => {
  const asked = 'What decides the price of the ride?';
  const says = 'The only thing that counts is the fuel it takes to lift the balloon.';
  it.each([
    ['left-out', 'All that counts is the fuel to lift the balloon.', true],
    ['what-they-stand-beside-left-out', 'All that counts is what it takes to lift the balloon.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });

  it('which-of-two-directions-belongs-to-it', () => {
    const statement = 'The forward belt will speed up.';
    expect(isCovered('What happens?', statement, 'The forward belt speeds up.')).toBe(true);
    expect(isCovered('What happens?', statement, 'The belt will speed up.')).toBe(false);
  });
});

describe('terms that stand in nearly every answer', () => {
  const asked = 'What is an echo state network?';
  const says = [
    'Only the weights from the reservoir to the output are trained.',
    'Its gradients do not vanish.',
  ];
  it.each([
    ['one-in-other-words', 'Only the weights from the reservoir to the output are adjusted.', true],
    ['several-left-out', 'Only the reservoir is trained.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(asked, says, answer) === 'likely-covered').toBe(holds);
  });
});

describe('where an answer ends', () => {
  const asked = 'What happened to the rebels?';
  const says = 'They were captured by the guards and executed.';
  it.each([
    ['behind-all-of-it', 'They were captured and executed by the guards', true],
    ['within-it', 'They were captured by the guards', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a statement that is no sentence', () => {
  const asked = 'What causes day and night?';
  const says = 'The Earth rotating on its axis';
  it.each([
    ['its-verb-as-a-noun', 'The rotation of the Earth on its axis.', true],
    ['its-words-in-no-order', 'Its axis on the rotating Earth the.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('the only item of a question, in several wordings', () => {
  const asked = 'Why does the fountain stop?';
  const says = 'The pump has lost its suction because of air in the pipe.';
  const others = ['Air has got into the pipe.', 'The pipe draws air.', 'Air enters the pipe above the pump.'];
  const judge = (wordings: readonly string[], answer: string): Verdict | undefined =>
    prepareAssessor({ asked, points: [{ id: 'air', says, wordings }] }).assess(answer).suggestions[0]
      ?.verdict;

  it('what-is-near-enough-for-one-wording-is-not-for-four', () => {
    const answer = 'The pump lost its suction because of something.';
    expect(judge([], answer)).toBe('likely-covered');
    expect(judge(others, answer)).toBe('unclear');
  });

  it.each([says, ...others])('%s', (answer) => {
    expect(judge(others, answer)).toBe('likely-covered');
  });
});

describe('a short wording among several', () => {
  const asked = 'Why is the reading the same at both ends of the hose?';
  const wordings = ['Nothing parts the ends.', 'No clamp lies between the ends.', 'The ends are one piece.'];
  const judge = (answer: string): Verdict | undefined =>
    prepareAssessor({ asked, points: [{ id: 'ends', says: 'The ends are joined.', wordings }] }).assess(
      answer,
    ).suggestions[0]?.verdict;
  it.each([
    ['word-for-word', 'It is because the ends are joined.', 'likely-covered'],
    ['nearly', 'One of the ends is joined to the tap.', 'unclear'],
  ])('%s', (_name, answer, verdict) => {
    expect(judge(answer)).toBe(verdict);
  });
});

describe('two things that a statement says of one', () => {
  const asked = 'What is known of the springs of the watch?';
  const says = ['The springs are elastic and stay tense.', 'They are cut from one sheet.'];
  it.each([
    ['both', 'The springs are elastic, and they stay tense.', true],
    ['the-one', 'The springs of the watch are elastic.', false],
    ['the-other', 'The springs stay tense.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(asked, says, answer) === 'likely-covered').toBe(holds);
  });
});

describe('what a statement says that something is', () => {
  const asked = 'How are the replicas of a database kept?';
  const says = 'Replicas that a router picks are in distant places, so that a fire leaves one.';
  it.each([
    ['said', 'Replicas that the router picks are in places that are distant.', true],
    ['named-and-nothing-said-of-it', 'A router picks replicas.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what several things are to one another', () => {
  const asked = 'What does a steady light tell about the two rails of the track?';
  const says = 'The rails are connected.';
  it.each([
    ['said', 'The rails are connected.', true],
    ['to-each-other', 'The rails are connected to each other.', true],
    ['of-each-by-its-name', 'The left rail is connected to the right rail.', true],
    ['of-one-of-them', 'The rail is connected to the lamp.', false],
    ['of-one-with-something-else', 'A rail is connected to the ground.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('which two things share something', () => {
  const asked = 'When does a valve stop a pump?';
  const says = 'When the valve and the pump are on the same pipe.';
  it.each([
    ['both-named', 'If the valve and the pump are on the same pipe.', true],
    ['one-as-the-other', 'When the valve is on the same pipe as the pump.', true],
    ['both-as-a-third', 'When the valve and the pump are on the same pipe as the tank.', true],
    ['one-as-a-third', 'When it is on the same pipe as the tank.', false],
    ['named-as-a-third', 'A valve stops a pump if it is on the same pipe as the tank.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what comes first and what then', () => {
  const asked = 'How do you choose the temperature of the kiln?';
  const says = 'Start with a high temperature and lower it later.';
  it.each([
    ['said', 'I start with a high temperature and lower it later.', true],
    [
      'in-other-words-of-time',
      'The temperature is high in the beginning and gets lower with every hour.',
      true,
    ],
    [
      'both-and-no-time',
      'A temperature that is too high makes cracks, whereas a temperature that is too low leaves it soft.',
      false,
    ],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});
