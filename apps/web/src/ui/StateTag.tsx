import type { ReactNode } from 'react';
import type { Level, PartCounts, PartState, SubmissionState } from '../api/types.js';
import { Icon, type IconName } from './icons.js';
import classes from './ui.module.css';

type TagTone = 'quiet' | 'machine' | 'unsure' | 'marker' | 'final' | 'fault';

interface Look {
  readonly tone: TagTone;
  readonly icon: IconName;
  readonly says: string;
}

/** The states of a part. Absent, pending, failed, excused and a mark of 0 are five different things, here as everywhere. */
const PART: Readonly<Record<PartState, Look>> = {
  absent: { tone: 'quiet', icon: 'dash', says: 'No answer given' },
  pending: { tone: 'quiet', icon: 'clock', says: 'Being worked on' },
  failed: { tone: 'fault', icon: 'fault', says: 'Failed on our side' },
  proposed: { tone: 'machine', icon: 'machine', says: 'Proposed by machine' },
  'needs-person': { tone: 'unsure', icon: 'question', says: 'Needs a person' },
  marked: { tone: 'marker', icon: 'person', says: 'Marked' },
  excused: { tone: 'quiet', icon: 'tick', says: 'Excused' },
};

const SUBMISSION: Readonly<Record<SubmissionState, Look>> = {
  received: { tone: 'quiet', icon: 'clock', says: 'Received' },
  working: { tone: 'quiet', icon: 'clock', says: 'Being read' },
  ready: { tone: 'quiet', icon: 'inbox', says: 'With the markers' },
  failed: { tone: 'fault', icon: 'fault', says: 'Failed on our side' },
  released: { tone: 'final', icon: 'seal', says: 'Released' },
};

const LEVEL: Readonly<Record<Level, Look>> = {
  sure: { tone: 'final', icon: 'tick', says: 'Found' },
  likely: { tone: 'quiet', icon: 'tick', says: 'Probably found' },
  unsure: { tone: 'unsure', icon: 'question', says: 'Not sure' },
};

export function Tag({ tone, icon, children }: { tone: TagTone; icon: IconName; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      <Icon name={icon} size={14} strokeWidth={2.2} />
      {children}
    </span>
  );
}

const tagOf = ({ tone, icon, says }: Look) => (
  <Tag tone={tone} icon={icon}>
    {says}
  </Tag>
);

export const PartTag = ({ state }: { state: PartState }) => tagOf(PART[state]);
export const SubmissionTag = ({ state }: { state: SubmissionState }) => tagOf(SUBMISSION[state]);
export const WhollyMarkedTag = () => tagOf({ tone: 'marker', icon: 'person', says: 'Wholly marked' });
export const LevelTag = ({ level }: { level: Level }) => tagOf(LEVEL[level]);

const COUNTED: readonly (readonly [keyof PartCounts, PartState, string])[] = [
  ['marked', 'marked', 'marked'],
  ['proposed', 'proposed', 'proposed by machine'],
  ['needsPerson', 'needs-person', 'need a person'],
  ['pending', 'pending', 'being worked on'],
  ['failed', 'failed', 'failed'],
  ['absent', 'absent', 'not answered'],
  ['excused', 'excused', 'excused'],
];

/** How far the parts of an exam or a submission are, as a bar with its legend in words. */
export function PartMeter({ parts }: { parts: PartCounts }) {
  const present = COUNTED.filter(([key]) => parts[key] > 0);
  return (
    <div>
      <div className={classes.meter} aria-hidden="true">
        {present.map(([key]) => (
          <span key={key} data-state={key} style={{ flexGrow: parts[key] }} />
        ))}
      </div>
      <ul className={classes.legend}>
        {present.map(([key, , says]) => (
          <li key={key}>
            <b className="numbers">{parts[key]}</b> {says}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The same counts as tags, for a row of a table. */
export function PartCountTags({ parts }: { parts: PartCounts }) {
  return (
    <ul className={classes.legend} style={{ margin: 0 }}>
      {COUNTED.filter(([key]) => parts[key] > 0).map(([key, state, says]) => (
        <li key={key}>
          <Tag tone={PART[state].tone} icon={PART[state].icon}>
            <span className="numbers">{parts[key]}</span> {says}
          </Tag>
        </li>
      ))}
    </ul>
  );
}
