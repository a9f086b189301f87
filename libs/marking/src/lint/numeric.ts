import { formatInteger } from '@tensormark/network';
import {
  resolvableSpots,
  spotsInWords,
  type BlindSpot,
  type Proposal,
  type Question,
} from '@tensormark/parameter-count';
import { formatMarks, type Marks } from '../marks.js';
import { lintItems } from './items.js';
import { numbersIn } from './numbers.js';
import type { SchemeNote } from './note.js';

/** What of a numeric part is looked at. */
export interface NumericScheme {
  readonly marks: Marks;
  readonly ask: readonly {
    readonly id: string;
    /** Its place in the list as it is written. */
    readonly at: number;
    readonly marks: Marks;
    readonly method?: Marks | undefined;
    /** Whether it is a count rather than a size or what the examiner gives. */
    readonly isCount: boolean;
    /** The one number that is right; undefined where there are several or none. */
    readonly value: bigint | undefined;
  }[];
  /** What is asked, as the search for errors takes it. */
  readonly questions: readonly Question[];
  /** The layers as they are written; undefined for a network given as code. */
  readonly layers: unknown;
  /** The same questions of other layers; undefined where those are no network or lack what is asked. */
  readonly questionsOf: (layers: unknown) => readonly Question[] | undefined;
  /** Whether an answer without biases is right too. */
  readonly biasIsFree: boolean;
}

export function lintNumeric(scheme: NumericScheme, asked: string): SchemeNote[] {
  return [
    ...lintItems(scheme.marks, scheme.ask, 'ask'),
    ...guesses(scheme, asked),
    ...bareNumbers(scheme),
    ...blindSpotNotes(scheme),
  ];
}

const ONE_DIGIT_AND_ZEROS = /^[1-9]0{3,}$/;

/** Counts that may be right without a calculation. */
function guesses({ ask }: NumericScheme, asked: string): SchemeNote[] {
  const written = numbersIn(asked);
  const counts = ask.filter(({ isCount, value, marks }) => isCount && value !== 0n && marks > 0n);
  return counts.flatMap(({ id, value, at }, index): SchemeNote[] => {
    if (value === undefined) return [];
    const note = (says: string): SchemeNote[] => [
      { check: 'lucky-guess', path: ['ask', at], item: id, says },
    ];
    const shown = formatInteger(value);
    const twin = counts.slice(0, index).find((other) => other.value === value);
    if (twin !== undefined)
      return note(
        `Its answer, ${shown}, is that of ${twin.id} too: whoever has one has both. Other numbers would tell them apart.`,
      );
    if (written.has(value))
      return note(
        `Its answer, ${shown}, stands in the question: copying it is right. Other numbers would ask for a calculation.`,
      );
    if (ONE_DIGIT_AND_ZEROS.test(value.toString()))
      return note(`Its answer, ${shown}, is so round that a guess may hit it.`);
    return [];
  });
}

const ONE_MARK: Marks = 1000n;
const MOST_LISTED = 4;

/** Several marks that hang on one number. */
function bareNumbers({ ask }: NumericScheme): SchemeNote[] {
  const bare = ask.filter(
    ({ marks, method, isCount, value }) =>
      isCount && value !== 0n && method === undefined && marks > ONE_MARK,
  );
  const all = ask.flatMap(({ id, marks, method, at }): SchemeNote[] =>
    method === undefined || method < marks
      ? []
      : [
          {
            check: 'method-worth-all',
            path: ['ask', at, 'method'],
            item: id,
            says: 'A right method earns all marks, so a wrong result loses none. Let "method" be less than "marks".',
          },
        ],
  );
  const [first] = bare;
  if (first === undefined) return all;
  const listed = [
    ...bare.slice(0, MOST_LISTED).map(({ id, marks }) => `${id} (${formatMarks(marks)})`),
    ...(bare.length > MOST_LISTED ? [`${bare.length - MOST_LISTED} more`] : []),
  ].join(', ');
  return [
    ...all,
    {
      check: 'bare-number',
      path: ['ask', first.at],
      says: `All marks of ${listed} hang on one number: without working it earns them, and with a slip in the arithmetic it loses them. "method" keeps some for the working.`,
    },
  ];
}

function blindSpotNotes({ questions, layers, questionsOf, biasIsFree }: NumericScheme): SchemeNote[] {
  const matters = ({ about }: { readonly about: string }): boolean => !(biasIsFree && about === 'bias');
  if (layers === undefined)
    return spotsInWords(questions, matters).map(({ spot, words }) => ({
      check: `errors-${spot.kind}`,
      path: ['network'],
      says: `${sentence(spot)} In the network, ${words} would ${remedy(spot)}.`,
    }));
  return resolvableSpots(layers, questionsOf, matters).map(({ spot, proposal }) => ({
    check: `errors-${spot.kind}`,
    path: ['network', ...proposal.path],
    says: `${sentence(spot)} With ${changed(proposal)} ${spot.kind === 'hidden' ? 'it would show' : 'they would differ'}.`,
  }));
}

function sentence({ kind, errors }: BlindSpot): string {
  const listed = errors
    .map(({ says }, at) => (errors.length === 1 ? says : `(${at + 1}) ${says}`))
    .join('; ');
  return kind === 'hidden'
    ? `Every number asked for comes out right even where ${errors.length === 1 ? listed : `one of these is so: ${listed}`}.`
    : `These errors give the same numbers in everything that is asked, so nobody can tell them apart: ${listed}.`;
}

function remedy({ kind }: BlindSpot): string {
  return kind === 'hidden' ? 'make it show' : 'tell them apart';
}

/** `kernel_size: 5 instead of 3`. */
function changed({ path, from, to }: Proposal): string {
  const name = path.findLast((key) => typeof key === 'string') ?? '';
  return name === 'input'
    ? `${to} instead of ${from} in the input's shape`
    : `${name}: ${to} instead of ${from}`;
}
