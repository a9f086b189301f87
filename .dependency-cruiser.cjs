/**
 * The floors of the house: a room imports only from rooms on floors below it.
 * Adding a room is one entry in this table.
 */
const FLOORS = [
  ['libs/python', 'libs/network', 'libs/arithmetic', 'libs/deadlines'],
  ['libs/frameworks', 'libs/execution'],
  ['libs/parameter-count', 'libs/code-review', 'libs/answers', 'libs/essays'],
  ['libs/marking', 'libs/documents'],
  ['libs/records', 'libs/queue', 'libs/observation', 'libs/threads'],
  ['apps/api', 'apps/worker', 'apps/web'],
  ['src'],
];
const PURE = FLOORS.slice(0, 4).flat();
const under = (rooms) => `^(${rooms.join('|')})/`;

const floorRules = FLOORS.map((rooms, floor) => ({
  name: `floor-${floor + 1}-imports-only-from-below`,
  severity: 'error',
  comment: 'A room may import rooms on lower floors only; see docs/architecture.md.',
  from: { path: under(rooms), pathNot: '/test/' },
  to: {
    path: under(
      FLOORS.slice(floor + 1)
        .flat()
        .concat('test', 'bench'),
    ),
  },
}));

const neighbourRules = FLOORS.slice(0, -1).flatMap((rooms) =>
  rooms.map((room) => ({
    name: `${room.replace('/', '-')}-keeps-to-its-room`,
    severity: 'error',
    comment: 'Rooms on the same floor do not know each other.',
    from: { path: under([room]), pathNot: '/test/' },
    to: { path: under(rooms.filter((other) => other !== room)) },
  })),
);

module.exports = {
  forbidden: [
    ...floorRules.filter((rule) => rule.to.path !== '^()/'),
    ...neighbourRules.filter((rule) => rule.to.path !== '^()/'),
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: 'libs/records/src/generated' },
      to: { circular: true },
    },
    {
      name: 'only-records-touches-prisma',
      severity: 'error',
      from: { path: '^(src|apps|libs|test)/', pathNot: '^libs/records/' },
      to: { path: '(@prisma/|/generated/prisma/)' },
    },
    {
      name: 'the-core-is-pure',
      severity: 'error',
      comment: 'Floors 1 to 4 know no framework, no storage, no network and no child processes.',
      from: { path: under(PURE), pathNot: '(\\.test\\.ts$|/test/|^libs/execution/)' },
      to: {
        path: '(@nestjs/|bullmq|ioredis|^pg$|fastify|^(node:)?(fs|net|http|https|child_process|worker_threads|crypto|os|dgram|tls|cluster|vm)(/|$))',
      },
    },
    {
      name: 'libraries-are-entered-by-the-front-door',
      severity: 'error',
      comment: 'Import @tensormark/<room>, not a file inside another room.',
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^libs/$2/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(libs/records/src/generated|^dist/)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
