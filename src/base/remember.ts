/** A pure function of a text that keeps its results; forgets all of them when they are too many. */
export function remember<Result>(most: number, make: (text: string) => Result): (text: string) => Result {
  const made = new Map<string, Result>();
  return text => {
    const known = made.get(text);
    if (known !== undefined || made.has(text)) return known as Result;
    const result = make(text);
    if (made.size >= most) made.clear();
    made.set(text, result);
    return result;
  };
}
