import { Inject, Injectable } from '@nestjs/common';
import type { Flag as Recorded, Records } from '@tensormark/records';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Problem } from '../http/problem.js';
import { MarkingService } from '../marking/marking.service.js';
import { RECORDS } from '../storage/tokens.js';
import type { Colleague, Flag, FlagAnswer, FlagsQuery, FlagWithdrawal, NewFlag } from './flags.contract.js';

/** What markers ask each other about answers. */
@Injectable()
export class FlagsService {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly candidates: Candidates,
    private readonly marking: MarkingService,
  ) {}

  async ofExam(name: string, { state }: FlagsQuery, person: Person): Promise<Flag[]> {
    const exam = await this.known.find(name);
    const found = await this.records.flags.ofExam({
      examId: exam.id,
      marker: person.id,
      open: state === 'open',
    });
    return this.views(found, person);
  }

  async ofAnswer(answerId: string, person: Person): Promise<Flag[]> {
    await this.marking.mayBeShown(answerId, person);
    return this.views(await this.records.flags.ofAnswer(answerId), person);
  }

  async colleagues(name: string, person: Person): Promise<Colleague[]> {
    const exam = await this.known.find(name);
    const staff = await this.records.teams.staff(exam.id);
    return staff.filter(({ id }) => id !== person.id).map(({ id, name: called }) => ({ id, name: called }));
  }

  async raise(answerId: string, { note, asked }: NewFlag, person: Person): Promise<Flag> {
    return this.view(await this.records.flags.raise({ answerId, note, asked, by: person.id }), person);
  }

  /** With a mark, both are recorded or neither; 409, or 412 by `If-Match`, with both marks where another stands. */
  async answer(
    flagId: string,
    { note, mark: asked }: FlagAnswer,
    ifMatch: string | undefined,
    person: Person,
  ): Promise<Flag> {
    const { answerId } = await this.records.flags.get(flagId);
    if ((await this.records.secondMarks.awaitedOf([answerId], person.id)).has(answerId))
      throw new Problem(
        422,
        'Mark this answer first: it wants a second mark of somebody who knows nothing of the first.',
        {
          name: 'second-mark-first',
        },
      );
    const mark = asked === undefined ? null : await this.marking.markOf(answerId, asked, ifMatch, person);
    try {
      return this.view(await this.records.flags.answer({ flagId, note, by: person.id, mark }), person);
    } catch (error) {
      throw asked === undefined ? error : await this.marking.refusal(error, asked, ifMatch, person);
    }
  }

  async withdraw(flagId: string, { note }: FlagWithdrawal, person: Person): Promise<Flag> {
    return this.view(await this.records.flags.withdraw({ flagId, note, by: person.id }), person);
  }

  /** What a colleague says of an answer would tell whoever is to mark it without knowing the first mark. */
  private async views(flags: readonly Recorded[], person: Person): Promise<Flag[]> {
    const unseen = await this.records.secondMarks.awaitedOf(
      flags.map(({ answerId }) => answerId),
      person.id,
    );
    return flags.map((flag) => {
      const view = this.view(flag, person);
      if (!unseen.has(flag.answerId) || view.yours) return view;
      return { ...view, note: null, mayAnswer: false, reply: view.reply && { ...view.reply, note: null } };
    });
  }

  private view(flag: Recorded, person: Person): Flag {
    const { reply } = flag;
    const yours = flag.raisedById === person.id;
    const forYou = !yours && (flag.askedId === null || flag.askedId === person.id);
    return {
      id: flag.id,
      answer: flag.answerId,
      candidate: this.candidates.pseudonym(flag.examId, flag.studentId),
      part: flag.part,
      note: flag.note,
      by: flag.raisedByName,
      asked: flag.askedName,
      at: flag.at.toISOString(),
      yours,
      forYou,
      mayAnswer: reply === null && !yours && (forYou || person.role === 'examiner'),
      reply: reply && {
        outcome: reply.outcome,
        note: reply.note,
        by: reply.byName,
        marked: reply.markId !== null,
        at: reply.at.toISOString(),
      },
    };
  }
}
