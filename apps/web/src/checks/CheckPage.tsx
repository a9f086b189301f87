import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { check as checkQuery } from '../api/checks.js';
import { Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import classes from './checks.module.css';
import { ExampleCode } from './ExampleCode.js';
import { SeverityTag } from './SeverityTag.js';

const route = getRouteApi('/shell/staff/checks/$check');

/** One check: why it matters, what to do instead, when it speaks, and programs with and without the fault. */
export function CheckPage() {
  const { check: id } = route.useParams();
  const { data, error, isPending, refetch } = useQuery(checkQuery(id));
  return (
    <Page
      title={data?.title ?? id}
      crumbs={<Link to="/checks">What a code review looks for</Link>}
      {...(data !== undefined && { lead: data.why })}
    >
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The check could not be shown" retry={() => void refetch()} />
      )}
      {data !== undefined && (
        <>
          <Card>
            <dl className={classes.facts}>
              <dt>Severity</dt>
              <dd>
                <SeverityTag severity={data.severity} />
              </dd>
              <dt>In a scheme</dt>
              <dd>
                <code>{data.id}</code>
              </dd>
              <dt>Instead</dt>
              <dd>{data.instead}</dd>
              <dt>Speaks of</dt>
              <dd>{data.needs}</dd>
            </dl>
          </Card>
          <Examples title="Wrong" verdict="found" programs={data.wrong} />
          <Examples title="Right" verdict="silent" programs={data.right} />
        </>
      )}
    </Page>
  );
}

interface ExamplesProps {
  title: 'Wrong' | 'Right';
  verdict: 'found' | 'silent';
  programs: readonly string[];
}

function Examples({ title, verdict, programs }: ExamplesProps) {
  if (programs.length === 0) return null;
  return (
    <Card title={title} className={classes.group ?? ''}>
      <p className={classes.under}>
        {verdict === 'found'
          ? 'What is found is at the line that is lit.'
          : 'Alike, and nothing is found in them.'}
      </p>
      {programs.map((program, at) => (
        // The examples of a check stay as they are while its page is open.
        <ExampleCode key={program} program={program} label={`${title}, example ${at + 1}`} />
      ))}
    </Card>
  );
}
