import uPlot from 'uplot';
import { addressClasses } from '../../src/core/classification';
import type { PacketColumns } from '../../src/packet/packetColumns';
import type { CaptureLabels } from '../../src/protocol/captureLabels';

const SECONDS_SHOWN = 120;
const HEIGHT_PX = 56;
const ENDPOINT = new Set([addressClasses.indexOf('endpointInterface'), addressClasses.indexOf('gatewayEndpoint')]);
const RESOLVER = addressClasses.indexOf('resolver');

type Series = 'endpoint' | 'resolver' | 'other';

/** Packets per second by where they lead. The same figures stand in the table, so the picture is hidden from screen readers. */
export class RateChart {
  readonly element = document.createElement('div');
  readonly #counts = new Map<number, Record<Series, number>>();
  #lastSecond: number | undefined;
  #plot: uPlot | undefined;
  #isDrawDue = false;

  constructor(private readonly labels: CaptureLabels) {
    this.element.className = 'rate';
    this.element.setAttribute('aria-hidden', 'true');
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  reset(): void {
    this.#counts.clear();
    this.#lastSecond = undefined;
    this.#requestDraw();
  }

  add(columns: PacketColumns): void {
    for (let row = 0; row < columns.count; row++) {
      const second = Math.floor((columns.timeMicros[row] as number) / 1_000_000);
      this.#countsOf(second)[seriesOf(columns.sourceClass[row] as number, columns.destinationClass[row] as number)]++;
      if (this.#lastSecond === undefined || second > this.#lastSecond) this.#lastSecond = second;
    }
    this.#forgetOld();
    this.#requestDraw();
  }

  #countsOf(second: number): Record<Series, number> {
    const known = this.#counts.get(second);
    if (known) return known;
    const counts = { endpoint: 0, resolver: 0, other: 0 };
    this.#counts.set(second, counts);
    return counts;
  }

  #forgetOld(): void {
    if (this.#lastSecond === undefined) return;
    for (const second of this.#counts.keys())
      if (second <= this.#lastSecond - SECONDS_SHOWN) this.#counts.delete(second);
  }

  #requestDraw(): void {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    requestAnimationFrame(() => {
      this.#isDrawDue = false;
      this.#plot ??= this.#create();
      this.#plot.setData(this.#data());
    });
  }

  #data(): uPlot.AlignedData {
    const last = this.#lastSecond ?? 0;
    const seconds = Array.from({ length: SECONDS_SHOWN }, (_, index) => last - SECONDS_SHOWN + 1 + index);
    const values = (series: Series) => seconds.map(second => this.#counts.get(second)?.[series] ?? 0);
    return [seconds, values('endpoint'), values('resolver'), values('other')];
  }

  #create(): uPlot {
    const color = (name: string) => getComputedStyle(document.body).getPropertyValue(name).trim() || 'currentColor';
    const line = (label: string, variable: string, dash?: number[]) => ({
      label,
      stroke: color(variable),
      width: 1.5,
      points: { show: false },
      ...(dash ? { dash } : {}),
    });
    const options: uPlot.Options = {
      width: Math.max(200, this.element.clientWidth),
      height: HEIGHT_PX,
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false }, y: { range: (_plot, _min, max) => [0, Math.max(4, max)] } },
      axes: [{ show: false }, { show: false }],
      padding: [4, 0, 2, 0],
      series: [
        {},
        line(this.labels.rateEndpoint, '--vscode-charts-green'),
        line(this.labels.rateResolver, '--vscode-charts-blue', [4, 3]),
        line(this.labels.rateOther, '--vscode-list-warningForeground', [1, 3]),
      ],
    };
    return new uPlot(options, this.#data(), this.element);
  }

  #resize(): void {
    const width = this.element.clientWidth;
    if (width > 0) this.#plot?.setSize({ width, height: HEIGHT_PX });
  }
}

function seriesOf(sourceClass: number, destinationClass: number): Series {
  if (ENDPOINT.has(sourceClass) || ENDPOINT.has(destinationClass)) return 'endpoint';
  return sourceClass === RESOLVER || destinationClass === RESOLVER ? 'resolver' : 'other';
}
