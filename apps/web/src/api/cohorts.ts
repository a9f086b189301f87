import { answered, api } from './client.js';
import type { Cohort, CohortTaken, TakeCohort } from './types.js';
import type { UploadProgress } from './line.js';
import { sendInPieces } from './upload-in-pieces.js';

/** Uploads an archive, which goes on where it broke off; nothing is handed in by that. */
export const uploadCohort = (
  exam: string,
  archive: File,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<Cohort> =>
  sendInPieces(
    {
      endpoint: `/api/v1/exams/${encodeURIComponent(exam)}/cohort-uploads`,
      file: archive,
      onProgress,
      signal,
    },
    (cohort) =>
      answered(
        api.POST('/api/v1/exams/{exam}/cohort-uploads/{cohort}/finish', {
          params: { path: { exam, cohort } },
        }),
      ),
  );

export const takeCohort = (exam: string, cohort: string, body: TakeCohort): Promise<CohortTaken> =>
  answered(
    api.POST('/api/v1/exams/{exam}/cohorts/{cohort}/take', { params: { path: { exam, cohort } }, body }),
  );
