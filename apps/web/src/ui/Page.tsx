import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import classes from './ui.module.css';

interface PageProps {
  title: string;
  lead?: ReactNode;
  crumbs?: ReactNode;
  actions?: ReactNode;
  width?: string;
  children: ReactNode;
}

let arrived = false;

/** A page: its title in the tab, and a heading that takes the focus when one comes here from another page. */
export function Page({ title, lead, crumbs, actions, width, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = `${title} · Tensormark`;
  }, [title]);

  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true });
    arrived = true;
  }, []);

  return (
    <div
      className={classes.page}
      style={width === undefined ? undefined : ({ '--page-width': width } as CSSProperties)}
    >
      {crumbs !== undefined && (
        <nav aria-label="Where you are" className={`${classes.crumbs} no-print`}>
          {crumbs}
        </nav>
      )}
      <div className={classes.head}>
        <div className={classes.headText}>
          <h1
            ref={heading}
            tabIndex={-1}
            style={{ fontSize: 'var(--mantine-h1-font-size)', lineHeight: 1.25, fontWeight: 680 }}
          >
            {title}
          </h1>
          {lead !== undefined && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions !== undefined && <div className={`${classes.actions} no-print`}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** Where the focus goes when what was pressed is gone: never to nothing. */
export function focusHeading(): void {
  document.querySelector('h1')?.focus();
}

interface CardProps {
  title?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
}

export function Card({ title, id, className, children }: CardProps) {
  return (
    <section className={className === undefined ? classes.card : `${classes.card} ${className}`} id={id}>
      {title !== undefined && <h2 className={classes.cardTitle}>{title}</h2>}
      {children}
    </section>
  );
}
