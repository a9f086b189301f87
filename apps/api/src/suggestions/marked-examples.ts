import { Inject, Injectable } from '@nestjs/common';
import { nearestPlaces, type MarkedSegment } from '@tensormark/essays';
import { essayQuestionOf, ProposedMark } from '@tensormark/marking';
import type { MarkedAnswer, Records } from '@tensormark/records';
import { z } from 'zod';
import { Candidates } from '../auth/candidates.js';
import type { Person } from '../auth/person.js';
import { KnownExams } from '../exams/known-exams.js';
import { Veil } from '../exams/veil.js';
import { RECORDS } from '../storage/tokens.js';
import { OpenSubmissions } from '../submissions/open-submissions.js';
import type { MarkedExample } from './suggestions.contract.js';

/** How many marked answers are looked at: the latest. */
const MOST_ANSWERS = 60;

const Breakdown = z.array(z.object({ item: z.string(), marks: z.string() }));

/** What markers accepted in other answers to the same part, held against one that is looked at now. */
@Injectable()
export class MarkedExamples {
  constructor(
    @Inject(RECORDS) private readonly records: Records,
    private readonly known: KnownExams,
    private readonly veil: Veil,
    private readonly candidates: Candidates,
    private readonly open: OpenSubmissions,
  ) {}

  /** Throws 404, and 403 where the person must not mark this work. Nothing for parts that are no essays. */
  async of(answerId: string, person: Person): Promise<MarkedExample[]> {
    const { answer, examId, proposed } = await this.veil.item(answerId, person);
    const submission = await this.records.submissions.get(answer.submissionId);
    await this.records.conflicts.check(person.id, submission.studentId);
    const keyed = (await this.known.byId(submission.schemeVersionId)).part(answer.part);
    const question = keyed === undefined ? undefined : essayQuestionOf(keyed);
    if (question === undefined || proposed === null || answer.text.trim() === '') return [];
    const marked = await this.records.markedAnswers.ofPart({
      examId,
      part: answer.part,
      schemeHash: proposed.schemeHash,
      except: answerId,
      closed: await this.records.conflicts.studentsOf(person.id),
      limit: MOST_ANSWERS,
    });
    // What a colleague accepted is not told to whoever is to mark the same answer without seeing their mark.
    const unseen = await this.records.secondMarks.awaitedOf(
      marked.latest.map((each) => each.answerId),
      person.id,
    );
    const places = nearestPlaces(question, answer.text, {
      answers: marked.total,
      segments: marked.latest.filter((each) => !unseen.has(each.answerId)).flatMap(acceptedIn),
    });
    const shown = places.map(({ segment }) => segment.answer);
    await this.open.viewedAll(person, 'answer', shown, 'marked-examples');
    return places.flatMap(({ item, span, segment }): MarkedExample[] => {
      const other = marked.latest.find((each) => each.answerId === segment.answer);
      if (other === undefined) return [];
      return [
        {
          item,
          span: { start: span.start, end: span.end },
          example: segment.text,
          answer: segment.answer,
          candidate: this.candidates.pseudonym(examId, other.studentId),
        },
      ];
    });
  }
}

/**
 * The sentences of a marked answer that a person took as covering an item: by a word on the suggestion, or, without one, by giving
 * the item all of its marks.
 */
function acceptedIn({ answerId, text, proposal, breakdown, decisions }: MarkedAnswer): MarkedSegment[] {
  const read = ProposedMark.safeParse(proposal);
  if (!read.success) return [];
  const given = Breakdown.safeParse(breakdown);
  return read.data.items.flatMap(({ item, says, available, evidence }): MarkedSegment[] => {
    const suggestion = evidence.find((each) => each.kind === 'suggestion');
    if (suggestion?.verdict !== 'likely-covered' || suggestion.span === undefined) return [];
    const decided = decisions.find((each) => each.item === item)?.accepted;
    const inFull = given.success && given.data.some((line) => line.item === item && line.marks === available);
    if (!(decided ?? inFull)) return [];
    const { start, end } = suggestion.span;
    return [{ answer: answerId, item, said: says, text: text.slice(start, end) }];
  });
}
