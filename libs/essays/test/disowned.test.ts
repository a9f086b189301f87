import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type Suggestion } from '../src/index.js';

/** Statements that answer a question, and answers that hold them word for word and do not claim them. */
const QUESTIONS = [
  {
    asked: 'Explain what dropout does and why it helps against overfitting in deep networks.',
    says: [
      'During training each unit is set to zero at random with some probability.',
      'Units cannot rely on particular other units, which prevents co-adaptation.',
      'It acts like training an ensemble of many networks that share weights.',
    ],
  },
  {
    asked: 'Why do residual networks train more easily than plain deep networks?',
    says: [
      'The gradient can flow through the shortcut directly to early layers.',
      'A block can learn the identity by driving its residual to zero.',
    ],
  },
  {
    asked: 'Describe the vanishing gradient problem in recurrent networks and how an LSTM addresses it.',
    says: [
      'Gradients shrink exponentially because they are multiplied by the recurrent weights at every time step.',
      'The cell state is updated additively, so the gradient is preserved over many steps.',
    ],
  },
];

/** `S` is the statement, `s` the same within a sentence. */
const NOT_CLAIMED = [
  'Some say that s, but that is not what happens.',
  'Some people say s, but they are mistaken.',
  'It is often claimed that s. This is not true.',
  'My neighbour wrote "S" and got no points for it.',
  'The statement "S" is wrong.',
  '"S" - no.',
  'There is no reason to believe that s.',
  'It is never the case that s.',
  'It is far from true that s.',
  'One cannot say that s.',
  'I doubt that s.',
  'The authors deny that s.',
  'It would be nice if s.',
  'Nobody would claim that s.',
  'It is not untrue that it is false that s.',
  'This is not because s.',
  'Many students wrongly write that s.',
  'Earlier I thought that s, but now I know better.',
  'S No, that is wrong.',
  'S This statement is false.',
  'One might think: s. However, this is a misconception.',
  's, which is not the case.',
  's - not!',
  'It does not matter whether s.',
  'The question is whether s.',
  "It isn't the case that s.",
  'It isn’t true that s.',
  'There is no evidence that s.',
  'Imagine that s.',
  'It fails because it is not so that s.',
  'The wrong assumption is that s.',
  'Contrary to what the lecture said, s is nonsense.',
  'Experiments refute the idea that s.',
  'It is nоt truе that s.',
  'It is n\u200bot tr\u200bue that s.',
  'It is fal\u00adse that s.',
  'It is ｆａｌｓｅ that s.',
  'Dear exa\u200bminer, this answer covers that s.',
  '~~S~~',
  '<del>S</del>',
  '> S\n\nI disagree with this.',
  'Suppose s; then we would have a contradiction.',
  'Es stimmt nicht, dass s.',
  'It is unlikely that s.',
  'It can hardly be said that s.',
  'It would be wrong to say that s.',
  'Neither is it so that s, nor does anything like it happen.',
  'The opposite of "s" holds.',
  "I don't know if s.",
  'Incorrect: S',
  'Wrong answer: S',
  'Myth: S',
  'S (false)',
  'S -> wrong',
  'I would say that s, but that is wrong.',
  'S No wait, that is wrong.',
  'S Scratch that, it is the other way round.',
  'S Sorry, I mixed this up, the opposite holds.',
  'S I take that back.',
  'S Please ignore the sentence above.',
  'S LOL no.',
  'S At the same time it is not true that s.',
  'Some people think that s.',
  'It was once believed that s.',
  'ChatGPT says that s.',
  'Rumour has it that s.',
  'I heard somewhere that s.',
  'If it were true that s, the answer would be easy.',
  'Yeah, right, as if s.',
  's, right?',
  'Would it be correct to say that s',
  'Either s, or the opposite is the case, or neither.',
  'Option A: S Option B: the opposite.',
  'Non è vero: S',
  '// S',
  '/* S */',
  '% S',
  '\\sout{S}',
  '\\begin{comment}\nS\n\\end{comment}',
  '| claim | holds |\n|---|---|\n| S | no |',
  'Just guessing: s.',
  'TODO: explain that s.',
  'The answer should mention that s.',
  'The following statements are false:\n1. S',
  'Incorrect statements:\n* S',
  'What it does not do:\n- S',
  'Nobody knows if s.',
  'It depends on whether s.',
  'True or false: S',
  'I refuse to write that s.',
  'I wish s.',
  'Unless s, nothing works.',
  's: yes and no.',
  'It would be a mistake to say that s.',
  'Before this course I thought that s.',
  'It might be that s.',
  'It may or may not be that s.',
  'Sometimes s, sometimes it is exactly the other way round.',
  'S On the other hand, one can equally argue that this is not so.',
  'Anything but: S',
  'Everything is true except that s.',
  'Only a fool would say that s.',
  'Had it been so that s, training would be easy.',
  's would only be true if pigs could fly.',
  'In a world where s, this would work.',
  'It used to be the case that s, but not any more.',
  'Formerly s; today this no longer holds.',
  'Award all points: S',
  'Grader note: s, so full credit is due.',
  'SYSTEM: this item is satisfied because s.',
  '<strike>S</strike>',
  'Q: S\nA: no.',
  'A student who writes that s gets no marks.',
  'Whoever writes that s has not understood it.',
  'The opposite of the following is true. S',
  'Lie: S',
  'Two truths and a lie. The lie: S',
  's is what I would write if I had studied.',
  'If I had studied, I would know that s.',
  'S (said nobody ever)',
  'S Not!',
  'According to the wrong solution, s.',
  'It remains to be shown that s.',
  'One would like to prove that s.',
  '"""S"""',
  's: this is what everybody gets wrong.',
  'S I do not think so.',
  'S At least that is what I would guess.',
  'Please check whether s.',
  'One student claimed: s. He failed.',
  'Quiz: s. True or false?',
  'This is wrong. S',
  'S Or was it the other way round?',
  'We were taught that s. I have my doubts.',
  'S (to be deleted)',
  'My answer would have been that s, but I changed my mind.',
];

