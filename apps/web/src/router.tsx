import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { arrived, likelyRole, me } from './api/session.js';
import type { Me, QueueState, Role } from './api/types.js';
import {
  answerFirst,
  copyFirst,
  cutFirst,
  definitionFirst,
  disagreementsFirst,
  examFirst,
  listFirst,
  moderationFirst,
  paperFirst,
  queueFirst,
  secondLooksFirst,
  standingFirst,
  submissionFirst,
} from './loaders.js';
import { SignInPage } from './session/SignInPage.js';
import { Fault } from './shell/Fault.js';
import { HOME, safeReturn } from './shell/home.js';
import { NotFound } from './shell/NotFound.js';
import { Shell } from './shell/Shell.js';

interface Context {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound });

interface SignInSearch {
  to?: string;
  expired?: boolean;
  /** By whom a sign-in was refused, and with which word. */
  refused?: string;
  error?: string;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (search): SignInSearch => ({
    ...(typeof search['to'] === 'string' ? { to: search['to'] } : {}),
    ...(search['expired'] === true ? { expired: true } : {}),
    ...(typeof search['refused'] === 'string' ? { refused: search['refused'] } : {}),
    ...(typeof search['error'] === 'string' ? { error: search['error'] } : {}),
  }),
});

/** Where people are sent who were signed in by their learning platform; it goes on at once. */
const arrival = createRoute({
  getParentRoute: () => root,
  path: '/arrived',
  validateSearch: (search): { to?: string } => (typeof search['to'] === 'string' ? { to: search['to'] } : {}),
  beforeLoad: ({ search }) => {
    arrived();
    throw redirect({ href: safeReturn(search.to) ?? '/', replace: true });
  },
});

/** Everything behind the sign-in. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const person = await context.queryClient.ensureQueryData(me);
    if (person === null) {
      throw redirect({
        to: '/sign-in',
        search: location.href === '/' ? {} : { to: location.href },
        replace: true,
      });
    }
    return { person };
  },
});

const front = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ to: HOME[context.person.role], replace: true });
  },
});

/** A branch of pages for some people; for the others they do not exist, and their code is never fetched. */
const only = <const Id extends string>(id: Id, allowed: (person: Me) => boolean) => ({
  id,
  beforeLoad: ({ context }: { context: { person: Me } }) => {
    // oxlint-disable-next-line typescript/only-throw-error -- how the router is told
    if (!allowed(context.person)) throw notFound();
  },
});

const student = createRoute({
  getParentRoute: () => shell,
  ...only('student', ({ role }) => role === 'student'),
});
const marker = createRoute({ getParentRoute: () => shell, ...only('marker', ({ marks }) => marks) });
const examiner = createRoute({
  getParentRoute: () => shell,
  ...only('examiner', ({ role }) => role === 'examiner'),
});

/** Markers and examiners, whatever they mark. */
const staff = createRoute({
  getParentRoute: () => shell,
  ...only('staff', ({ role }) => role !== 'student'),
});

const studentPages = () => import('./student/pages.js');
/** Apart, as there is nothing to read before something was handed in. */
const submissionPage = () => import('./student/SubmissionPage.js');
const markerPages = () => import('./marker/pages.js');
/** Apart, as one comes to them from the queue, and most visits do without. */
const laterMarkerPages = () => import('./marker/laterPages.js');
const examinerPages = () => import('./examiner/pages.js');
/** Apart, as for markers. */
const laterExaminerPages = () => import('./examiner/laterPages.js');
/** Apart, as the editor is large and most visits do without it. */
const definitionPages = () => import('./examiner/DefinitionPages.js');

const checkPages = () => import('./checks/pages.js');

const PAGES: Readonly<Record<Role, () => Promise<unknown>>> = {
  student: studentPages,
  marker: markerPages,
  examiner: examinerPages,
};

/** Fetches the pages of whoever was here last while it is still asked who is here now. */
export function fetchAhead(): void {
  const role = likelyRole();
  // A fault is told by the route that needs them.
  if (role !== null) PAGES[role]().catch(() => undefined);
}

const exams = createRoute({
  getParentRoute: () => student,
  path: '/exams',
  loader: listFirst,
  component: lazyRouteComponent(studentPages, 'ExamListPage'),
});

const exam = createRoute({
  getParentRoute: () => student,
  path: '/exams/$exam',
  loader: paperFirst,
  component: lazyRouteComponent(studentPages, 'ExamPage'),
});

const submission = createRoute({
  getParentRoute: () => student,
  path: '/submissions/$submission',
  loader: submissionFirst,
  component: lazyRouteComponent(submissionPage, 'SubmissionPage'),
});

const marking = createRoute({
  getParentRoute: () => marker,
  path: '/marking',
  loader: listFirst,
  component: lazyRouteComponent(markerPages, 'ExamsToMarkPage'),
});

interface QueueSearch {
  part?: string;
  state?: QueueState;
  candidate?: string;
}

const CANDIDATE = /^[0-9A-Za-z-]{1,11}$/;

