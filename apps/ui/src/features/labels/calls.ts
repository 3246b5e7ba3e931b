// The part of the engine that the labels use.
import type { LabelDraft, LabelId, PhotoId, Verdict } from '@semblance/contract';
import type { Client } from '../../connection/connection.ts';

export type LabelCalls = Pick<Client, 'labels' | 'acts' | 'albums' | 'folders'>;

export interface PreviewRequest {
  id: LabelId | null;
  draft: Partial<LabelDraft>;
  answers: { photoId: PhotoId; verdict: Verdict }[];
  limit: number;
}
