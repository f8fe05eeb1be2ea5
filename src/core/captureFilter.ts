/** What is to be captured, in tcpdump's filter language (pcap-filter(7)). */

/** HTTPS, which every AWS service speaks, and the names that lead there. Traffic that misses the endpoint must be seen as well. */
export const DEFAULT_FILTER = 'port 443 or port 53';

/** Longer ones are no filter that a person wrote. */
export const MAX_FILTER_LENGTH = 4096;

/** A filter that people often want; `words` names it. */
export type CapturePreset =
  | { readonly code: 'labs' | 'https' | 'dns' | 'pings' | 'handshakes' | 'everything'; readonly filter: string }
  | { readonly code: 'endpoint'; readonly endpointName: string; readonly filter: string };

/**
 * What is wrong with a filter. `refused` and `unpaired` (a parenthesis): such text does not reach a shell. All others only mean that we do not know
 * it to be one: `incomplete`, something is missing at the end; `notOurs`, a word of the language that our reader does not know the meaning
 * of; `value`, an address, number or name that cannot stand there; `unexpected`, anything else.
 */
export type FilterProblemCode = 'refused' | 'unpaired' | 'incomplete' | 'notOurs' | 'value' | 'unexpected';
