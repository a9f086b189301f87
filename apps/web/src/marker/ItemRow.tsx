import { TextInput } from '@mantine/core';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { ItemProposal } from '../api/types.js';
import { EvidenceList } from '../evidence/EvidenceList.js';
import { spanOf, type NamedEvidence } from '../evidence/highlights.js';
import { readMarks, writeMarks } from '../text/marks.js';
import { RichText } from '../text/RichText.js';
import { Icon, type IconName } from '../ui/icons.js';
import type { Line } from './draft.js';
import classes from './marking.module.css';
import type { Decision } from './useDecision.js';

const OUTCOMES: Readonly<Record<ItemProposal['outcome'], readonly [IconName, string]>> = {
  met: ['tick', 'Met'],
  partly: ['dash', 'Partly met'],
  'not-met': ['cross', 'Not met'],
  undecided: ['question', 'Needs a person'],
};

interface ItemRowProps {
  line: Line;
  proposal: ItemProposal | null;
  evidence: readonly NamedEvidence[];
  text: string;
  decision: Decision;
  /** Whether this line takes the focus when marks are changed. */
  first: boolean;
  lit: string | null;
  onLight: (id: string | null) => void;
  onShow: (id: string) => void;
}

/** One line of the scheme: what it is for, what the machine proposes, and, while changing, what the marker gives. */
export function ItemRow({ line, proposal, evidence, text, decision, first, ...light }: ItemRowProps) {
  const outcome = proposal?.outcome ?? 'undecided';
  const further = evidence.filter(
    (each) => spanOf(each.evidence) !== null || each.evidence.says !== proposal?.reason,
  );
  const [icon, word] = OUTCOMES[outcome];
  return (
    <li className={classes.item} data-outcome={outcome}>
      <span className={classes.outcome} title={word}>
        <Icon name={icon} size={15} strokeWidth={2.6} />
        <span className={classes.unseen}>{word}</span>
      </span>
      <div className={classes.itemText}>
        <RichText text={line.says} />
        {proposal !== null && proposal.reason !== '' && <p className={classes.reason}>{proposal.reason}</p>}
        <EvidenceList
          evidence={further}
          text={text}
          said={proposal?.reason}
          reachable={decision.draft === null}
          {...light}
        />
      </div>
      {decision.draft === null ? (
        <span className={classes.itemMarks}>
          {line.proposed ?? '?'} <small>of {line.available}</small>
        </span>
      ) : (
        <MarksInput
          label={`Marks for: ${line.says}`}
          value={decision.draft.items[line.item] ?? ''}
          available={line.available}
          focus={first}
          complaint={decision.tries > 0 ? (decision.complaints?.items[line.item] ?? null) : null}
          onChange={(typed) =>
            decision.edit({ items: { ...decision.draft?.items, [line.item]: typed }, total: null })
          }
        />
      )}
    </li>
  );
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
  available: string;
  focus: boolean;
  complaint: string | null;
  onChange: (typed: string) => void;
}

/** Marks as typed; the arrow keys step by halves. */
export function MarksInput({ label, value, available, focus, complaint, onChange }: MarksInputProps) {
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
    const most = readMarks(available) ?? 0;
    const least = Math.min(0, most);
    onChange(writeMarks(Math.min(Math.max((readMarks(value) ?? 0) + by, least), Math.max(most, 0))));
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
