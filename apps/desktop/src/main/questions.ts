// Questions to another process that answers by number; when it goes away, everybody gets the answer for that.

export interface Questions<T> {
  /** @param post sends the question under its number */
  ask(isThere: boolean, post: (id: number) => void): Promise<T>;
  answer(id: number, value: T): void;
  abandon(): void;
}

export function createQuestions<T>(whenGone: T): Questions<T> {
  const waiting = new Map<number, (value: T) => void>();
  let lastId = 0;
  return {
    ask(isThere, post) {
      if (!isThere) return Promise.resolve(whenGone);
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        post(id);
      });
    },
    answer(id, value) {
      waiting.get(id)?.(value);
      waiting.delete(id);
    },
    abandon() {
      for (const resolve of waiting.values()) resolve(whenGone);
      waiting.clear();
    },
  };
}
