import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { flagsOf } from '../api/flags.js';
import { markedExamples } from '../api/marking.js';
import { me as meQuery } from '../api/session.js';
import type { AnswerForMarking } from '../api/types.js';
import { EvidenceList } from '../evidence/EvidenceList.js';
import type { NamedEvidence } from '../evidence/highlights.js';
import { lighting } from '../evidence/lights.js';
import { RichText } from '../text/RichText.js';
import { Icon } from '../ui/icons.js';
import { Notice } from '../ui/Notice.js';
import flagClasses from './flags.module.css';
import { FlagNote } from './FlagNote.js';
import { History } from './History.js';
import { ItemRow } from './ItemRow.js';
import { linesOf } from './draft.js';
import { Question } from './Question.js';
import marking from './marking.module.css';
import classes from './scheme.module.css';
import type { Decision } from './useDecision.js';
import type { Suggestions } from './useSuggestions.js';

export interface BenchEvidence {
  readonly part: readonly NamedEvidence[];
  readonly items: readonly (readonly NamedEvidence[])[];
}

interface SchemeProps {
  answer: AnswerForMarking;
  evidence: BenchEvidence;
  decision: Decision;
  suggestions: Suggestions;
  lit: string | null;
  onLight: (id: string | null) => void;
  onShow: (id: string) => void;
}

/** What was asked, what it gives, and what the machine makes of the answer. */
export function Scheme({ answer, evidence, decision, suggestions, onLight, ...light }: SchemeProps) {
  const { part, proposal } = answer;
  const lines = linesOf(answer);
  const examples = useQuery({ ...markedExamples(answer.id), enabled: part.kind === 'essay' });
  return (
    <>
      <FlagsHere answer={answer} />
      <SecondMarkingNote answer={answer} />
      <Question part={part} />

      <div
        className={classes.proposal}
        data-outcome={proposal?.outcome ?? answer.state}
        {...lighting(onLight)}
      >
        <div className={classes.proposalHead}>
          <Icon name={answer.hidden ? 'person' : 'machine'} size={17} strokeWidth={2} />
          <h2>{headingOf(answer)}</h2>
        </div>
        {proposal === null ? (
          <NoProposal answer={answer} />
        ) : (
          proposal.summary !== '' && <p className={classes.summary}>{proposal.summary}</p>
        )}
        <ul className={classes.items}>
          {lines.map((line, at) => {
            const place = proposal?.items.findIndex(({ item }) => item === line.item) ?? -1;
            return (
              <ItemRow
                key={line.item}
                line={line}
                name={place < 0 ? null : `item-${place}`}
                proposal={proposal?.items[place] ?? null}
                at={at}
                digit={at < 9 ? String(at + 1) : null}
                unmarked={answer.current === null}
                evidence={evidence.items[place] ?? []}
                text={answer.text}
                decision={decision}
                first={at === firstOpen(answer)}
                suggestion={suggestions.of(line.item)}
                example={examples.data?.find(({ item }) => item === line.item) ?? null}
                exam={answer.exam}
                {...light}
              />
            );
          })}
        </ul>
        {evidence.part.length > 0 && (
          <div className={classes.whole}>
            <h3 className={marking.label}>About the whole answer</h3>
            <EvidenceList
              evidence={evidence.part}
              text={answer.text}
              reachable={decision.draft === null}
              {...light}
            />
          </div>
        )}
        {proposal?.derivation !== undefined && (
          <details className={classes.derivation}>
            <summary>
              <Icon name="down" size={15} />
              Model derivation
            </summary>
            <RichText text={proposal.derivation} />
          </details>
        )}
      </div>
      <ChangeScheme exam={answer.exam} />
      {answer.history.length > 0 && <History history={answer.history} />}
    </>
  );
}

/** Examiners mend the scheme where they see that it should be mended; what that changes is shown before it is applied. */
function ChangeScheme({ exam }: { exam: string }) {
  const { data: me } = useQuery(meQuery);
  if (me?.role !== 'examiner') return null;
  return (
    <p>
      <Link className={marking.recut} to="/examining/$exam/definition" params={{ exam }}>
        Change the scheme of this exam
      </Link>
    </p>
  );
}

function SecondMarkingNote({ answer: { exam, secondMarking, second } }: { answer: AnswerForMarking }) {
  switch (secondMarking) {
    case null:
      return null;
    case 'yours':
      return (
        <Notice icon="scale" title="Second marking">
          Somebody else has marked this answer. You mark it too, without seeing theirs.
        </Notice>
      );
    case 'awaited':
      return (
        <Notice icon="scale" title="A second marker is still to come">
          The mark is not final: somebody else marks this answer too, without seeing it.
        </Notice>
      );
    case 'in-moderation':
      return (
        <Notice tone="unsure" icon="scale" title="Two marks, too far apart">
          The second marker gave {second?.marks ?? '–'}. It waits for a decision:{' '}
          <Link to="/marking/$exam/disagreements" params={{ exam }}>
            disagreements
          </Link>
          .
        </Notice>
      );
    case 'settled':
      return (
        <Notice tone="final" icon="scale" title="Marked by two">
          The second marker gave {second?.marks ?? '–'}. What stands is what they came to.
        </Notice>
      );
  }
}

/** What was asked about this answer, above all else: somebody waits for it. */
function FlagsHere({ answer }: { answer: AnswerForMarking }) {
  const flags = useQuery(flagsOf(answer.id));
  if (flags.data === undefined || flags.data.length === 0) return null;
  return (
    <section aria-label="Flags">
      <ul className={flagClasses.flags}>
        {flags.data.map((flag) => (
          <li key={flag.id}>
            <FlagNote flag={flag} answer={answer} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function headingOf({ proposal, state, hidden, awaitsRun }: AnswerForMarking): string {
  if (hidden) return 'Your decision comes first';
  if (proposal?.outcome === 'proposed') return 'Proposed by machine';
  if (proposal?.outcome === 'needs-person') return 'The machine does not know: needs a person';
  if (proposal?.outcome === 'absent' || state === 'absent') return 'No answer was found';
  if (state === 'failed') return 'The machine failed';
  // Whatever became of what it found: nothing more is to be waited for.
  if (state === 'needs-person') return 'The machine does not know: needs a person';
  return awaitsRun ? 'Its network is run on the device first' : 'The machine is at work';
}

function NoProposal({ answer: { state, hidden } }: { answer: AnswerForMarking }) {
  if (hidden)
    return (
      <p className={classes.summary}>
        For some answers the machine’s proposal is kept back until a person has decided, so that the two can
        be compared. You see it once your mark is set.
      </p>
    );
  if (state === 'failed') {
    return (
      <Notice tone="fault" title="Working this out failed on our side">
        It says nothing about the answer. You can mark it yourself.
      </Notice>
    );
  }
  if (state === 'pending') {
    return <p className={classes.summary}>The proposal comes by itself. You need not wait for it.</p>;
  }
  return null;
}

/** The first line that the machine leaves to the marker takes the focus when marks are changed. */
function firstOpen(answer: AnswerForMarking): number {
  const open = linesOf(answer).findIndex(({ proposed }) => proposed === null);
  return Math.max(0, open);
}
