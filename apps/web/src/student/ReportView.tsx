import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { secondLooks } from '../api/reviews.js';
import { reportAddress } from '../api/submissions.js';
import type { Report, ReportPart } from '../api/types.js';
import { EvidenceList } from '../evidence/EvidenceList.js';
import { highlightsOf, named } from '../evidence/highlights.js';
import { lighting } from '../evidence/lights.js';
import { WorkText } from '../evidence/WorkText.js';
import { Choices } from '../text/Choices.js';
import { RichText } from '../text/RichText.js';
import { inMarks } from '../text/marks.js';
import { Icon } from '../ui/icons.js';
import { MarkFigure } from '../ui/MarkFigure.js';
import { Card } from '../ui/Page.js';
import { PartTag } from '../ui/StateTag.js';
import classes from './report.module.css';
import { SecondLook } from './SecondLook.js';

/** The released marks, with the reason and the evidence for each. */
export function ReportView({ report, submission }: { report: Report; submission: string }) {
  const looks = useQuery(secondLooks(submission));
  return (
    <div className={classes.stack}>
      <Card>
        <div className={classes.total}>
          <div className={classes.figures}>
            <MarkFigure
              by="final"
              says="Your total"
              marks={report.total.counts}
              available={report.total.available}
            />
            {report.late !== null && (
              <div className={classes.late}>
                <p>{report.late.says}</p>
                {report.late.deduction !== null && (
                  <dl>
                    <dt>For the work</dt>
                    <dd>{report.total.marks}</dd>
                    <dt>For lateness</dt>
                    <dd>{report.late.deduction === '0' ? '0' : `−${report.late.deduction}`}</dd>
                    <dt>What counts</dt>
                    <dd>{report.total.counts}</dd>
                  </dl>
                )}
              </div>
            )}
            <Button
              className="no-print"
              component="a"
              variant="default"
              href={reportAddress(submission)}
              download
              leftSection={<Icon name="download" size={16} />}
            >
              Save as PDF
            </Button>
          </div>
          <ol className={classes.contents}>
            {report.parts.map((part) => (
              <li key={part.key}>
                <a href={`#part-${part.key}`}>
                  <span className={classes.key}>{part.key}</span>
                  <span className={classes.name}>{part.title ?? `Part ${part.key}`}</span>
                  <span className="numbers">
                    {part.state === 'excused'
                      ? 'excused'
                      : part.marks === null
                        ? '–'
                        : `${part.marks} of ${part.available}`}
                  </span>
                </a>
              </li>
            ))}
          </ol>
        </div>
      </Card>
      {report.parts.map((part) => (
        <PartReport key={part.key} part={part}>
          {looks.data !== undefined && (
            <SecondLook
              submission={submission}
              part={part}
              until={looks.data.until}
              requests={looks.data.requests.filter((request) => request.part === part.key)}
            />
          )}
        </PartReport>
      ))}
    </div>
  );
}

/** What takes marks has nothing to be out of. */
function marksOf({ marks, available }: ReportPart['items'][number]): string {
  if (marks?.startsWith('-') === true) return marks.replace('-', '\u2212');
  if (available.startsWith('-') || available === '0') return marks ?? '–';
  return `${marks ?? '–'} of ${available}`;
}

function PartReport({ part, children }: { part: ReportPart; children: ReactNode }) {
  const [lit, setLit] = useState<string | null>(null);
  const [shown, setShown] = useState<{ id: string; press: number } | null>(null);
  const evidence = useMemo(() => named(`part-${part.key}`, part.evidence), [part]);
  const highlights = useMemo(() => highlightsOf(evidence, part.text.length), [evidence, part.text]);
  const alone = part.items.length === 0 && evidence.length === 0 && part.derivation === null;
  return (
    <Card id={`part-${part.key}`}>
      <div className={classes.head}>
        <div className={classes.headText}>
          <h2>
            <span className={classes.key}>{part.key}</span> {part.title ?? `Part ${part.key}`}
          </h2>
          {part.state !== 'marked' && <PartTag state={part.state} />}
        </div>
        <p className={classes.marks}>
          {part.state === 'excused' ? (
            'Does not count'
          ) : (
            <>
              {part.marks === null ? 'No mark' : <strong className="numbers">{part.marks}</strong>}
              <span> of {inMarks(part.available)}</span>
            </>
          )}
        </p>
      </div>
      {part.state === 'excused' && (
        <p className={classes.quiet}>
          You are excused from this part: it counts neither to your total nor to what that is out of.
        </p>
      )}
      {part.reason !== null && part.reason !== '' && (
        <p className={classes.reason}>
          <Icon name="person" size={16} />
          <span>{part.reason}</span>
        </p>
      )}
      <div className={classes.columns} data-alone={alone || undefined}>
        <div className={classes.work}>
          {part.choices !== null && (
            <div className={classes.options}>
              <h3 className={classes.label}>What there was to choose from</h3>
              <Choices choices={part.choices} />
            </div>
          )}
          {part.text === '' ? (
            <p className={classes.quiet}>You gave no answer to this part.</p>
          ) : (
            <WorkText
              text={part.text}
              highlights={highlights}
              lit={lit}
              onLight={setLit}
              shown={shown}
              title={<h3 className={classes.label}>Your answer</h3>}
            />
          )}
        </div>
        {!alone && (
          <div className={classes.grounds} {...lighting(setLit)}>
            {part.items.length > 0 && (
              <div>
                <h3 className={classes.label}>What the marks were for</h3>
                <ul className={classes.items}>
                  {part.items.map((item) => (
                    <li key={item.item}>
                      <span>
                        {item.says}
                        {typeof item.reason === 'string' && item.reason !== '' && (
                          <span className={classes.itemReason}>{item.reason}</span>
                        )}
                        {item.feedback !== null && (
                          <span className={classes.itemFeedback}>{item.feedback}</span>
                        )}
                      </span>
                      <span className="numbers">{marksOf(item)}</span>
                    </li>
                  ))}
                </ul>
              </div>
            )}
            {part.derivation !== null && (
              <details className={classes.derivation}>
                <summary>How it is worked out</summary>
                <RichText text={part.derivation} />
              </details>
            )}
            {evidence.length > 0 && (
              <div>
                <h3 className={classes.label}>What was found in your answer</h3>
                <EvidenceList
                  evidence={evidence}
                  text={part.text}
                  lit={lit}
                  onShow={(id) => {
                    setLit(id);
                    setShown((before) => ({ id, press: (before?.press ?? 0) + 1 }));
                  }}
                />
              </div>
            )}
          </div>
        )}
      </div>
      {children}
    </Card>
  );
}
