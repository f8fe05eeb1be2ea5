import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { type ColumnLayout, columnEdge, columnNames, defaultChoices } from './columnLayout';
import { part } from './elements';
import { fill } from './labelText';
import type { MenuItem, PopupMenu } from './popupMenu';
import type { TimeForm } from './rowTime';

const timeForms: readonly TimeForm[] = ['timeOfDay', 'timeSinceFirst', 'timeSincePrevious'];

/** The columns' titles, their edges, and the menu that chooses them. */
export function packetHeader(labels: CaptureLabels, layout: ColumnLayout, menu: PopupMenu): HTMLElement {
  const header = part('div', 'packet-header');
  header.setAttribute('role', 'group');
  header.setAttribute('aria-label', labels.packetView.columns);
  for (const name of columnNames) {
    const cell = part('div', `cell ${name}`);
    const title = part('span', 'column-title');
    title.textContent = labels.columns[name];
    cell.append(title);
    if (name !== 'info')
      cell.append(columnEdge(name, fill(labels.packetView.columnWidth, labels.columns[name]), layout));
    header.append(cell);
  }
  const button = part('button', 'icon codicon codicon-settings columns');
  button.title = labels.packetView.columns;
  button.setAttribute('aria-label', labels.packetView.columns);
  button.setAttribute('aria-haspopup', 'menu');
  header.append(button);
  const open = (x: number, y: number) =>
    menu.open(labels.packetView.columns, columnItems(labels, layout), x, y, button);
  button.addEventListener('click', () =>
    open(button.getBoundingClientRect().left, button.getBoundingClientRect().bottom),
  );
  header.addEventListener('contextmenu', event => {
    event.preventDefault();
    open(event.clientX, event.clientY);
  });
  return header;
}

function columnItems(labels: CaptureLabels, layout: ColumnLayout): readonly MenuItem[] {
  const columns = columnNames.map(name => ({
    label: labels.columns[name],
    isChecked: layout.isVisible(name),
    run: () => layout.toggle(name),
  }));
  const times = timeForms.map(time => ({
    label: labels.packetView[time],
    isChecked: layout.choices.time === time,
    run: () => layout.choose({ ...layout.choices, shown: { ...layout.choices.shown, time: true }, time }),
  }));
  return [...columns, ...times, { label: labels.packetView.defaultColumns, run: () => layout.choose(defaultChoices) }];
}
