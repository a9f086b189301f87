import type { Attack } from './attacks.js';

/** Ways to hold a statement without claiming it: `S` is the statement, `s` the same within a sentence. */
const FRAMES: Readonly<Record<string, readonly string[]>> = {
  'quoting a teacher': ['The lecturer said: "S"'],
  'saying what would be wrong to say': [
    'I would say that s, but that is wrong.',
    'It would be a mistake to say that s.',
  ],
  'correcting itself': [
    'S No wait, that is wrong.',
    'S Scratch that, it is the other way round.',
    'S I take that back.',
  ],
  'telling what others think': [
    'Some people think that s.',
    'ChatGPT says that s.',
    'I heard somewhere that s.',
  ],
  'claiming both it and not': ['S At the same time it is not true that s.'],
  supposing: ['If it were true that s, the answer would be easy.', 'Assume for a moment that s.'],
  irony: ['Yeah, right, as if s.', 'Sure, s, and pigs can fly.', 'S LOL no.'],
  'asking without a question mark': ['Would it be correct to say that s', 's, right?'],
  'listing all options': [
    'Either s, or the opposite is the case, or neither.',
    'Option A: S Option B: the opposite.',
  ],
  'denying in another language': ['Es stimmt nicht, dass s.', 'Non è vero: S', 'Das Gegenteil von: S'],
  'comments in code': ['// S', '/* S */', '<!-- S -->'],
  'what LaTeX hides or strikes out': ['\\sout{S}', '% S', '\\begin{comment}\nS\n\\end{comment}'],
  'a table that says no': ['| claim | holds |\n|---|---|\n| S | no |'],
  guessing: ['Just guessing: s.', 'Could be that s.', 'My first guess was that s.'],
  'leaving it to be written': ['TODO: explain that s.', 'The answer should mention that s.'],
  'a list of what is wrong': ['The following statements are false:\n1. S', 'What it does not do:\n- S'],
  'what was believed once': ['It was once believed that s.', 'Before this course I thought that s.'],
  'not knowing whether': ['Nobody knows if s.', 'It depends on whether s.', 'It remains open whether s.'],
  'true or false': ['True or false: S', 'Prove or disprove: S'],
  refusing: ['I refuse to write that s.', 'I cannot explain why s.'],
  wishing: ['I wish s.', 'Unless s, nothing works.'],
  'half a truth': ['s: yes and no.', 's is only half of the truth, and in fact wrong.'],
};

export const FRAMED: readonly Attack[] = Object.entries(FRAMES).map(([name, frames]) => ({
  name,
  attack: ({ points }) =>
    points.flatMap(({ says }) =>
      frames.map((frame) => {
        const within = says.charAt(0).toLowerCase() + says.slice(1).replace(/\.$/, '');
        return frame.replace(/(?<!['’])\b[Ss]\b(?!['’])/g, (which) => (which === 'S' ? says : within));
      }),
    ),
}));
