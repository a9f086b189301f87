import './styles/mantine.js';
import './styles/tokens.css';
import './styles/base.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ProblemError } from './api/problem.js';
import { me } from './api/session.js';
import { fetchAhead, makeRouter } from './router.js';
import { keepFocus } from './shell/keepFocus.js';
import { beginAnew, watchVersion } from './shell/newVersion.js';
import { theme } from './theme.js';

watchVersion();
fetchAhead();
keepFocus();

const scheme = localStorageColorSchemeManager({ key: 'tensormark-colour-scheme' });

/** A session that has ended leads to the sign-in, and from there back to this very page. */
function onError(error: unknown) {
  if (!(error instanceof ProblemError) || error.status !== 401) return;
  const { href, pathname } = router.state.location;
  if (pathname === '/sign-in') return;
  queryClient.setQueryData(me.queryKey, null);
  void router.navigate({ to: '/sign-in', search: { to: href, expired: true }, replace: true });
}

/** Not what the server refuses; and without any connection, trying again would only put off saying so. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true;
  return error.status === 0 ? navigator.onLine : error.status < 400 || error.status >= 500;
}

const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) => {
      if (mutation.meta?.['signsIn'] !== true) onError(error);
    },
  }),
  defaultOptions: {
    // A lost connection is said at once; the default would wait in silence until it is back.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 3000,
      refetchOnReconnect: true,
      retry: (failures, error) => failures < 2 && mayPass(error),
    },
  },
});

const router = makeRouter(queryClient);
router.subscribe('onResolved', ({ pathChanged }) => {
  if (pathChanged) beginAnew();
});

const place = document.querySelector('#root');
if (place === null) throw new Error('index.html has no element with the id "root".');

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} colorSchemeManager={scheme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
