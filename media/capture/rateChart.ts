import { html, svg, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import type { PacketColumns } from '../../src/packet/packetColumns';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { fill } from './labelText';
import { RateCounts } from './rateCounts';
import { rateGroups } from './rateGroups';

const SECONDS_SHOWN = 120;
const HEIGHT_PX = 56;

/** Packets per second by where they lead: a line for each kind of place that occurs. What it shows is said in its label, too. */
export class RateChart {
  readonly element = document.createElement('div');
  readonly #counts = new RateCounts(SECONDS_SHOWN);
  #plot: uPlot | undefined;
  #isDrawDue = false;

  constructor(private readonly labels: CaptureLabels) {
    this.element.className = 'rate';
    this.element.setAttribute('role', 'img');
    this.element.setAttribute('aria-label', labels.packetsPerSecond);
    new ResizeObserver(() => this.#resize()).observe(this.element);
    // The theme's colours are painted: another theme wants another picture.
    new MutationObserver(() => this.#forgetColors()).observe(document.body, { attributeFilter: ['class'] });
  }

  reset(): void {
    this.#counts.clear();
    this.#requestDraw();
  }

  add(columns: PacketColumns): void {
    this.#counts.add(columns);
    this.#requestDraw();
  }

  /** The names of the lines that are there, each with a piece of it. */
  legend(): TemplateResult {
    const { totals } = this.#counts;
    return html`<span class="legend">
      ${rateGroups.map(({ group, dash }, index) =>
        totals[index]
          ? html`<span class=${group}
              ><svg width="26" height="8" aria-hidden="true">
                ${svg`<line x1="0" y1="4" x2="26" y2="4" stroke-dasharray=${dash.join(' ')}></line>`}</svg
              >${this.labels.rateGroups[group]}</span
            >`
          : '',
      )}
    </span>`;
  }

  #requestDraw(): void {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    requestAnimationFrame(() => {
      this.#isDrawDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { totals } = this.#counts;
    this.#plot ??= this.#create();
    for (const [index, total] of totals.entries()) {
      const show = total > 0;
      if (this.#plot.series[index + 1]?.show !== show) this.#plot.setSeries(index + 1, { show });
    }
    this.#plot.setData(this.#data());
    this.#describe(totals);
  }

  #data(): uPlot.AlignedData {
    return [[...this.#counts.seconds], ...rateGroups.map((_, index) => [...this.#counts.line(index)])];
  }

  #describe(totals: readonly number[]): void {
    const parts = rateGroups.flatMap(({ group }, index) => {
      const total = totals[index] as number;
      return total > 0 ? [fill('{0} {1}', this.labels.rateGroups[group], total)] : [];
    });
    const text = parts.length > 0 ? fill(this.labels.rateSummary, SECONDS_SHOWN, parts.join(', ')) : '';
    this.element.setAttribute('aria-label', text || this.labels.packetsPerSecond);
  }

  #create(): uPlot {
    const style = getComputedStyle(document.body);
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
        ...rateGroups.map(({ group, dash }) => ({
          label: this.labels.rateGroups[group],
          stroke: style.getPropertyValue(`--rate-${group}`).trim() || style.color,
          width: 1.5,
          points: { show: false },
          show: false,
          dash: [...dash],
        })),
      ],
    };
    return new uPlot(options, this.#data(), this.element);
  }

  #forgetColors(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#requestDraw();
  }

  #resize(): void {
    const width = this.element.clientWidth;
    if (width > 0) this.#plot?.setSize({ width, height: HEIGHT_PX });
  }
}
