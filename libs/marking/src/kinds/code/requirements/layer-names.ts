import { z } from 'zod';

/** Layers or functions as PyTorch names them. */
export const LayerNames = z.array(z.string().trim().min(1).max(80)).min(1).max(20);
