import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { asProblem, type ProblemEntry } from '../api/problem.js';
import { Icon, type IconName } from './icons.js';
import classes from './ui.module.css';

export type NoticeTone = 'plain' | 'fault' | 'unsure' | 'final';

const ICONS: Readonly<Record<NoticeTone, IconName>> = {
  plain: 'inbox',
  fault: 'fault',
  unsure: 'question',
  final: 'tick',
};

interface NoticeProps {
  tone?: NoticeTone;
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  /** Read out when it appears: at once, or when there is a pause. */
  live?: 'assertive' | 'polite';
}

export function Notice({ tone = 'plain', icon, title, children, live }: NoticeProps) {
  return (
    <div
      className={classes.notice}
      data-tone={tone}
      role={live === 'assertive' ? 'alert' : undefined}
      aria-live={live}
    >
      <Icon name={icon ?? ICONS[tone]} size={20} />
      <div>
        <p className={classes.noticeTitle}>{title}</p>
        {children !== undefined && <div className={classes.noticeBody}>{children}</div>}
      </div>
    </div>
  );
}

/** Where in the input an entry of a problem is. */
export function placeOf({ line, column, path }: ProblemEntry): string {
  const parts: string[] = [];
  if (line !== undefined)
    parts.push(column === undefined ? `line ${line}` : `line ${line}, column ${column}`);
  if (path !== undefined && path !== '') parts.push(path);
  return parts.join(' · ');
}

interface ProblemProps {
  error: unknown;
  /** What could not be done, such as "The exam could not be loaded". */
  what?: string;
  retry?: () => void;
}

/** What went wrong, in the words of the API, with the number to quote when asking for help. */
export function Problem({ error, what, retry }: ProblemProps) {
  const problem = asProblem(error);
  return (
    <Notice tone="fault" title={what ?? problem.title} live="assertive">
      {what !== undefined && <p>{problem.title}.</p>}
      {problem.detail !== '' && <p>{problem.detail}</p>}
      {problem.errors.length > 0 && (
        <ul className={classes.entries}>
          {problem.errors.map((entry) => (
            <li key={`${placeOf(entry)} ${entry.message}`}>
              {placeOf(entry) !== '' && <strong>{placeOf(entry)}: </strong>}
              {entry.message}
            </li>
          ))}
        </ul>
      )}
      {problem.requestId !== null && (
        <p className={classes.requestId}>
          If you ask for help, quote request <code>{problem.requestId}</code>
        </p>
      )}
      {retry !== undefined && (
        <Button size="xs" variant="default" mt="sm" onClick={retry}>
          Try again
        </Button>
      )}
    </Notice>
  );
}

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
}

/** What a list says when there is nothing in it. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.emptyIcon}>
        <Icon name={icon} size={26} />
      </span>
      <p className={classes.emptyTitle}>{title}</p>
      {children}
    </div>
  );
}
