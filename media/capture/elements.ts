/** An element with a class, as the table makes them by the hundred. */
export function part(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

/** Changes a text only where it differs, so that nothing is laid out in vain. */
export function setText(text: Text, value: string): void {
  if (text.data !== value) text.data = value;
}
