import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { moved, ordinal, placeAt } from "./ordering.ts";

/** What the pointer comes this near to an edge of the window with, in pixels, scrolls it. */
const EDGE = 60;
const SCROLL_STEP = 14;

/** Answers to be put in order: by dragging, with the arrows, or with the arrow keys on a handle. */
export function RankingList({
  ranking,
  onRanking,
  good,
  children,
}: {
  /** Indices of answers, the best first. */
  readonly ranking: readonly number[];
  readonly onRanking: (ranking: readonly number[]) => void;
  /** How many of the first are good, where it is chosen. */
  readonly good: number | undefined;
  /** What an answer says. */
  readonly children: (index: number) => ReactNode;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState("");
  const refocus = useRefocus(ranking);
  const drag = useDragging(list, ranking, onRanking);
  const move = (index: number, by: number, button: HTMLElement) => {
    const from = ranking.indexOf(index);
    const next = moved(ranking, from, from + by);
    setSaid(`Answer ${index + 1} is now ${ordinal(next.indexOf(index) + 1)} of ${ranking.length}.`);
    refocus(button);
    onRanking(next);
  };
  return (
    <>
      <ol className="ranking" ref={list} aria-label="Answers, the best first">
        {ranking.map((index, place) => (
          <RankingItem
            key={index}
            name={`answer ${index + 1}`}
            place={place}
            last={ranking.length - 1}
            isGood={good === undefined ? undefined : place < good}
            isDragged={drag.dragged === index}
            onDrag={() => drag.begin(index)}
            onMove={(by, button) => move(index, by, button)}
          >
            {children(index)}
          </RankingItem>
        ))}
      </ol>
      <p className="hidden" aria-live="polite">
        {said}
      </p>
    </>
  );
}

function RankingItem({
  name,
  place,
  last,
  isGood,
  isDragged,
  onDrag,
  onMove,
  children,
}: {
  readonly name: string;
  readonly place: number;
  readonly last: number;
  readonly isGood: boolean | undefined;
  readonly isDragged: boolean;
  readonly onDrag: () => void;
  readonly onMove: (by: number, button: HTMLElement) => void;
  readonly children: ReactNode;
}) {
  return (
    <li className={isDragged ? "dragged" : undefined}>
      <Handle name={name} onDrag={onDrag} onMove={onMove} />
      <div className="ranked">
        <strong>
          {ordinal(place + 1)}: {name}
        </strong>
        {isGood !== undefined && (
          <span className={isGood ? "tag support" : "tag oppose"}>{isGood ? "Good" : "Not good"}</span>
        )}
        <div className="excerpt">{children}</div>
      </div>
      <div className="arrows">
        <Arrow label={`Move ${name} up`} sign="↑" by={-1} isEnd={place === 0} onMove={onMove} />
        <Arrow label={`Move ${name} down`} sign="↓" by={1} isEnd={place === last} onMove={onMove} />
      </div>
    </li>
  );
}

function Handle({
  name,
  onDrag,
  onMove,
}: {
  readonly name: string;
  readonly onDrag: () => void;
  readonly onMove: (by: number, button: HTMLElement) => void;
}) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1, event.currentTarget);
  };
  return (
    <button
      type="button"
      className="quiet handle"
      aria-label={`Drag ${name}, or move it with the arrow keys`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button === 0) onDrag();
      }}
    >
      ⠿
    </button>
  );
}

/** Not `disabled` at the end of the list: it would lose the focus there. */
function Arrow({
  label,
  sign,
  by,
  isEnd,
  onMove,
}: {
  readonly label: string;
  readonly sign: string;
  readonly by: number;
  readonly isEnd: boolean;
  readonly onMove: (by: number, button: HTMLElement) => void;
}) {
  return (
    <button
      type="button"
      className="quiet"
      aria-label={label}
      aria-disabled={isEnd}
      onClick={(event) => {
        if (!isEnd) onMove(by, event.currentTarget);
      }}
    >
      {sign}
    </button>
  );
}

/** Gives the focus back to a button that has moved with its item. */
function useRefocus(ranking: readonly number[]): (button: HTMLElement) => void {
  const wanted = useRef<HTMLElement>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the order has changed
  useLayoutEffect(() => {
    wanted.current?.focus();
    wanted.current = undefined;
  }, [ranking]);
  return (button) => {
    wanted.current = button;
  };
}

function useDragging(
  list: { readonly current: HTMLOListElement | null },
  ranking: readonly number[],
  onRanking: (ranking: readonly number[]) => void,
): { readonly dragged: number | undefined; begin(index: number): void } {
  const [dragged, setDragged] = useState<number>();
  useEffect(() => {
    if (dragged === undefined) return;
    const onMove = ({ clientY }: PointerEvent) => {
      const middles = [...(list.current?.children ?? [])].map((item) => {
        const { top, height } = item.getBoundingClientRect();
        return top + height / 2;
      });
      const from = ranking.indexOf(dragged);
      const next = moved(ranking, from, placeAt(middles, from, clientY));
      if (next !== ranking) onRanking(next);
      if (clientY < EDGE) scrollBy(0, -SCROLL_STEP);
      if (clientY > innerHeight - EDGE) scrollBy(0, SCROLL_STEP);
    };
    const onEnd = () => setDragged(undefined);
    // At the window, for the item moves about in the page while it is dragged.
    addEventListener("pointermove", onMove);
    addEventListener("pointerup", onEnd);
    addEventListener("pointercancel", onEnd);
    return () => {
      removeEventListener("pointermove", onMove);
      removeEventListener("pointerup", onEnd);
      removeEventListener("pointercancel", onEnd);
    };
  }, [dragged, list, ranking, onRanking]);
  return { dragged, begin: setDragged };
}
