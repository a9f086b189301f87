import { queryOptions } from '@tanstack/react-query';
import type { Schema } from '../editor/schema.js';
import { answered, api, asYaml } from './client.js';
import type { ExamDraft, LayerWord, TriedAnswer, TriedDocument } from './types.js';
import { newKey, uploadOnce } from './upload.js';

/** The format of exams, for completion. */
export const examSchema = queryOptions({
  queryKey: ['exam-schema'],
  queryFn: ({ signal }): Promise<Schema> => answered(api.GET('/api/v1/exam-schema', { signal })),
  staleTime: Infinity,
});

export const layerVocabulary = queryOptions({
  queryKey: ['exam-schema', 'layers'],
  queryFn: ({ signal }): Promise<LayerWord[]> => answered(api.GET('/api/v1/exam-schema/layers', { signal })),
  staleTime: Infinity,
});

/** What is wrong or unwise in a definition, and the paper; asked again for each text. */
export const checkedDraft = (yaml: string) =>
  queryOptions({
    queryKey: ['exam-draft', yaml],
    queryFn: ({ signal }): Promise<ExamDraft> =>
      answered(api.POST('/api/v1/exam-drafts/check', { ...asYaml, body: yaml, signal })),
    staleTime: Infinity,
    gcTime: 60_000,
  });

export const tryAnswer = (definition: string, part: string | null, answer: string): Promise<TriedAnswer> =>
  answered(api.POST('/api/v1/exam-drafts/answers', { body: { definition, part, answer } }));

/** The text of a document, as one handed in is read; nothing is stored. */
export const readTried = (file: File, signal: AbortSignal): Promise<TriedDocument> =>
  uploadOnce<TriedDocument>({
    path: '/api/v1/exam-drafts/documents',
    file,
    key: newKey(),
    onProgress: () => undefined,
    signal,
  });
