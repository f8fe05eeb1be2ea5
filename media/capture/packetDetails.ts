import { html, nothing, type TemplateResult } from 'lit';
import { TcpFlag } from '../../src/packet/packetColumns';
import { lengthAt, lineAt, protocolAt } from '../../src/packet/packing';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { hexDump } from './hexDump';
import { fill } from './labelText';
import type { RowPlace } from './rowStore';
import { rowText } from './rowText';
import { fullTime, seconds } from './rowTime';

export interface PacketFacts {
  readonly row: number;
  readonly place: RowPlace;
  /** Of the packet that is shown before; undefined for the first. */
  readonly previousTimeMicros: number | undefined;
  /** Undefined while it is asked for; null when there are none. */
  readonly bytes: Uint8Array | null | undefined;
}

/** All that is known of one packet: its line as it was printed, where its addresses lead, its flags in words, its bytes. */
export function packetDetails(
  facts: PacketFacts,
  state: CaptureState,
  labels: CaptureLabels,
  close: () => void,
): TemplateResult {
  const { row, place, bytes } = facts;
  const words = labels.packetView;
  return html`<div class="details-head">
      <h2 id="details-title" class="details-title">${fill(words.packet, row + 1)}</h2>
      <button class="icon codicon codicon-close" title=${words.closeDetails} aria-label=${words.closeDetails} @click=${close}></button>
    </div>
    <div class="details-body" tabindex="0" role="group" aria-labelledby="details-title">
      <pre class="printed" aria-label=${words.line}>${lineAt(place.columns, place.index)}</pre>
      <dl>
        ${fields(facts, state, labels).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
      </dl>
      ${bytes === undefined ? nothing : bytesPart(bytes, words)}
    </div>`;
}

function bytesPart(bytes: Uint8Array | null, words: CaptureLabels['packetView']): TemplateResult {
  return bytes === null
    ? html`<p class="none">${words.noBytes}</p>`
    : html`<h2>${words.bytes}</h2><pre class="hex">${hexDump(bytes)}</pre>`;
}

type Field = readonly [name: string, value: string];

function fields(facts: PacketFacts, state: CaptureState, labels: CaptureLabels): readonly Field[] {
  const { columns, index } = facts.place;
  const { columns: titles, packetView: words, addressClasses } = labels;
  const time = columns.timeMicros[index] as number;
  const text = rowText(facts.place);
  const networkInterface = state.interfaces[(columns.interfaceRow[index] as number) - 1];
  const route = state.routeTable.rows[(columns.routeRow[index] as number) - 1];
  const all: readonly Field[] = [
    [titles.time, fullTime(time)],
    [words.timeSincePrevious, facts.previousTimeMicros === undefined ? '' : seconds(time - facts.previousTimeMicros)],
    [titles.source, text.source && `${text.source} · ${addressClasses[text.sourceClass]}`],
    [titles.destination, text.destination && `${text.destination} · ${addressClasses[text.destinationClass]}`],
    [
      words.networkInterface,
      networkInterface
        ? `${networkInterface.address} · ${networkInterface.networkInterfaceId} · ${networkInterface.endpointName}`
        : '',
    ],
    [words.route, route ? `${route.destination} → ${route.target}` : ''],
    [titles.protocol, protocolAt(columns, index)],
    [titles.length, String(lengthAt(columns, index) ?? '')],
    [words.flags, flagWords(columns.tcpFlags[index] as number, words)],
  ];
  return all.filter(([, value]) => value !== '');
}

function flagWords(flags: number, { flagNames }: CaptureLabels['packetView']): string {
  const names = Object.keys(TcpFlag) as (keyof typeof TcpFlag)[];
  return names
    .filter(name => flags & TcpFlag[name])
    .map(name => flagNames[name])
    .join(', ');
}
