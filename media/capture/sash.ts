import { part } from './elements';

export interface SashOptions {
  readonly label: string;
  /** Of the line: a vertical one moves left and right. */
  readonly orientation: 'vertical' | 'horizontal';
  /** 1 where moving right or down makes the thing larger, -1 where it makes it smaller. */
  readonly direction: 1 | -1;
  sizePx(): number;
  setSizePx(sizePx: number): void;
}

const STEP_PX = 8;

/** A line between two parts that is drawn by mouse or moved by arrow keys. */
export function sash(className: string, options: SashOptions): HTMLElement {
  const { label, orientation, direction, sizePx, setSizePx } = options;
  const isVertical = orientation === 'vertical';
  const line = part('div', `sash ${className}`);
  line.tabIndex = 0;
  line.setAttribute('role', 'separator');
  line.setAttribute('aria-orientation', orientation);
  line.setAttribute('aria-label', label);
  const tell = () => line.setAttribute('aria-valuenow', String(Math.round(sizePx())));
  line.setAttribute('aria-valuenow', '0');
  line.addEventListener('focus', tell);
  const keys: Partial<Record<string, number>> = isVertical
    ? { ArrowLeft: -STEP_PX, ArrowRight: STEP_PX }
    : { ArrowUp: -STEP_PX, ArrowDown: STEP_PX };
  line.addEventListener('keydown', event => {
    const step = keys[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setSizePx(sizePx() + step * direction);
    tell();
  });
  line.addEventListener('pointerdown', begin => {
    begin.preventDefault();
    line.setPointerCapture(begin.pointerId);
    const from = sizePx();
    const moved = (event: PointerEvent) => (isVertical ? event.clientX - begin.clientX : event.clientY - begin.clientY);
    const move = (event: PointerEvent) => setSizePx(from + moved(event) * direction);
    line.addEventListener('pointermove', move);
    line.addEventListener('lostpointercapture', () => line.removeEventListener('pointermove', move), { once: true });
  });
  return line;
}
