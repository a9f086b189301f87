import { Kbd, TextInput } from '@mantine/core';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { ItemProposal, MarkedExample } from '../api/types.js';
import { EvidenceList } from '../evidence/EvidenceList.js';
import { spanOf, type NamedEvidence } from '../evidence/highlights.js';
import { lights } from '../evidence/lights.js';
import { isLit } from '../text/highlight.js';
import { inMarks, readMarks, writeMarks } from '../text/marks.js';
import { RichText } from '../text/RichText.js';
import { Icon, type IconName } from '../ui/icons.js';
import { isApplied, type Line } from './draft.js';
import { MarkedExampleNote } from './MarkedExampleNote.js';
import { MarkersNote } from './MarkersNote.js';
import { SuggestionJudgement } from './SuggestionJudgement.js';
import type { Decision } from './useDecision.js';
import type { ItemSuggestion } from './useSuggestions.js';
import classes from './scheme.module.css';

const OUTCOMES: Readonly<Record<ItemProposal['outcome'], readonly [IconName, string]>> = {
  met: ['tick', 'Met'],
  partly: ['dash', 'Partly met'],
  'not-met': ['cross', 'Not met'],
  undecided: ['question', 'Needs a person'],
};

interface ItemRowProps {
  line: Line;
  /** What its evidence is named by; null where the machine says nothing of it. */
  name: string | null;
  /** Its place in the scheme. */
  at: number;
  /** The digit that applies it; null past the ninth. */
  digit: string | null;
  proposal: ItemProposal | null;
  evidence: readonly NamedEvidence[];
  text: string;
  decision: Decision;
  /** Whether this line takes the focus when marks are changed. */
  first: boolean;
  lit: string | null;
  onShow: (id: string) => void;
  /** What markers may accept or reject here. */
  suggestion: ItemSuggestion | null;
  /** Whether no mark stands. */
  unmarked: boolean;
  /** What was accepted for it in another answer, where this one says the same. */
  example: MarkedExample | null;
  exam: string;
}

/** One line of the scheme: what it is for, what the machine proposes, and, while changing, what the marker gives. */
export function ItemRow({
  line,
  name,
  at,
  digit,
  proposal,
  evidence,
  text,
  decision,
  first,
  suggestion,
  unmarked,
  example,
  exam,
  ...light
}: ItemRowProps) {
  const outcome = proposal?.outcome ?? (line.adjustment ? 'adjustment' : 'undecided');
  const { draft } = decision;
  const further = evidence.filter(
    (each) => spanOf(each.evidence) !== null || each.evidence.says !== proposal?.reason,
  );
  const row = useRef<HTMLLIElement>(null);
  const lookedAt = suggestion?.active === true;
  useEffect(() => {
    if (lookedAt) row.current?.scrollIntoView({ block: 'nearest' });
  }, [lookedAt]);
  const apply = {
    marks: inMarks(line.available).replace('-', '\u2212'),
    digit,
    press: () => {
      decision.toggle(at);
      // What was pressed is gone.
      setTimeout(() => row.current?.querySelector<HTMLElement>('[data-marks]')?.focus());
    },
  };
  const [icon, word] = outcome === 'adjustment' ? (['scale', 'Adjustment'] as const) : OUTCOMES[outcome];
  return (
    <li
      ref={row}
      className={classes.item}
      data-outcome={outcome}
      data-looked-at={lookedAt || undefined}
      data-lit={(name !== null && light.lit !== null && isLit(light.lit, name)) || undefined}
      {...lights(name)}
    >
      <span className={classes.outcome} title={word}>
        <Icon name={icon} size={15} strokeWidth={2.6} />
        <span className={classes.unseen}>{word}</span>
      </span>
      <div className={classes.itemText}>
        <div className={classes.itemSays}>
          {digit !== null && (
            <Kbd size="xs" aria-label={`Key ${digit}`}>
              {digit}
            </Kbd>
          )}
          <RichText text={line.says} />
        </div>
        <MarkersNote note={line.note} />
        {proposal !== null && proposal.reason !== '' && <p className={classes.reason}>{proposal.reason}</p>}
        <EvidenceList
          evidence={further}
          text={text}
          said={proposal?.reason}
          reachable={decision.draft === null}
          {...light}
        />
        {example !== null && draft === null && (
          <MarkedExampleNote example={example} exam={exam} text={text} />
        )}
        {suggestion !== null && draft === null && (
          <SuggestionJudgement
            suggestion={suggestion}
            says={line.says}
            unmarked={unmarked}
            apply={offersItem(suggestion, evidence) ? apply : null}
          />
        )}
        {draft !== null && isApplied(draft, line) && (
          <TextInput
            aria-label={`Feedback for: ${line.says}`}
            className={classes.itemFeedback}
            size="xs"
            placeholder={line.feedback ?? 'Feedback the student reads here'}
            error={decision.tries > 0 ? decision.complaints?.feedback[line.item] : undefined}
            value={draft.feedback?.[line.item] ?? ''}
            onChange={(event) =>
              decision.edit({ feedback: { ...draft.feedback, [line.item]: event.currentTarget.value } })
            }
          />
        )}
      </div>
      {decision.draft === null ? (
        <span className={classes.itemMarks}>
          {line.adjustment || line.available.startsWith('-') ? (
            signed(line.available)
          ) : (
            <>
              {(line.proposed ?? '?').replace('-', '\u2212')}{' '}
              {!takes(line) && <small>of {line.available}</small>}
            </>
          )}
        </span>
      ) : (
        <MarksInput
          label={`Marks for: ${line.says}`}
          value={decision.draft.items[line.item] ?? ''}
          available={signed(line.available, line)}
          least={line.least}
          most={line.most}
          focus={first && decision.typing}
          complaint={decision.tries > 0 ? (decision.complaints?.items[line.item] ?? null) : null}
          onChange={(typed) =>
            decision.edit({ items: { ...decision.draft?.items, [line.item]: typed }, total: null })
          }
        />
      )}
    </li>
  );
}

