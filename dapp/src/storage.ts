/**
 * What a browser keeps for this page, where it keeps anything: one that does not must not keep people from reading, so
 * that nothing here throws.
 */
export const kept = {
  /** What was written under a name; `null` where nothing was, or nothing is kept. */
  read(name: string): string | null {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  write(name: string, text: string): void {
    try {
      localStorage.setItem(name, text);
    } catch {
      // Full, or refused: it is forgotten with the page.
    }
  },
  forget(name: string): void {
    try {
      localStorage.removeItem(name);
    } catch {
      // Then there is nothing to forget.
    }
  },
};
