import * as v from 'valibot';

/** An id or a name. */
export const text = v.pipe(v.string(), v.minLength(1));
