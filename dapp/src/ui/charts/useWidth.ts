import { type RefCallback, useCallback, useState } from "react";

/**
 * How wide an element is, in CSS pixels: what is drawn in it has text of the same size on every screen.
 *
 * @returns A ref for the element, and its width; 0 before it is on the page.
 */
export function useWidth<E extends Element>(): readonly [RefCallback<E>, number] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: E | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