const queueSearch = (search: Record<string, unknown>): QueueSearch => ({
  ...(typeof search['part'] === 'string' || typeof search['part'] === 'number'
    ? { part: String(search['part']) }
    : {}),
  ...(search['state'] === 'marked' || search['state'] === 'all' ? { state: search['state'] } : {}),
  ...(typeof search['candidate'] === 'string' && CANDIDATE.test(search['candidate'])
    ? { candidate: search['candidate'] }
    : {}),
});

const queue = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam',
  loader: queueFirst,
  component: lazyRouteComponent(markerPages, 'QueuePage'),
  validateSearch: queueSearch,
});

const cut = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam/cut/$submission',
  loader: cutFirst,
  component: lazyRouteComponent(laterMarkerPages, 'SplitPage'),
});

const secondLooks = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam/second-looks',
  loader: secondLooksFirst,
  component: lazyRouteComponent(laterMarkerPages, 'SecondLooksPage'),
});

const flags = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam/flags',
  loader: examFirst,
  component: lazyRouteComponent(markerPages, 'FlagsPage'),
});

const disagreements = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam/disagreements',
  loader: disagreementsFirst,
  component: lazyRouteComponent(laterMarkerPages, 'DisagreementsPage'),
});

const groups = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam/groups',
  loader: examFirst,
  component: lazyRouteComponent(laterMarkerPages, 'GroupsPage'),
  validateSearch: queueSearch,
});

const shared = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam/shared',
  loader: examFirst,
  component: lazyRouteComponent(laterMarkerPages, 'SharedPassagesPage'),
  validateSearch: queueSearch,
});

const answer = createRoute({
  getParentRoute: () => marker,
  path: '/marking/$exam/$answer',
  loaderDeps: ({ search }: { search: QueueSearch }) => search,
  loader: answerFirst,
  component: lazyRouteComponent(markerPages, 'MarkingPage'),
  validateSearch: queueSearch,
});

const examining = createRoute({
  getParentRoute: () => examiner,
  path: '/examining',
  loader: listFirst,
  component: lazyRouteComponent(examinerPages, 'ExamsPage'),
});

const newExam = createRoute({
  getParentRoute: () => examiner,
  // No exam can be called so.
  path: '/examining/~new',
  validateSearch: (search): { from?: string } =>
    typeof search['from'] === 'string' || typeof search['from'] === 'number'
      ? { from: String(search['from']) }
      : {},
  loaderDeps: ({ search: { from } }) => ({ from }),
  loader: copyFirst,
  component: lazyRouteComponent(definitionPages, 'NewExamPage'),
});

const examined = createRoute({
  getParentRoute: () => examiner,
  path: '/examining/$exam',
  loader: standingFirst,
  component: lazyRouteComponent(examinerPages, 'ExaminedPage'),
});

const editExam = createRoute({
  getParentRoute: () => examiner,
  path: '/examining/$exam/definition',
  loader: definitionFirst,
  component: lazyRouteComponent(definitionPages, 'EditExamPage'),
});

const scheme = createRoute({
  getParentRoute: () => examiner,
  path: '/examining/$exam/scheme',
  loader: examFirst,
  component: lazyRouteComponent(laterExaminerPages, 'SchemePage'),
});

const moderation = createRoute({
  getParentRoute: () => examiner,
  path: '/examining/$exam/moderation',
  loader: moderationFirst,
  component: lazyRouteComponent(laterExaminerPages, 'ModerationPage'),
});

const cohort = createRoute({
  getParentRoute: () => examiner,
  path: '/examining/$exam/cohort',
  loader: examFirst,
  component: lazyRouteComponent(laterExaminerPages, 'CohortPage'),
});

const people = createRoute({
  getParentRoute: () => examiner,
  path: '/people',
  component: lazyRouteComponent(laterExaminerPages, 'PeoplePage'),
});

const learningPlatforms = createRoute({
  getParentRoute: () => examiner,
  path: '/learning-platforms',
  component: lazyRouteComponent(laterExaminerPages, 'LearningPlatformsPage'),
  validateSearch: (search): { choose?: string } =>
    typeof search['choose'] === 'string' ? { choose: search['choose'] } : {},
});

const checks = createRoute({
  getParentRoute: () => staff,
  path: '/checks',
  validateSearch: (search): { find?: string } =>
    typeof search['find'] === 'string' && search['find'] !== '' ? { find: search['find'] } : {},
  component: lazyRouteComponent(checkPages, 'ChecksPage'),
});

const oneCheck = createRoute({
  getParentRoute: () => staff,
  path: '/checks/$check',
  component: lazyRouteComponent(checkPages, 'CheckPage'),
});

const connectPlatform = createRoute({
  getParentRoute: () => shell,
  path: '/connect-platform',
  component: lazyRouteComponent(() => import('./session/ConnectPlatformPage.js'), 'ConnectPlatformPage'),
});

const tree = root.addChildren([
  signIn,
  arrival,
  shell.addChildren([
    front,
    connectPlatform,
    student.addChildren([exams, exam, submission]),
    marker.addChildren([marking, queue, cut, secondLooks, flags, disagreements, groups, shared, answer]),
    staff.addChildren([checks, oneCheck]),
    examiner.addChildren([
      examining,
      newExam,
      examined,
      editExam,
      scheme,
      cohort,
      moderation,
      people,
      learningPlatforms,
    ]),
  ]),
]);

export function makeRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Fault,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
