import { z } from 'zod';
import { Time } from '../http/time.js';
import { AgreementFigures } from '../moderation/agreement.contract.js';

const Distribution = z
  .array(z.int())
  .meta({ description: 'Papers in each tenth of what is available, from nothing to all' });
const Figure = z.number().nullable();
const Range = z
  .object({ lowest: z.number(), median: z.number(), highest: z.number() })
  .nullable()
  .meta({ description: 'In marks; null of none' });

export const ItemAnalysis = z
  .object({
    papers: z.int().meta({ description: 'Papers with a mark for each part, which the whole rests on' }),
    available: z.number(),
    mean: Figure,
    standardDeviation: Figure,
    range: Range,
    reliability: Figure.meta({ description: "Cronbach's alpha; null below ten papers" }),
    standardError: Figure.meta({ description: 'How far a total may be off by chance, in marks' }),
    distribution: Distribution,
    markers: z
      .array(
        z.object({
          name: z.string(),
          answers: z.int().meta({ description: 'Answers whose latest mark is theirs' }),
          lastAt: Time,
        }),
      )
      .meta({ description: 'Who has marked how much of what counts, most first' }),
    parts: z.array(
      z.object({
        part: z.string(),
        title: z.string(),
        available: z.number(),
        marked: z.int(),
        mean: Figure,
        standardDeviation: Figure,
        range: Range,
        facility: Figure.meta({ description: 'Mean over what is available: near 1 is easy' }),
        discrimination: Figure.meta({
          description: 'Correlation with the rest of the paper; null below ten papers',
        }),
        distribution: Distribution,
        frequent: z
          .array(z.object({ kind: z.enum(['misconception', 'finding']), says: z.string(), answers: z.int() }))
          .meta({ description: 'What was found most often in answers to this part' }),
        machine: z
          .object({
            decided: z.int(),
            confirmed: z.int(),
            meanDifference: z.number().meta({ description: 'Between mark and proposal, in marks' }),
          })
          .nullable()
          .meta({ description: "What people did with the machine's proposals; null where there were none" }),
        markers: AgreementFigures.nullable().meta({
          description: 'How far first and second markers agree; null where the part is not marked twice',
        }),
      }),
    ),
  })
  .meta({ id: 'ItemAnalysis', description: 'How the parts of an exam did as questions' });
export type ItemAnalysis = z.infer<typeof ItemAnalysis>;
