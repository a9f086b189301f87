import { Inject, Injectable } from '@nestjs/common';
import type { SharedPassages } from '@tensormark/essays';
import { givenIn } from '@tensormark/marking';
import type { Records } from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { notFound } from '../http/problem.js';
import { RECORDS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import { compare } from './compare.js';
import type { SharedPassagesView } from './shared-passages.contract.js';

const MOST_ANSWERS = 5000;
const MOST_PAIRS = 100;

/** Which answers to a part share passages: both texts, for a person to read. Nothing is kept and nobody is marked by it. */
@Injectable()
export class SharedPassagesOfPart {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly candidates: Candidates,
    private readonly open: OpenSubmissions,
  ) {}

  /** Throws 404. Leaves out answers of students whom the person must not mark. */
  async find(name: string, part: string, person: Person): Promise<SharedPassagesView> {
    const exam = await this.known.find(name);
    const keyed = this.known.read(exam.current).part(part);
    if (keyed === undefined) throw notFound('part');
    const answers = await this.records.partTexts.ofPart({
      examId: exam.id,
      part,
      closed: await this.records.conflicts.studentsOf(person.id),
      limit: MOST_ANSWERS + 1,
    });
    const compared = answers.slice(0, MOST_ANSWERS);
    const given = givenIn(keyed);
    const found = await compare({
      texts: compared.map(({ answerId, text }) => ({ id: answerId, text })),
      given,
      most: MOST_PAIRS,
    });
    const withQuestion = found.withQuestion.slice(0, MOST_PAIRS);
    const shown = [
      ...found.pairs.flatMap(({ one, other }) => [one, other]),
      ...withQuestion.map(({ id }) => id),
    ];
    await this.open.viewedAll(person, 'answer', shown, 'shared-passages');
    const byId = new Map(compared.map((answer) => [answer.answerId, answer]));
    const written = (id: string) => {
      const { studentId = '', text = '' } = byId.get(id) ?? {};
      return { answer: id, candidate: this.candidates.pseudonym(exam.id, studentId), text };
    };
    return {
      compared: compared.length,
      left: answers.length > compared.length || found.more || found.withQuestion.length > MOST_PAIRS,
      given,
      pairs: found.pairs.map(({ one, other, passages, longest, words }) => ({
        one: written(one),
        other: written(other),
        passages: passages.map(copyOf),
        longest,
        words,
      })),
      withQuestion: withQuestion.map(({ id, passages, longest, words }) => ({
        answer: written(id),
        passages: passages.map(copyOf),
        longest,
        words,
      })),
    };
  }
}

type Passage = SharedPassages['pairs'][number]['passages'][number];

function copyOf({ one, other, words, longest }: Passage) {
  return { one: { ...one }, other: { ...other }, words, longest };
}
