import { stringify } from 'yaml';
import { lintExam, openMarkingEngine, placesIn, readExam, type ExamNote } from '../../src/index.js';

const engine = await openMarkingEngine();

/** An exam of the questions given, as a file. */
export function examOf(...questions: readonly object[]): string {
  return stringify({ format: 1, exam: 'paper', title: 'A paper', questions });
}

export function notesOn(yaml: string): readonly ExamNote[] {
  const reading = readExam(yaml);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.errors));
  return lintExam(reading.definition, engine);
}

/** The checks that have something to say, in order. */
export function checksOn(...questions: readonly object[]): readonly string[] {
  return notesOn(examOf(...questions)).map(({ check }) => check);
}

/** Notes with the line of the file that each points at. */
export function linesOf(yaml: string): readonly { readonly check: string; readonly line: string }[] {
  const placeOf = placesIn(yaml);
  const lines = yaml.split('\n');
  return notesOn(yaml).map(({ check, path }) => {
    const { line, column } = placeOf(path);
    return { check, line: lines[line - 1]?.slice(column - 1) ?? '' };
  });
}

const PART = { id: '1', marks: 2, prompt: 'Tell what you know.' };

export const essay = (more: object = {}): object => ({
  ...PART,
  kind: 'essay',
  rubric: [
    { id: 'a', says: 'The one.', marks: 1, terms: ['gradient'] },
    { id: 'b', says: 'The other.', marks: 1, terms: ['momentum'] },
  ],
  ...more,
});

export const choice = (more: object = {}): object => ({
  ...PART,
  kind: 'choice',
  options: [
    { id: 'a', says: 'A sigmoid' },
    { id: 'b', says: 'A softmax' },
    { id: 'c', says: 'A ReLU' },
  ],
  correct: ['b'],
  ...more,
});

export const code = (requirements: readonly object[], more: object = {}): object => ({
  ...PART,
  kind: 'code',
  prompt: 'Write a model of at most 200,000 parameters.',
  input: [3, 32, 32],
  requirements: requirements.map((each, at) => ({ id: `r${at}`, says: 'So.', marks: 1, ...each })),
  ...more,
});

export const critique = (source: string, expects: readonly object[], more: object = {}): object => ({
  ...PART,
  kind: 'critique',
  code: source,
  input: [3, 32, 32],
  expects: expects.map((each, at) => ({ id: `e${at}`, says: 'So.', marks: 1, terms: ['batch'], ...each })),
  ...more,
});

interface Asked {
  readonly of?: string;
  readonly marks?: number;
  readonly method?: number;
}

/** A count of layers' parameters, each for a mark and with a method's half unless said otherwise. */
export const counting = (
  network: object,
  asked: readonly Asked[],
  more: { readonly prompt?: string; readonly conventions?: object } = {},
): object => {
  const ask = asked.map(({ of, marks = 1, method }, at) => ({
    id: `q${at}`,
    says: `Parameters of ${of ?? 'all'}`,
    quantity: 'parameters',
    ...(of === undefined ? {} : { of }),
    marks,
    ...(method === undefined ? {} : { method }),
  }));
  return {
    id: '1',
    kind: 'numeric',
    marks: ask.reduce((sum, { marks }) => sum + marks, 0),
    prompt: 'Count.',
    network,
    ask,
    ...more,
  };
};

export const convolution = (named: object, input: readonly number[] = [16, 32, 32]): object => ({
  input,
  layers: [{ Conv2d: { name: 'conv', out_channels: 64, kernel_size: 5, ...named } }],
});
