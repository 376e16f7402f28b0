import { AxisBottom, AxisLeft } from "@visx/axis";
import { Group } from "@visx/group";
import { scaleLinear, scaleTime } from "@visx/scale";
import { AreaClosed, LinePath } from "@visx/shape";
import { type PointerEvent, useId, useMemo } from "react";
import "./charts.css";
import { momentAt, type Span, stepOf, tickText } from "./moments.ts";
import { useWidth } from "./useWidth.ts";

/** A point of a line: unix seconds, and a share from 0 to 1. */
export interface Point {
  readonly time: number;
  readonly share: number;
}

/** Shares over time, as a person looks at them. */
export interface TimeChartProps {
  /** What the chart shows, as a sentence: read in place of the drawing. */
  readonly description: string;
  /** Names the axis of shares. */
  readonly valueName: string;
  readonly span: Span;
  /** Where the past ends, in unix seconds. */
  readonly now: number;
  /** What was; with gaps where it is not known. */
  readonly past: readonly Point[];
  /** What is to come if nothing happens. */
  readonly expected: readonly Point[];
  /** What is read out, and where it stands; `undefined` where it is not known. */
  readonly moment: number;
  readonly share: number | undefined;
  /** The read-out in words. */
  readonly words: string;
  /** Told of the moment that a person points at or moves to. */
  readonly onMoment: (moment: number) => void;
}

const HEIGHT = 260;
const MARGIN = { top: 12, right: 14, bottom: 30, left: 52 } as const;
const TICK = { className: "tick" } as const;

/** A chart of shares over time, with a moment that is read out: by pointing, or with the arrow keys. */
export function TimeChart(props: TimeChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const id = useId();
  const { span, moment, words, valueName, onMoment } = props;
  return (
    <div className="time-chart" ref={ref}>
      <div className="plot">{width > 0 && <Plot {...props} width={width} />}</div>
      <label className="hidden" htmlFor={id}>
        {valueName} at a moment
      </label>
      <input
        id={id}
        type="range"
        style={{ marginInlineStart: MARGIN.left - 8, width: Math.max(0, width - MARGIN.left - MARGIN.right + 16) }}
        min={span.from}
        max={span.to}
        step={stepOf(span)}
        value={moment}
        aria-valuetext={words}
        onChange={(event) => onMoment(Number(event.currentTarget.value))}
      />
    </div>
  );
}

function useScales({ from, to }: Span, width: number) {
  return useMemo(() => {
    const x = scaleTime({
      domain: [new Date(from * 1_000), new Date(to * 1_000)],
      range: [0, Math.max(1, width - MARGIN.left - MARGIN.right)],
    });
    const y = scaleLinear({ domain: [0, 1], range: [HEIGHT - MARGIN.top - MARGIN.bottom, 0] });
    return { x, y };
  }, [from, to, width]);
}

function Plot({
  description,
  span,
  now,
  past,
  expected,
  moment,
  share,
  onMoment,
  width,
}: TimeChartProps & { readonly width: number }) {
  const { x, y } = useScales(span, width);
  const [bottom, right] = [HEIGHT - MARGIN.top - MARGIN.bottom, width - MARGIN.left - MARGIN.right];
  const xOf = ({ time }: Point) => x(time * 1_000);
  const yOf = ({ share: value }: Point) => y(value);
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    onMoment(momentAt((event.clientX - left - MARGIN.left) / right, span));
  };
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={description}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(event) => event.pointerType === "mouse" && onMoment(now)}
    >
      <Group left={MARGIN.left} top={MARGIN.top}>
        {[0.25, 0.5, 0.75, 1].map((value) => (
          <line key={value} className="rule" x1={0} x2={right} y1={y(value)} y2={y(value)} />
        ))}
        <AreaClosed className="area" data={[...past]} x={xOf} y={yOf} yScale={y} />
        <LinePath className="line" data={[...past]} x={xOf} y={yOf} />
        <LinePath className="line expected" data={[...expected]} x={xOf} y={yOf} />
        <line className="now" x1={x(now * 1_000)} x2={x(now * 1_000)} y1={0} y2={bottom} />
        <line className="moment" x1={x(moment * 1_000)} x2={x(moment * 1_000)} y1={0} y2={bottom} />
        {share !== undefined && <circle className="dot" cx={x(moment * 1_000)} cy={y(share)} r={5} />}
        <Axes x={x} y={y} bottom={bottom} right={right} span={span} />
      </Group>
    </svg>
  );
}

function Axes({
  x,
  y,
  bottom,
  right,
  span,
}: ReturnType<typeof useScales> & { readonly bottom: number; readonly right: number; readonly span: Span }) {
  const text = tickText(span);
  return (
    <>
      <AxisLeft
        scale={y}
        tickValues={[0, 0.25, 0.5, 0.75, 1]}
        tickFormat={(value) => `${Number(value) * 100} %`}
        tickComponent={({ formattedValue, ...at }) => (
          <text {...TICK} x={at.x - 4} y={at.y} dy="0.32em" textAnchor="end">
            {formattedValue}
          </text>
        )}
        hideTicks
        hideAxisLine
      />
      <AxisBottom
        top={bottom}
        scale={x}
        numTicks={Math.max(2, Math.floor(right / 95))}
        tickFormat={(value) => text(new Date(Number(value)))}
        axisLineClassName="axis"
        tickClassName="axis"
        tickLength={5}
        tickComponent={({ formattedValue, ...at }) => (
          <text {...TICK} x={at.x} y={at.y} dy="0.5em" textAnchor="middle">
            {formattedValue}
          </text>
        )}
      />
    </>
  );
}