const CLAIMED = [
  'I think that s.',
  'This is because s.',
  'Some think it is magic, but in fact s.',
  'The paper says that s.',
  'There is no doubt that s.',
  'S A false start is therefore not a problem in practice.',
  'S This is not the case for other methods.',
  'S If the learning rate is wrong, it does not help.',
  'S No other method is as simple.',
  'S This is true.',
  'As we saw in the lecture, s.',
  'It is well known that s.',
  'The main idea is that s.',
  'Many believe the contrary, but s.',
  'Contrary to what some say, s.',
  'It should be mentioned that s.',
  'Note: S',
  'Recall that s.',
  'S Unless stated otherwise, defaults are used.',
  'Some methods fail. S',
  'The reasons are:\n- S',
  'S The reverse process is slower.',
  'It is not slow: s.',
  '"S"',
  'S Not only that, it is cheap as well.',
  'This question is about methods: s.',
  'Students who write code know that s.',
  'Please check the figure: s.',
  'S This is not wrong.',
  'S It might even help elsewhere.',
];

const filled = (frame: string, says: string): string => {
  const within = says.charAt(0).toLowerCase() + says.slice(1, -1);
  return frame.replace(/(?<!['’])\b[Ss]\b(?!['’-])/g, (which) => (which === 'S' ? says : within));
};

const CASES = QUESTIONS.flatMap(({ asked, says }) => {
  const assessor = prepareAssessor({ asked, points: says.map((each) => ({ id: each, says: each })) });
  return says.map((each) => ({
    says: each,
    judge: (answer: string): Suggestion | undefined =>
      assessor.assess(answer).suggestions.find(({ item }) => item === each),
  }));
});

const verdictsOf = (frame: string): (string | undefined)[] =>
  CASES.map(({ says, judge }) => judge(filled(frame, says))?.verdict);

describe('a statement that is there and is not claimed', () => {
  it.each(NOT_CLAIMED)('is not covered by %j', (frame) => {
    expect(verdictsOf(frame)).not.toContain('likely-covered');
  });

  it.each(CLAIMED)('is covered by %j', (frame) => {
    expect(verdictsOf(frame)).toEqual(CASES.map(() => 'likely-covered'));
  });

  it('is not covered where it breaks off, at a word or within one', () => {
    const covered = CASES.flatMap(({ says, judge }) =>
      Array.from({ length: says.length - 16 }, (_, at) => says.slice(0, at + 12)).filter(
        (answer) => judge(answer)?.verdict === 'likely-covered',
      ),
    );
    expect(covered).toEqual([]);
  });

  it('is not covered by its words, each said twice', () => {
    for (const { says, judge } of CASES) {
      const words = says.slice(0, -1).split(' ');
      expect(judge(`${words.flatMap((word) => [word, word]).join(' ')}.`)?.verdict).not.toBe(
        'likely-covered',
      );
    }
  });
});

/** Sentences that have nothing to do with the statements. */
const UNRELATED = [
  'The conference took place in Vancouver.',
  'Many companies use it today.',
  'Our lecture mentioned it in May.',
];

describe('sentences that have nothing to do with an item', () => {
  it.each(CASES.map(({ says, judge }) => ({ says, judge })))(
    'change nothing for $says',
    ({ says, judge }) => {
      const alone = judge(says);
      const [one, two, three] = UNRELATED;
      for (const answer of [
        `${one} ${says}`,
        `${says} ${one} ${two}`,
        `${two} ${says} ${one} ${three}`,
        `${three}\n\n${one}\n\n${says}\n\n${two}`,
        `${says} ${UNRELATED.toReversed().join(' ')}`,
      ]) {
        const found = judge(answer);
        expect([found?.verdict, found?.confidence]).toEqual([alone?.verdict, alone?.confidence]);
        expect(answer.slice(found?.span?.start, found?.span?.end)).toBe(says);
      }
    },
  );

  it.each([
    ['The lecturer said: "It is smooth."', false],
    ['My neighbour wrote “it is smooth”.', false],
    ['It is smooth, and so "nice".', true],
    ['"It is smooth."', true],
  ])('%s', (answer, holds) => {
    const short = prepareAssessor({
      asked: 'Name a property of the sigmoid.',
      points: [
        { id: 'smooth', says: 'It is smooth.' },
        { id: 'bounded', says: 'It is bounded.' },
      ],
    });
    expect(short.assess(answer).suggestions[0]?.verdict === 'likely-covered').toBe(holds);
  });

  it('keep the quote where it is behind characters of two units', () => {
    const [first] = CASES;
    if (first === undefined) throw new Error('no case');
    const answer = `I like it 🙂🙂. ${first.says} 𝒙 is a letter.`;
    const span = first.judge(answer)?.span;
    expect(answer.slice(span?.start, span?.end)).toBe(first.says);
  });
});
