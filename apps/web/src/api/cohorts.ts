import { answered, api } from './client.js';
import type { Cohort, CohortTaken, TakeCohort } from './types.js';
import { newKey, upload, type UploadProgress } from './upload.js';

/** Uploads an archive; nothing is handed in by that. */
export const uploadCohort = (
  exam: string,
  archive: File,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<Cohort> =>
  upload<Cohort>(`/api/v1/exams/${encodeURIComponent(exam)}/cohorts`, archive, newKey(), onProgress, signal);

export const takeCohort = (exam: string, cohort: string, body: TakeCohort): Promise<CohortTaken> =>
  answered(
    api.POST('/api/v1/exams/{exam}/cohorts/{cohort}/take', { params: { path: { exam, cohort } }, body }),
  );
