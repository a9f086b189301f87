import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { exam as examQuery } from '../api/exams.js';
import { sharedPassages } from '../api/groups.js';
import { Empty, Notice, Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { count } from '../ui/time.js';
import { Waiting } from '../ui/Waiting.js';
import { PassageText } from './PassageText.js';
import { MarkingCrumbs } from './MarkingCrumbs.js';
import { PartSelect } from './PartSelect.js';
import classes from './shared.module.css';

const route = getRouteApi('/shell/marker/marking/$exam/shared');

/** Answers to a part that share passages with each other or with the question: both texts, for a person to read. */
export function SharedPassagesPage() {
  const { exam: id } = route.useParams();
  const search = route.useSearch();
  const exam = useQuery(examQuery(id));
  const part = search.part ?? exam.data?.parts[0]?.key ?? null;
  const shared = useQuery({ ...sharedPassages(id, part ?? ''), enabled: part !== null });
  return (
    <Page
      title="Shared passages"
      crumbs={<MarkingCrumbs exam={id} />}
      lead="What answers have in the same words. Quotations, the question's words and phrases that many answers have are left out. How it came to be the same is not known here: read both."
    >
      <PartSelect exam={id} parts={exam.data?.parts ?? []} part={part} to="/marking/$exam/shared" />
      {shared.isPending && <Waiting rows={2} height={180} />}
      {shared.error !== null && (
        <Problem
          error={shared.error}
          what="The answers could not be compared"
          retry={() => void shared.refetch()}
        />
      )}
      {shared.data !== undefined && (
        <>
          {shared.data.left && (
            <Notice tone="unsure" title="There is more than is shown">
              The pairs with the longest rows of words are here.
            </Notice>
          )}
          {shared.data.pairs.length === 0 && shared.data.withQuestion.length === 0 && (
            <Empty icon="tick" title="No passages are shared">
              <p>{count(shared.data.compared, 'answer')} to this part were compared.</p>
            </Empty>
          )}
          <ul className={classes.pairs}>
            {shared.data.pairs.map(({ one, other, longest, words, passages }) => (
              <li key={`${one.answer} ${other.answer}`}>
                <Card title={`${one.candidate} shares ${inARow(longest, words)} with ${other.candidate}`}>
                  <div className={classes.sides}>
                    <Side exam={id} {...one} spans={passages.map((passage) => passage.one)} />
                    <Side exam={id} {...other} spans={passages.map((passage) => passage.other)} />
                  </div>
                </Card>
              </li>
            ))}
            {shared.data.withQuestion.map(({ answer, longest, words, passages }) => (
              <li key={answer.answer}>
                <Card title={`${answer.candidate} shares ${inARow(longest, words)} with the question`}>
                  <div className={classes.sides}>
                    <Side exam={id} {...answer} spans={passages.map((passage) => passage.one)} />
                    <div>
                      <h3 className={classes.who}>The question</h3>
                      <PassageText
                        text={shared.data.given}
                        spans={passages.map((passage) => passage.other)}
                        label="What was asked"
                      />
                    </div>
                  </div>
                </Card>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

function inARow(longest: number, words: number): string {
  return `${count(longest, 'word')} in a row${words > longest ? `, ${words} in all,` : ''}`;
}

interface SideProps {
  exam: string;
  answer: string;
  candidate: string;
  text: string;
  spans: readonly { readonly start: number; readonly end: number }[];
}

function Side({ exam, answer, candidate, text, spans }: SideProps) {
  return (
    <div>
      <h3 className={classes.who}>
        <Link to="/marking/$exam/$answer" params={{ exam, answer }}>
          {candidate}
        </Link>
      </h3>
      <PassageText text={text} spans={spans} label={`What ${candidate} wrote`} />
    </div>
  );
}
