/** A statement of an IAM policy document, as its JSON has it; nothing in it is checked ("IAM User Guide: IAM JSON policy elements: Statement"). */
export interface PolicyStatement {
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** The statements of a document, which may hold one alone; none where it is no JSON, for such a document allows nothing. */
export function statementsOf(document: string): readonly PolicyStatement[] {
  try {
    const { Statement: statements } = JSON.parse(document) as { Statement?: unknown };
    return [statements].flat().filter(value => typeof value === 'object' && value !== null) as PolicyStatement[];
  } catch {
    return [];
  }
}
