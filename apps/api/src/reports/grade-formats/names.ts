/** The formats that `table.ts` has, by the name that an address asks for. */
export const FILE_FORMATS = ['csv', 'xlsx', 'canvas', 'moodle', 'blackboard'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];