/** Where a marker agrees that the item is covered, or that it is wrong to say it is not, its marks come next. */
function offersItem({ decision }: ItemSuggestion, evidence: readonly NamedEvidence[]): boolean {
  const covered = evidence.some(
    (each) => each.evidence.kind === 'suggestion' && each.evidence.verdict === 'likely-covered',
  );
  return decision === (covered ? 'accepted' : 'rejected');
}

/** What only takes is out of nothing. */
const takes = ({ available }: Line): boolean => readMarks(available) === 0;

/** What gives beside the scheme, or takes, shows its sign; what the scheme gives needs none. */
export function signed(marks: string, line?: Line): string {
  if (line !== undefined && !line.adjustment) return marks;
  return marks.startsWith('-') ? marks.replace('-', '\u2212') : `+${marks}`;
}

/** Enter goes from one field of marks to the next, and from the last to the reason. */
function moveOn(from: EventTarget & Element) {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-marks]')];
  const next = fields[fields.indexOf(from as HTMLElement) + 1];
  if (next instanceof HTMLInputElement) next.select();
  else document.querySelector<HTMLElement>('[data-reason]')?.focus();
}

interface MarksInputProps {
  label: string;
  value: string;
  /** As it is written beside the field. */
  available: string;
  least: string;
  most: string;
  focus: boolean;
  complaint: string | null;
  onChange: (typed: string) => void;
}

/** Marks as typed; the arrow keys step by halves. */
export function MarksInput({
  label,
  value,
  available,
  least,
  most,
  focus,
  complaint,
  onChange,
}: MarksInputProps) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (focus) input.current?.select();
    // Only when it appears: later changes must not move the focus.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      moveOn(event.currentTarget);
      return;
    }
    const by = event.key === 'ArrowUp' ? 500 : event.key === 'ArrowDown' ? -500 : 0;
    if (by === 0) return;
    event.preventDefault();
    const stepped = (readMarks(value) ?? 0) + by;
    onChange(writeMarks(Math.min(Math.max(stepped, readMarks(least) ?? 0), readMarks(most) ?? stepped)));
  }

  return (
    <TextInput
      ref={input}
      aria-label={label}
      className={classes.marksInput}
      size="sm"
      inputMode="decimal"
      autoComplete="off"
      value={value}
      error={complaint ?? undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      data-marks
      rightSectionWidth={`calc(${available.length}ch + 1.9rem)`}
      rightSectionPointerEvents="none"
      rightSection={<span className={classes.of}>of {available}</span>}
    />
  );
}
