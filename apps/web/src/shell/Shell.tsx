import { ActionIcon, Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { asProblem } from '../api/problem.js';
import { forgetHint, me as meQuery, signOut } from '../api/session.js';
import type { Me, Role } from '../api/types.js';
import { forgetUnsaved, unsavedOf, type Unsaved } from '../session/unsaved.js';
import { announce, Announcer } from '../ui/announce.js';
import { Emblem, Icon } from '../ui/icons.js';
import { useSaysWhatIsSlow } from '../ui/slow.js';
import { ROLE_NAMES } from './home.js';
import { NewVersionNote } from './NewVersionNote.js';
import { InFrame } from './NotFound.js';
import { SchemeMenu } from './SchemeMenu.js';
import classes from './shell.module.css';

const SignOutDialog = lazy(async () => ({ default: (await import('./SignOutDialog.js')).SignOutDialog }));

/** Only for those who mark. */
const SavesNote = lazy(async () => ({ default: (await import('../marker/SavesNote.js')).SavesNote }));

const NAVIGATION = {
  student: [['/exams', 'Exams']],
  marker: [['/marking', 'Marking']],
  examiner: [
    ['/examining', 'Exams'],
    ['/marking', 'Marking'],
    ['/people', 'People'],
  ],
} as const satisfies Record<Role, readonly (readonly [string, string])[]>;

/** A student may mark exams too, that are not theirs to take. */
function navigationOf({ role, marks }: Me): readonly (readonly [string, string])[] {
  return role === 'student' && marks ? [...NAVIGATION.student, ...NAVIGATION.marker] : NAVIGATION[role];
}

export function Shell() {
  const { data: me } = useQuery(meQuery);
  useSaysWhatIsSlow();
  return (
    <>
      <a className="skip-link" href="#main">
        Go to the content
      </a>
      <header className={`${classes.header} no-print`}>
        <Coming />
        <div className={classes.bar}>
          <Link to="/" className={classes.brand}>
            <Emblem />
            <span>Tensormark</span>
          </Link>
          {me && (
            <nav aria-label="Main" className={classes.navigation}>
              {navigationOf(me).map(([to, says]) => (
                <Link key={to} to={to} className={classes.link} activeProps={{ 'data-active': true }}>
                  {says}
                </Link>
              ))}
            </nav>
          )}
          <div className={classes.tools}>
            {me?.marks === true && (
              <Suspense>
                <SavesNote me={me} />
              </Suspense>
            )}
            <SchemeMenu />
            {me && <AccountMenu me={me} />}
          </div>
        </div>
        <NewVersionNote />
      </header>
      <Announcer />
      <main id="main" className={classes.main}>
        <InFrame value>
          <Outlet />
        </InFrame>
      </main>
    </>
  );
}

/** Shows that a page that was asked for is on its way. */
function Coming() {
  const isComing = useRouterState({ select: ({ status }) => status === 'pending' });
  return isComing ? <div className={classes.coming} aria-hidden="true" /> : null;
}

function AccountMenu({ me }: { me: Me }) {
  const router = useRouter();
  const queryClient = useQueryClient();

  const [unsaved, setUnsaved] = useState<Unsaved | null>(null);

  function ask() {
    const found = unsavedOf(me.id);
    if (found.exam + found.mark > 0) setUnsaved(found);
    else void leave();
  }

  const leaving = useRef(false);
  async function leave() {
    setUnsaved(null);
    if (leaving.current) return;
    leaving.current = true;
    try {
      await signOut();
    } catch (error) {
      const { status, title, detail } = asProblem(error);
      // A session that has ended already is as good; with one that has not, whoever comes next would be them.
      if (status !== 400 && status !== 401) {
        announce(`You are still signed in. ${title}. ${detail}`, 'fault');
        return;
      }
      forgetHint();
    } finally {
      leaving.current = false;
    }
    queryClient.clear();
    await router.navigate({ to: '/sign-in' });
    // Not before the pages are gone that might keep something once more.
    forgetUnsaved(me.id);
  }

  return (
    <>
      <Menu position="bottom-end" width={240} radius="lg" shadow="md">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            radius="xl"
            aria-label={`Account of ${me.name}, ${initialsOf(me.name)}`}
          >
            <span className={classes.initials}>{initialsOf(me.name)}</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={classes.who}>
            <strong>{me.name}</strong>
            <span>{me.email}</span>
            <span>{ROLE_NAMES[me.role]}</span>
          </div>
          <Menu.Divider />
          {me.role !== 'student' && (
            <Menu.Item leftSection={<Icon name="quote" />} component={Link} to="/checks">
              What a code review looks for
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="signOut" />} onClick={ask}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {unsaved !== null && (
        <Suspense>
          <SignOutDialog unsaved={unsaved} onStay={() => setUnsaved(null)} onLeave={() => void leave()} />
        </Suspense>
      )}
    </>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}
