import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { asProblem } from '../api/problem.js';
import { demonstration, me as meQuery, signIn } from '../api/session.js';
import { ROLE_NAMES, safeReturn } from '../shell/home.js';
import { SchemeMenu } from '../shell/SchemeMenu.js';
import { Emblem } from '../ui/icons.js';
import { Notice, Problem } from '../ui/Notice.js';
import classes from './signIn.module.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { to, expired } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { data: accounts = [] } = useQuery(demonstration);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  useEffect(() => {
    document.title = 'Sign in · Tensormark';
  }, []);

  const entering = useMutation({
    meta: { signsIn: true },
    mutationFn: async (credentials: { email: string; password: string }) => {
      await signIn(credentials);
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'demonstration' });
      await queryClient.fetchQuery(meQuery);
      await router.navigate({ href: safeReturn(to) ?? '/', replace: true });
    },
  });

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
