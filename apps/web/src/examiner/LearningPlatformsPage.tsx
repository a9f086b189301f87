import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { learningPlatforms, retirePlatform } from '../api/learning-platforms.js';
import type { LearningPlatform } from '../api/types.js';
import { announce } from '../ui/announce.js';
import { Empty, Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { useWrite } from '../ui/useWrite.js';
import { AddPlatformForm } from './AddPlatformForm.js';
import { ChooseExamCard } from './ChooseExamCard.js';
import { CaseDialog } from './CaseDialog.js';
import table from './examiner.module.css';
import classes from './people.module.css';

const route = getRouteApi('/shell/examiner/learning-platforms');

type Open = { kind: 'adding' } | { kind: 'retiring'; platform: LearningPlatform };

/** The universities' learning platforms from which people come and to which grades go, and what to tell them. */
export function LearningPlatformsPage() {
  const { choose } = route.useSearch();
  const { data, error, isPending, refetch } = useQuery(learningPlatforms);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title="Learning platforms"
      lead="Moodle, Canvas and others that speak LTI 1.3: students come from their course without a password, and released grades go back."
      crumbs={<Link to="/people">People</Link>}
      actions={<Button onClick={() => setOpen({ kind: 'adding' })}>Add a platform</Button>}
    >
      {choose !== undefined && <ChooseExamCard link={choose} />}
      {isPending && <Waiting />}
      {error !== null && (
        <Problem error={error} what="The platforms could not be listed" retry={() => void refetch()} />
      )}
      {data !== undefined && (
        <>
          <Card title="What a platform has to be told">
            <dl className={classes.addresses}>
              <dt>Initiate login URL</dt>
              <dd>{data.tool.loginUrl}</dd>
              <dt>Redirection URI, and tool URL</dt>
              <dd>{data.tool.launchUrl}</dd>
              <dt>Public keyset URL</dt>
              <dd>{data.tool.keysUrl}</dd>
            </dl>
            <p className={table.under}>
              Let it share names and e-mail addresses, and open the tool in a new window. For grades and
              rosters allow Assignment and Grade Services and Names and Role Provisioning.
            </p>
          </Card>
          <Card title="Platforms" className={classes.after ?? ''}>
            {data.platforms.length === 0 ? (
              <Empty icon="inbox" title="No platform yet">
                <p>Its administrator gives you an issuer, a client id and three addresses.</p>
              </Empty>
            ) : (
              <ul className={classes.conflicts} aria-label="Platforms">
                {data.platforms.map((platform) => (
                  <li key={platform.id}>
                    <span>
                      <strong>{platform.name}</strong>
                      <span className={table.under}>
                        {platform.issuer}, client {platform.clientId}
                        {platform.trustsEmail && ', its e-mail addresses are trusted'}
                      </span>
                    </span>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Let go of ${platform.name} …`}
                      onClick={() => setOpen({ kind: 'retiring', platform })}
                    >
                      Let go …
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </>
      )}
      <CaseDialog
        about={open}
        onClose={close}
        title={(about) =>
          about.kind === 'retiring' ? `Let go of ${about.platform.name}` : 'Add a learning platform'
        }
      >
        {(about) =>
          about.kind === 'adding' ? (
            <AddPlatformForm onDone={close} />
          ) : (
            <LetGo platform={about.platform} onDone={close} />
          )
        }
      </CaseDialog>
    </Page>
  );
}

function LetGo({ platform, onDone }: { platform: LearningPlatform; onDone: () => void }) {
  const queryClient = useQueryClient();
  const retiring = useWrite({
    mutationFn: () => retirePlatform(platform.id),
    onSuccess: async () => {
      announce(`${platform.name} is let go`);
      await queryClient.invalidateQueries();
      onDone();
    },
  });
  return (
    <div className={table.dialog}>
      <p>
        Nobody comes from {platform.name} any more, and it is told no more grades. Accounts and what was
        handed in stay. Students without a password need one to sign in.
      </p>
      {retiring.error !== null && <Problem error={retiring.error} what="Nothing was changed" />}
      <div className={table.dialogButtons}>
        <Button variant="default" onClick={onDone} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={retiring.isPending} onClick={() => retiring.mutate()}>
          Let go
        </Button>
      </div>
    </div>
  );
}
