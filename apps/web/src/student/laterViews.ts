import { lazy } from 'react';

const report = () => import('./ReportView.js');

let loaded: Awaited<ReturnType<typeof report>> | null = null;

/** What shows marks comes with the first that are released: who has just handed in waits for none of it. */
export async function loadReportView(): Promise<void> {
  loaded ??= await report();
}

const LaterReportView = lazy(async () => ({ default: (await report()).ReportView }));

/** At once where it is there already; else one that is waited for. */
export const reportView = () => loaded?.ReportView ?? LaterReportView;

/** Only for those who move a cut. */
export const SplitEditor = lazy(async () => ({
  default: (await import('../splitting/SplitEditor.js')).SplitEditor,
}));
