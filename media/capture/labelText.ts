const grouping = new Intl.NumberFormat();

/** Fills `{0}`, `{1}` … of a label; numbers are grouped as the reader's language does. */
export function fill(label: string, ...values: readonly (string | number)[]): string {
  return label.replace(/\{(\d+)\}/g, (_, index: string) => {
    const value = values[Number(index)];
    return typeof value === 'number' ? grouping.format(value) : (value ?? '');
  });
}
