import type { View } from '#views';
import { collectionOf } from '#views';
import type { QueryBus } from '@nestjs/cqrs';
import { Problem } from '../problem.js';
import { objectView } from './object-views.js';
import type { Shown } from './object-views.js';
import { ViewQuery } from './view-query.js';
import type { Asked } from './view-query.js';

/**
 * What a question names by its id has to be there, as an object that is asked for: an answer about nothing is 404, not an
 * empty one. Asked of the live objects, which know when each began, once they have come as far as the answer.
 */
export async function assertNamed(bus: QueryBus, { alliance, params, asOf }: Asked, knownAt: number): Promise<void> {
  for (const [name, id] of Object.entries(params)) {
    const collection = collectionOf(name);
    if (collection === undefined || typeof id !== 'string') continue;
    const question = { alliance, params: { collection, id }, asOf: {}, minSeq: Math.max(0, knownAt) };
    const { data } = await bus.execute(new ViewQuery(objectView as unknown as View, question));
    const isEarlier = asOf.at !== undefined || asOf.knownAt !== undefined;
    if (!data || (isEarlier && (data as Shown).createdSeq > knownAt)) throw new Problem('NOT_FOUND');
  }
}
