import { useMemo, useState } from 'react';
import type { ItemProposal, PartKind, Proposal } from '../api/types.js';
import { RichText } from '../text/RichText.js';
import { Icon, type IconName } from '../ui/icons.js';
import { MarkFigure } from '../ui/MarkFigure.js';
import { EvidenceList } from './EvidenceList.js';
import { beside, highlightsOf, named, spanOf } from './highlights.js';
import { lighting, lights } from './lights.js';
import classes from './proposal.module.css';
import { WorkText } from './WorkText.js';

const OUTCOMES: Readonly<Record<ItemProposal['outcome'], readonly [IconName, string]>> = {
  met: ['tick', 'Met'],
  partly: ['dash', 'Partly met'],
  'not-met': ['cross', 'Not met'],
  undecided: ['question', 'Needs a person'],
};

const HEADINGS: Readonly<Record<Proposal['outcome'], string>> = {
  proposed: 'Proposed by machine',
  'needs-person': 'Needs a person',
  absent: 'No answer was found',
};

/** What the machine makes of an answer, with the answer and its evidence lit. */
export function ProposalView({ proposal, text }: { proposal: Proposal; text: string }) {
  const [lit, setLit] = useState<string | null>(null);
  const [shown, setShown] = useState<{ id: string; press: number } | null>(null);
  const part = useMemo(
    () =>
      named(
        'whole',
        beside(
          proposal.evidence,
          proposal.items.map(({ evidence }) => evidence),
        ),
      ),
    [proposal],
  );
  const items = useMemo(
    () => proposal.items.map(({ evidence }, at) => named(`item-${at}`, evidence)),
    [proposal],
  );
  const highlights = useMemo(
    () => highlightsOf([...part, ...items.flat()], text.length),
    [part, items, text],
  );
  const kind: PartKind = proposal.kind;
  const light = {
    text,
    lit,
    onShow: (id: string) => {
      setLit(id);
      setShown((before) => ({ id, press: (before?.press ?? 0) + 1 }));
    },
  };
  return (
    <div className={classes.view}>
      <MarkFigure
        by="machine"
        says={HEADINGS[proposal.outcome]}
        marks={proposal.marks}
        available={proposal.available}
      />
      {proposal.summary !== '' && <p>{proposal.summary}</p>}
      {text !== '' && (
        <WorkText
          text={text}
          kind={kind}
          highlights={highlights}
          lit={lit}
          onLight={setLit}
          shown={shown}
          title={<h3 className={classes.label}>The answer as found</h3>}
        />
      )}
      <ul className={classes.items} {...lighting(setLit)}>
        {proposal.items.map((item, at) => (
          <li key={item.item} data-outcome={item.outcome} {...lights(`item-${at}`)}>
            <div className={classes.itemHead}>
              <Icon name={OUTCOMES[item.outcome][0]} size={16} strokeWidth={2.4} />
              <span>{item.says}</span>
              <span className="numbers">
                {item.proposed ?? '–'} of {item.available}
              </span>
            </div>
            <p className={classes.reason}>
              <b>{OUTCOMES[item.outcome][1]}.</b> {item.reason}
            </p>
            <EvidenceList
              evidence={(items[at] ?? []).filter(
                ({ evidence }) => spanOf(evidence) !== null || evidence.says !== item.reason,
              )}
              said={item.reason}
              {...light}
            />
          </li>
        ))}
      </ul>
      {part.length > 0 && (
        <div {...lighting(setLit)}>
          <h3 className={classes.label}>About the whole answer</h3>
          <EvidenceList evidence={part} {...light} />
        </div>
      )}
      {proposal.derivation !== undefined && (
        <details>
          <summary>Model derivation</summary>
          <RichText text={proposal.derivation} />
        </details>
      )}
    </div>
  );
}
