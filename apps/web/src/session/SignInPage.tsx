import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { asProblem } from '../api/problem.js';
import { demonstration, goToSingleSignOn, me as meQuery, signIn, signInWays } from '../api/session.js';
import { ROLE_NAMES, safeReturn } from '../shell/home.js';
import { SchemeMenu } from '../shell/SchemeMenu.js';
import { Emblem } from '../ui/icons.js';
import { Notice, Problem } from '../ui/Notice.js';
import { useWrite } from '../ui/useWrite.js';
import classes from './signIn.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { to, expired, refused: refusedBy, error: refusedFor } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: accounts = [] } = useQuery(demonstration);
  const { data: ways } = useQuery(signInWays);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  useEffect(() => {
    document.title = 'Sign in · Tensormark';
  }, []);

  const entering = useWrite({
    meta: { signsIn: true },
    mutationFn: async (credentials: { email: string; password: string }) => {
      await signIn(credentials);
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'demonstration' });
      await queryClient.fetchQuery(meQuery);
      await router.navigate({ href: safeReturn(to) ?? '/', replace: true });
    },
  });

  const leaving = useWrite({ mutationFn: () => goToSingleSignOn(safeReturn(to) ?? '/') });

  function submit(event: FormEvent) {
    event.preventDefault();
    entering.mutate({ email: email.trim(), password });
  }

  const refused = entering.error === null ? null : asProblem(entering.error);
  return (
    <div className={classes.room}>
      <div className={classes.corner}>
        <SchemeMenu />
      </div>
      <main className={classes.card}>
        <div className={classes.brand}>
          <Emblem size={40} />
          <div>
            <h1>Tensormark</h1>
            <p>Deep-learning exams, marked with the evidence beside every mark.</p>
          </div>
        </div>
        {expired === true && refused === null && (
          <Notice tone="unsure" icon="clock" title="Your session has ended" live="polite">
            Sign in again to go on where you were. What you had typed is kept.
          </Notice>
        )}
        {refusedBy === 'single-sign-on' && refused === null && (
          <Notice tone="fault" title="You could not be signed in" live="polite">
            {whyRefused(refusedFor)}
          </Notice>
        )}
        {refusedBy === 'learning-platform' && refused === null && (
          <Notice tone="fault" title="You could not be signed in" live="polite">
            {whyNotLetIn(refusedFor)}
          </Notice>
        )}
        {ways !== undefined && ways.singleSignOn !== null && (
          <Stack gap="sm" mb="md">
            <Button
              size="md"
              fullWidth
              loading={leaving.isPending || leaving.isSuccess}
              onClick={() => leaving.mutate()}
            >
              Sign in with {ways.singleSignOn.name}
            </Button>
            {leaving.error !== null && <Problem error={leaving.error} what="You could not be signed in" />}
            <Divider label="or with a password" labelPosition="center" />
          </Stack>
        )}
        <form onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label="Email"
              type="email"
              name="email"
              autoComplete="username"
              required
              withAsterisk={false}
              size="md"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {refused !== null &&
              (refused.status === 401 ? (
                <Notice tone="fault" title="This email and password do not go together" live="assertive">
                  Check both and try again.
                </Notice>
              ) : (
                <Problem error={refused} what="You could not be signed in" />
              ))}
            <Button type="submit" size="md" fullWidth loading={entering.isPending}>
              Sign in
            </Button>
          </Stack>
        </form>
        {accounts.length > 0 && (
          <section aria-label="Demonstration accounts">
            <Divider label="This is a demonstration. Look around as" labelPosition="center" mb="md" />
            <div className={classes.accounts}>
              {accounts.map((account) => (
                <Button
                  key={account.email}
                  variant="default"
                  px="xs"
                  disabled={entering.isPending}
                  onClick={() => entering.mutate({ email: account.email, password: account.password })}
                >
                  {ROLE_NAMES[account.role]}
                </Button>
              ))}
            </div>
          </section>
        )}
      </main>
    </div>
  );
}

/** In plain words, what the provider or the server refused. */
function whyRefused(reason: string | undefined): string {
  switch (reason) {
    case 'signup_disabled':
      return 'You have no account here yet. Ask the examiner of your course to make one for you.';
    case 'account_not_linked':
    case 'email_not_verified':
      return 'Your sign-in service has not verified your e-mail address, so we cannot tell which account is yours.';
    case 'access_denied':
      return 'Your sign-in service did not let you in.';
    default:
      return 'Your sign-in service did not confirm who you are. Try again, or use your password.';
  }
}

/** In plain words, what stood in the way of somebody who came from a course. */
function whyNotLetIn(reason: string | undefined): string {
  switch (reason) {
    case 'platform-unknown':
      return 'Your learning platform is not known here. Ask the examiner of your course to add it.';
    case 'visit-refused':
      return 'Your learning platform did not say who you are. Sign in there again, then open the exam from your course.';
    case 'visit-not-verified':
      return 'What your learning platform said could not be verified. Tell the examiner of your course.';
    default:
      return 'Open the exam from your course again, in a window of its own; your browser must take cookies from here.';
  }
}
