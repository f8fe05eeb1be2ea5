/** Begins each line that the suite prints inside VS Code, so that it can be told from what VS Code itself prints. */
export const hostOutputMark = '│ ';
