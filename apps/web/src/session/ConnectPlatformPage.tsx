import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { connect, connection } from '../api/learning-platforms.js';
import { me as meQuery } from '../api/session.js';
import { safeReturn } from '../shell/home.js';
import { Problem } from '../ui/Notice.js';
import { Card, Page } from '../ui/Page.js';
import { Waiting } from '../ui/Waiting.js';
import { useWrite } from '../ui/useWrite.js';

/** Somebody came from a course and has an account here already: they say that it is theirs, and come in without asking next time. */
export function ConnectPlatformPage() {
  const router = useRouter();
  const { data, error, isPending } = useQuery(connection);
  const { data: me } = useQuery(meQuery);
  const connecting = useWrite({
    mutationFn: connect,
    onSuccess: ({ to }) => router.navigate({ href: safeReturn(to) ?? '/', replace: true }),
  });
  return (
    <Page title="Connect your account" width="40rem">
      {isPending && <Waiting />}
      {error !== null && <Problem error={error} what="There is nothing to connect" />}
      {data !== undefined && me !== undefined && me !== null && (
        <Card>
          <p>
            You come from <strong>{data.platform}</strong>
            {data.person !== null && (
              <>
                , where you are called <strong>{data.person}</strong>
              </>
            )}
            . Here you are signed in as <strong>{me.name}</strong> ({me.email}).
          </p>
          <p>
            If both are you, connect them: {data.platform} signs you in from then on. If not, sign out and in
            as yourself.
          </p>
          {connecting.error !== null && <Problem error={connecting.error} what="They were not connected" />}
          <Button mt="md" loading={connecting.isPending} onClick={() => connecting.mutate()}>
            Both are me: connect them
          </Button>
        </Card>
      )}
    </Page>
  );
}
